"""A sender is killed again and again with its hands full: nothing is lost silently, nothing comes three times."""

from datetime import timedelta
from random import Random

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.ports.records import Work
from scheduler.clock import SystemClock
from tests.faults.clinic import Clinic, a_note
from tests.faults.conftest import SENDER_KILLS
from tests.faults.kill_reckoning import Reckoning, little_was_repeated, nothing_was_lost, publish
from tests.faults.killing import Kills
from tests.faults.nursery import Nursery, nursery
from tests.faults.reckoning import everything_is_over, held, in_order
from tests.faults.waiting import until

PEOPLE = 24
OPTIONS = {"seed": 1, "sender-kills": SENDER_KILLS}
A_LIFE = 12
"""Messages for each life: one that is killed has something in hand."""


@pytest.mark.timeout(3600)
async def test_a_sender_that_is_killed_again_and_again_loses_nothing(
    clinic: Clinic, request: pytest.FixtureRequest
) -> None:
    seed, count = (request.config.getoption(f"--{name}", default=default) for name, default in OPTIONS.items())
    kills = Kills(clinic, Random(seed), count)
    chats = [clinic.arrive(f"P{number}") for number in range(PEOPLE)]
    patients = clinic.do(
        lambda work: {_due(clinic, work, chat, kills.kills * A_LIFE // PEOPLE): chat for chat in chats}
    )

    async with nursery(clinic) as senders:
        for _ in range(kills.kills):
            await _one_life(kills, senders)
        clinic.faults.clear()
        last = await senders.born()
        await until(lambda: _is_over(clinic, patients), within=60 + 5 * kills.kills)
        await senders.killed(last)

    with clinic.records() as database:
        kept = await database.read(lambda work: [held(work, *one) for one in patients.items()])
        stuck = await database.read(lambda work: work.outbox.in_state(DeliveryState.SENDING))
    reckoning = Reckoning(clinic, kills, kept)
    publish(reckoning)
    for one in kept:
        assert {row.state for row in one.sends} <= {DeliveryState.SENT, DeliveryState.UNCERTAIN}
        nothing_was_lost(reckoning, one)
        assert in_order(clinic, one)
    little_was_repeated(reckoning)
    assert not [row for row in stuck if row.contact.chat in chats]


async def _one_life(kills: Kills, senders: Nursery) -> None:
    kills.trouble()
    sender = await senders.born()
    await kills.any_moment()
    await senders.killed(sender)
    kills.note()


def _due(clinic: Clinic, work: Work, chat: int, notes: int) -> int:
    patient, _ = clinic.admit(work, f"P{chat}", chat)
    for number in range(notes):
        due = clinic.begun + timedelta(milliseconds=number)
        work.outbox.add(a_note(chat, f"note {number} for {chat}", due, patient.id))
    return patient.id


async def _is_over(clinic: Clinic, patients: dict[int, int]) -> bool:
    now = SystemClock().now()
    with clinic.records() as database:
        return await database.read(lambda work: everything_is_over(work, patients, at=now))

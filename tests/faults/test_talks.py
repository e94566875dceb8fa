"""Random conversations between patients and staff, with the bot killed and stopped in between: nothing is lost,
nothing crosses, nothing comes in another order, whatever kind of desk the clinic has."""

import asyncio
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bot.care.model.people import Patient
from bot.care.ports.records import Work
from bot.playground.faults import Trouble
from tests.faults.clinic import Clinic
from tests.faults.conftest import TALKS
from tests.faults.conversing import TALKED_OUT, Conversation
from tests.faults.desks import Kind, clinic_with
from tests.faults.overhearing import Overhearing
from tests.faults.waiting import pause, until

AT_ONCE = 12
"""Conversations at one desk: a private chat takes a message a second."""
LIVES_FOR = (1.5, 30.0)
"""Seconds after which a life ends while people talk, at most: while they begin, or in the middle."""
ANSWERS_IN = 0.3
"""Seconds Telegram takes for a message: some are on their way when a life ends."""
SENDING = ("sendMessage", "sendPhoto", "copyMessage", "createForumTopic", "editMessageText")


@pytest.mark.timeout(7200)
async def test_every_message_arrives_where_it_belongs_in_order_and_none_crosses(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = request.config.getoption("--talks", default=TALKS)
    rng = Random(request.config.getoption("--seed", default=1))
    kinds = list(Kind)
    for kind in kinds:
        (tmp_path / kind).mkdir()
    # side by side: they mostly wait for the pace
    async with asyncio.TaskGroup() as desks:
        for place, kind in enumerate(kinds):
            numbers = range(place, count, len(kinds))
            desks.create_task(_talks(tmp_path / kind, kind, Random(rng.random()), numbers))


async def _talks(folder: Path, kind: Kind, rng: Random, numbers: Sequence[int]) -> None:
    async with clinic_with(folder, kind) as clinic:
        for method in SENDING:
            clinic.faults.add(Trouble.DELAY, method=method, times=None, seconds=ANSWERS_IN)
        for start in range(0, len(numbers), AT_ONCE):
            some = _some(clinic, kind, rng, numbers[start : start + AT_ONCE])
            await _talk_while_the_bot_falls_over(clinic, rng, some)
            assert not (faults := _faults(some)), faults


def _some(clinic: Clinic, kind: Kind, rng: Random, numbers: Sequence[int]) -> list[Conversation]:
    chats = {f"P{number}": clinic.arrive(f"P{number}") for number in numbers}
    patients = clinic.do(partial(_admitted, clinic=clinic, chats=chats))
    return [
        Conversation(clinic, kind, Random(rng.random()), number, chat, name, patient.code)
        for number, (name, chat), patient in zip(numbers, chats.items(), patients, strict=True)
    ]


def _admitted(work: Work, *, clinic: Clinic, chats: dict[str, int]) -> list[Patient]:
    return [clinic.admit(work, name, chat)[0] for name, chat in chats.items()]


async def _talk_while_the_bot_falls_over(clinic: Clinic, rng: Random, some: Sequence[Conversation]) -> None:
    bot = await clinic.open_up()
    talking = asyncio.gather(*(one.runs() for one in some))
    await pause(rng.uniform(0, rng.choice(LIVES_FOR)))
    await bot.ended_by(rng.choice((signal.SIGKILL, signal.SIGTERM)))
    bot = await clinic.open_up()
    await talking
    await _arrival(some)
    await bot.ended_by(signal.SIGTERM)


async def _arrival(some: Sequence[Conversation]) -> None:
    """What never comes is told of with all else that is wrong."""
    try:
        await until(partial(_have_arrived, some), within=TALKED_OUT)
    except AssertionError as error:
        raise AssertionError(_faults(some)) from error


def _faults(some: Sequence[Conversation]) -> list[str]:
    return [f"{one.name} at the {one.kind} desk: {fault}" for one in some for fault in Overhearing(one).faults()]


async def _have_arrived(some: Sequence[Conversation]) -> bool:
    return not any(any(Overhearing(one).missing()) for one in some)

"""The bot is killed at any moment, again and again, while people write to it: nothing is lost silently."""

import sqlite3
from random import Random

import pytest

from bot.care.model.delivery import DeliveryState, Lane
from scheduler.clock import SystemClock
from tests.faults.clinic import Clinic
from tests.faults.conftest import KILLS
from tests.faults.crowd import A_LIFE, CALM, FLAGGED, STEP, Crowd
from tests.faults.kill_reckoning import Reckoning, little_was_repeated, nothing_was_lost, publish
from tests.faults.killing import Lives
from tests.faults.reckoning import Held, everything_is_over, held, in_order
from tests.faults.waiting import until

PEOPLE = 24
DONE_ALREADY = {
    "message is not modified",
    "query is too old and response timeout expired or query ID is invalid",
}
"""What Telegram says to a deed whose first try had arrived: that is how it becomes known."""


@pytest.mark.timeout(3600)
async def test_a_bot_that_is_killed_at_any_moment_loses_nothing_and_repeats_little(
    clinic: Clinic, request: pytest.FixtureRequest
) -> None:
    kills = request.config.getoption("--kills", default=KILLS)
    rng = Random(request.config.getoption("--seed", default=1))
    lives = Lives(clinic, rng, kills)
    crowd = Crowd(clinic, rng, lives.expected, notes=kills * A_LIFE // PEOPLE)
    crowd.arrives(PEOPLE)

    await lives.go_on_with(crowd)
    await until(lambda: _is_over(clinic, crowd), within=60 + kills)
    await crowd.goes_home()
    await lives.stop()

    with clinic.records() as database:
        kept = await database.read(lambda work: [held(work, *one) for one in crowd.chats.items()])
        stuck = await database.read(lambda work: work.outbox.in_state(DeliveryState.SENDING))
        quarantined = await database.read(lambda work: work.inbox.quarantined())
    reckoning = Reckoning(clinic, lives, kept)
    publish(reckoning)
    _everybody_is_served(reckoning, crowd)
    little_was_repeated(reckoning)
    assert not stuck
    assert not quarantined
    assert {refused.description.split(":")[1].strip() for refused in clinic.playground.refusals} <= DONE_ALREADY
    assert _is_whole(clinic)


def _everybody_is_served(reckoning: Reckoning, crowd: Crowd) -> None:
    copies = reckoning.copies
    for number, one in enumerate(reckoning.kept):
        assert {row.state for row in one.sends} <= {DeliveryState.SENT, DeliveryState.UNCERTAIN}
        nothing_was_lost(reckoning, one)
        assert len([row for row in one.sends if row.lane is Lane.SCHEDULED]) == crowd.notes + 1
        # every message and every tap was answered, once each
        tapped = one.chat in crowd.tapped
        assert tapped == bool(copies[next(row.id for row in one.sends if row.step == STEP)])
        assert [answer.value for answer in one.answers] == [CALM] * tapped
        assert len(one.replies) == crowd.written[one.chat] + tapped, _story(reckoning.clinic, one)
        assert one.cases == (number < FLAGGED)
        assert in_order(reckoning.clinic, one)


def _story(clinic: Clinic, one: Held) -> str:
    """What a failure shows of one patient: everything that was said, and every row."""
    events = (event for event in clinic.playground.telegram.journal.since(0) if event["kind"] == "message")
    said = [f"{event['seq']} {event['message']['text'][:60]!r}" for event in events if event["chat_id"] == one.chat]
    rows = [f"{row.id} {row.lane} {row.purpose.value} {row.state} {row.reason} {row.ambiguous}" for row in one.rows]
    return "\n".join((*said, *rows))


async def _is_over(clinic: Clinic, crowd: Crowd) -> bool:
    if len(clinic.playground.telegram.inbox):
        return False
    with clinic.records() as database:
        now = SystemClock().now()
        return await database.read(lambda work: everything_is_over(work, crowd.chats, at=now))


def _is_whole(clinic: Clinic) -> bool:
    file = sqlite3.connect(clinic.folder / "var" / "aftercare.db")
    try:
        return file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        file.close()

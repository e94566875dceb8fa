"""The bot is killed at any moment, again and again, while people write to it: nothing is lost silently."""

import sqlite3
from collections import Counter
from random import Random

import pytest

from bot.care.model.delivery import DeliveryState, Lane
from bot.playground.faults import Trouble
from scheduler.clock import SystemClock
from tests.faults.clinic import Clinic
from tests.faults.crowd import CALM, FLAGGED, NOTES, Crowd
from tests.faults.killing import Lives
from tests.faults.reckoning import Held, copies, everything_is_over, held, in_order, missing, repeats
from tests.faults.waiting import until

PEOPLE = 24
IN_FLIGHT = 10
DONE_ALREADY = {
    "message is not modified",
    "query is too old and response timeout expired or query ID is invalid",
}
"""What Telegram says to a deed whose first try had arrived: that is how it becomes known."""


@pytest.mark.timeout(1200)
async def test_a_bot_that_is_killed_at_any_moment_loses_nothing_and_repeats_little(
    clinic: Clinic, request: pytest.FixtureRequest
) -> None:
    kills = request.config.getoption("--kills", default=15)
    rng = Random(request.config.getoption("--seed", default=1))
    lives = Lives(clinic, rng, kills)
    crowd = Crowd(clinic, rng, lives.expected)
    crowd.arrives(PEOPLE)

    await lives.go_on_with(crowd)
    await until(lambda: _is_over(clinic, crowd))
    await crowd.goes_home()
    await lives.stop()

    with clinic.records() as database:
        kept = await database.read(lambda work: [held(work, *one) for one in crowd.chats.items()])
        stuck = await database.read(lambda work: work.outbox.in_state(DeliveryState.SENDING))
        quarantined = await database.read(lambda work: work.inbox.quarantined())
    _nothing_was_lost(clinic, crowd, kept)
    _little_was_repeated(clinic, lives, kept)
    assert not stuck
    assert not quarantined
    assert {refused.description.split(":")[1].strip() for refused in clinic.playground.refusals} <= DONE_ALREADY
    assert _is_whole(clinic)


def _nothing_was_lost(clinic: Clinic, crowd: Crowd, kept: list[Held]) -> None:
    for number, one in enumerate(kept):
        assert missing(clinic, one) == []
        assert len([row for row in one.sends if row.lane is Lane.SCHEDULED]) == NOTES + 1
        # what two kills left unclear may not have come: then staff know
        assert one.told >= len(one.unclear)
        assert one.chat in crowd.tapped or one.unclear
        # every message and every tap was answered, once each
        assert [answer.value for answer in one.answers] == [CALM] * (one.chat in crowd.tapped)
        assert len(one.replies) == crowd.written[one.chat] + (one.chat in crowd.tapped), _story(clinic, one)
        assert one.cases == (number < FLAGGED)
        assert in_order(clinic, one)


def _little_was_repeated(clinic: Clinic, lives: Lives, kept: list[Held]) -> None:
    assert max(copies(clinic, one) for one in kept) <= 2
    twice = [lives.of(arrival.seq) for one in kept for arrival in repeats(clinic, one)]
    dropped = [method for trouble, method, _ in clinic.faults.taken if trouble is Trouble.DROP].count("sendMessage")
    unclear = sum(len(one.unclear) for one in kept)
    print(f"{lives.kills} kills, {len(twice)} repeats, {dropped} answers dropped, {unclear} left unclear")  # noqa: T201 - to publish
    assert len(twice) <= lives.kills * IN_FLIGHT + dropped
    assert max(Counter(twice).values(), default=0) <= IN_FLIGHT + dropped


def _story(clinic: Clinic, one: Held) -> str:
    """What a failure shows of one patient: everything that was said, and every row."""
    events = (event for event in clinic.playground.telegram.journal.since(0) if event["kind"] == "message")
    said = [f"{event['seq']} {event['message']['text'][:60]!r}" for event in events if event["chat_id"] == one.chat]
    rows = [f"{row.id} {row.lane} {row.purpose} {row.state} {row.reason} {row.ambiguous}" for row in one.rows]
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

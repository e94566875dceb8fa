"""The bot is killed at any moment, again and again, while people write to it: nothing is lost silently."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from random import Random

import pytest

from bot.care.model.delivery import DeliveryState, Lane
from bot.playground.faults import Trouble
from scheduler.clock import SystemClock
from tests.faults.clinic import Clinic
from tests.faults.crowd import A_LIFE, CALM, FLAGGED, STEP, Crowd
from tests.faults.killing import Lives
from tests.faults.reckoning import Held, copies, everything_is_over, held, in_order, lost
from tests.faults.waiting import until

PEOPLE = 24
IN_FLIGHT = 10
BUSY = 0.8
"""The share of kills that must catch something in flight, or the test would show little."""
DONE_ALREADY = {
    "message is not modified",
    "query is too old and response timeout expired or query ID is invalid",
}
"""What Telegram says to a deed whose first try had arrived: that is how it becomes known."""


@dataclass(frozen=True)
class Reckoning:
    """What became of every row that was due to a patient."""

    clinic: Clinic
    lives: Lives
    kept: list[Held]

    @property
    def copies(self) -> dict[int, int]:
        return {row: count for one in self.kept for row, count in copies(self.clinic, one).items()}

    @property
    def dropped(self) -> Counter[int | None]:
        """Chat -> how often Telegram took a message there and never answered."""
        taken = self.clinic.faults.taken
        return Counter(chat for fault, method, chat in taken if (fault, method) == (Trouble.DROP, "sendMessage"))

    def unclear_tries(self, one: Held, row: int) -> int:
        """The most tries at it whose end the bot cannot have known."""
        return self.lives.caught(row) + self.dropped[one.chat]


@pytest.mark.timeout(3600)
async def test_a_bot_that_is_killed_at_any_moment_loses_nothing_and_repeats_little(
    clinic: Clinic, request: pytest.FixtureRequest
) -> None:
    kills = request.config.getoption("--kills", default=15)
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
    _publish(reckoning)
    _nothing_was_lost(reckoning, crowd)
    _little_was_repeated(reckoning)
    assert not stuck
    assert not quarantined
    assert {refused.description.split(":")[1].strip() for refused in clinic.playground.refusals} <= DONE_ALREADY
    assert _is_whole(clinic)
    assert sum(map(bool, lives.in_flight)) >= BUSY * kills


def _nothing_was_lost(reckoning: Reckoning, crowd: Crowd) -> None:
    copies = reckoning.copies
    for number, one in enumerate(reckoning.kept):
        assert {row.state for row in one.sends} <= {DeliveryState.SENT, DeliveryState.UNCERTAIN}
        # what is called sent has come; only what two tries left unclear may not have, and staff decide about each
        assert lost(reckoning.clinic, one) == []
        assert {row.id for row in one.unclear} == one.asked_about
        assert [row.id for row in one.unclear if reckoning.unclear_tries(one, row.id) < 2] == []
        assert len([row for row in one.sends if row.lane is Lane.SCHEDULED]) == crowd.notes + 1
        # every message and every tap was answered, once each
        tapped = one.chat in crowd.tapped
        assert tapped == bool(copies[next(row.id for row in one.sends if row.step == STEP)])
        assert [answer.value for answer in one.answers] == [CALM] * tapped
        assert len(one.replies) == crowd.written[one.chat] + tapped, _story(reckoning.clinic, one)
        assert one.cases == (number < FLAGGED)
        assert in_order(reckoning.clinic, one)


def _little_was_repeated(reckoning: Reckoning) -> None:
    """Nothing came three times; what came twice, a kill caught in flight or its answer was dropped on purpose."""
    copies, lives = reckoning.copies, reckoning.lives
    assert max(copies.values()) <= 2
    assert max(len(rows) for rows in lives.in_flight) <= IN_FLIGHT
    for one in reckoning.kept:
        unexplained = [row.id for row in one.sends if copies[row.id] == 2 and not lives.caught(row.id)]
        assert len(unexplained) <= reckoning.dropped[one.chat]


def _publish(reckoning: Reckoning) -> None:
    copies, lives = reckoning.copies, reckoning.lives
    per_kill = [sum(copies.get(row) == 2 for row in rows) for rows in lives.in_flight]
    unclear = [row.id for one in reckoning.kept for row in one.unclear]
    print(  # noqa: T201 - to publish
        f"{lives.kills} kills, {sum(map(bool, lives.in_flight))} of them with rows in flight"
        f" (mean {sum(map(len, lives.in_flight)) / lives.kills:.1f}, most {max(map(len, lives.in_flight))});"
        f" {len(copies)} messages due: {dict(sorted(Counter(copies.values()).items()))} by copies,"
        f" {len(unclear)} left to staff ({sum(not copies[row] for row in unclear)} of them never came);"
        f" at most {max(per_kill)} repeats after one kill;"
        f" {reckoning.dropped.total()} answers dropped on purpose"
    )


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

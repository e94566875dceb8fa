"""What a row of kills did to the messages that were due."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from bot.playground.faults import Trouble
from tests.faults.clinic import Clinic
from tests.faults.killing import Kills
from tests.faults.reckoning import Held, copies, lost

IN_FLIGHT = 10
BUSY = 0.8
"""The share of kills that must catch something in flight, or a test would show little."""


@dataclass
class Reckoning:
    """What became of every row that was due to a patient."""

    clinic: Clinic
    lives: Kills
    kept: list[Held]

    @cached_property
    def copies(self) -> dict[int, int]:
        return {row: count for one in self.kept for row, count in copies(self.clinic, one).items()}

    @cached_property
    def dropped(self) -> Counter[int | None]:
        """Chat -> how often Telegram took a message there and never answered."""
        taken = self.clinic.faults.taken
        return Counter(chat for fault, method, chat in taken if (fault, method) == (Trouble.DROP, "sendMessage"))

    def unclear_tries(self, one: Held, row: int) -> int:
        """The most tries at it whose end the bot cannot have known."""
        return self.lives.caught(row) + self.dropped[one.chat]


def nothing_was_lost(reckoning: Reckoning, one: Held) -> None:
    """What is called sent has come; only what two tries left unclear may not have, and staff decide about each."""
    assert lost(reckoning.clinic, one) == []
    assert {row.id for row in one.unclear} == one.asked_about
    assert [row.id for row in one.unclear if reckoning.unclear_tries(one, row.id) < 2] == []


def little_was_repeated(reckoning: Reckoning) -> None:
    """Nothing came three times; what came twice, a kill caught in flight or its answer was dropped on purpose."""
    copies, lives = reckoning.copies, reckoning.lives
    assert max(copies.values()) <= 2
    assert max(len(rows) for rows in lives.in_flight) <= IN_FLIGHT
    for one in reckoning.kept:
        unexplained = [row.id for row in one.sends if copies[row.id] == 2 and not lives.caught(row.id)]
        assert len(unexplained) <= reckoning.dropped[one.chat]
    # one more may miss: of six kills one in twelve says nothing of the share
    assert sum(map(bool, lives.in_flight)) >= BUSY * lives.kills - 1


def publish(reckoning: Reckoning) -> None:
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

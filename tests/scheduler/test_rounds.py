"""Rounds are really walked, one at a time, whatever happens to the one before."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from scheduler.clock import SystemClock
from scheduler.rounds import Round, Rounds

SHORT = timedelta(milliseconds=20)
LONG = timedelta(hours=1)
PATIENCE = 5.0


class Walker:
    """Somebody on a round: counts the looks, fails or dawdles when told to, and says when a number is reached."""

    def __init__(self, *, fails: int = 0, until: asyncio.Event | None = None) -> None:
        self.fails = fails
        self.until = until
        self.looks = 0
        self.beside_itself = False
        self._inside = False
        self._changed = asyncio.Condition()

    async def look(self) -> None:
        self.beside_itself |= self._inside
        self._inside = True
        try:
            await self._count()
            if self.looks <= self.fails:
                raise RuntimeError("Anna's number is 555-0100")
            if self.until is not None:
                await self.until.wait()
        finally:
            self._inside = False

    async def has_looked(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.looks >= times)

    async def _count(self) -> None:
        async with self._changed:
            self.looks += 1
            self._changed.notify_all()


@asynccontextmanager
async def walked(rounds: Iterable[Round]) -> AsyncIterator[Rounds]:
    running = Rounds(rounds)
    running.start()
    try:
        yield running
    finally:
        await running.stop(grace=timedelta(seconds=1))


def a_round(deed: Callable[[], Awaitable[None]], *, name: str = "dispatch", every: timedelta = SHORT) -> Round:
    return Round(name, every, deed)


async def test_a_round_is_walked_at_once_and_not_one_interval_later() -> None:
    walker = Walker()

    async with walked([a_round(walker.look, every=LONG)]):
        await walker.has_looked(times=1)


async def test_a_round_is_walked_again_and_again() -> None:
    walker = Walker()

    async with walked([a_round(walker.look)]):
        await walker.has_looked(times=4)


async def test_a_round_that_fails_is_walked_again() -> None:
    walker = Walker(fails=2)

    async with walked([a_round(walker.look)]):
        await walker.has_looked(times=4)


async def test_a_failure_is_logged_as_an_event_without_what_it_quotes(caplog: pytest.LogCaptureFixture) -> None:
    walker = Walker(fails=1)

    async with walked([a_round(walker.look)]):
        await walker.has_looked(times=2)

    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.__dict__["event"] == "round_failed"
    assert record.__dict__["round"] == "dispatch"
    assert record.__dict__["error"] == "RuntimeError"
    assert record.__dict__["at"].startswith("test_rounds.py:")
    assert "Anna" not in caplog.text


async def test_failures_are_counted_while_a_round_keeps_failing() -> None:
    walker = Walker(fails=1000)

    async with walked([a_round(walker.look)]) as rounds:
        await walker.has_looked(times=4)

        assert rounds.beats["dispatch"].failures >= 3


async def test_failures_are_forgotten_once_a_round_goes_well() -> None:
    walker = Walker(fails=3)

    async with walked([a_round(walker.look)]) as rounds:
        await walker.has_looked(times=6)

        assert rounds.beats["dispatch"].failures == 0


async def test_a_slow_round_does_not_hold_up_another() -> None:
    slow, quick = Walker(until=asyncio.Event()), Walker()

    async with walked([a_round(slow.look, name="backup"), a_round(quick.look)]):
        await quick.has_looked(times=4)
        assert slow.until is not None
        slow.until.set()


async def test_a_round_never_runs_beside_itself() -> None:
    slow, quick = Walker(until=asyncio.Event()), Walker()

    async with walked([a_round(slow.look, name="backup"), a_round(quick.look)]):
        await quick.has_looked(times=6)
        seen = slow.looks
        assert slow.until is not None
        slow.until.set()
        await slow.has_looked(times=3)

    assert seen == 1
    assert not slow.beside_itself


async def test_a_probe_sees_when_each_round_last_ended() -> None:
    walker, began = Walker(), time.monotonic()

    async with walked([a_round(walker.look), a_round(Walker().look, name="backup", every=LONG)]) as rounds:
        before = rounds.beats["dispatch"].ended
        await walker.has_looked(times=3)
        ended = rounds.beats["dispatch"].ended

    assert before is None
    assert ended is not None
    assert began <= ended <= time.monotonic()
    assert set(rounds.beats) == {"dispatch", "backup"}


async def test_after_the_stop_nothing_is_walked_any_more() -> None:
    walker, other = Walker(), Walker()
    async with walked([a_round(walker.look)]):
        await walker.has_looked(times=1)
    looks = walker.looks

    async with walked([a_round(other.look)]):
        await other.has_looked(times=5)

    assert walker.looks == looks


async def test_a_round_on_its_way_may_end_before_the_stop() -> None:
    ended, walker = list[str](), Walker()

    async def deed() -> None:
        await walker.look()
        await other.has_looked(times=other.looks + 2)
        ended.append("well")

    other = Walker()
    async with walked([a_round(other.look, name="other")]):
        rounds = Rounds([a_round(deed, every=LONG)])
        rounds.start()
        await walker.has_looked(times=1)
        await rounds.stop(grace=timedelta(seconds=PATIENCE))

    assert ended == ["well"]


async def test_a_round_that_outlasts_the_grace_is_cut_short(caplog: pytest.LogCaptureFixture) -> None:
    walker = Walker(until=asyncio.Event())
    rounds = Rounds([a_round(walker.look)])
    rounds.start()
    await walker.has_looked(times=1)

    await rounds.stop(grace=SHORT)

    assert [record.__dict__["event"] for record in caplog.records if "event" in record.__dict__] == ["round_cut_short"]


async def test_a_stop_right_after_the_start_leaves_nothing_behind() -> None:
    walker = Walker()
    rounds = Rounds([a_round(walker.look)])
    rounds.start()

    await rounds.stop()
    await rounds.stop()

    assert walker.looks <= 1


async def test_a_wall_clock_set_back_by_an_hour_does_not_stop_the_rounds() -> None:
    walker = Walker()

    async with walked([a_round(walker.look)]) as rounds:
        await walker.has_looked(times=1)
        # what APScheduler is left with then: a next round an hour away
        rounds._scheduler.modify_job("dispatch", next_run_time=SystemClock().now() + LONG)
        await walker.has_looked(times=walker.looks + 3)


async def test_a_wall_clock_set_right_by_fifty_years_does_not_hold_the_loop() -> None:
    walker = Walker()

    async with walked([a_round(walker.look)]) as rounds:
        await walker.has_looked(times=1)
        long_ago = SystemClock().now() - timedelta(days=50 * 365)
        rounds._scheduler.modify_job("dispatch", next_run_time=long_ago)
        await walker.has_looked(times=walker.looks + 2)


def test_two_rounds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="different names"):
        Rounds([a_round(Walker().look), a_round(Walker().look)])


def test_a_round_without_time_between_its_looks_is_refused() -> None:
    with pytest.raises(ValueError, match="time between"):
        Rounds([a_round(Walker().look, every=timedelta(0))])

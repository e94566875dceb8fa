"""Read the time: the only place where the wall clock is looked at."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The time as the machine has it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True)
class _Mark:
    """Where the clock stood at one tick of machine time, and how fast it has gone since."""

    stood: datetime
    tick: float
    rate: float
    limit: datetime | None = None

    def reading(self, tick: float) -> datetime:
        gone = self.stood + timedelta(seconds=(tick - self.tick) * self.rate)
        return gone if self.limit is None else max(self.stood, min(gone, self.limit))


class TurnableClock:
    """A clock for trials: it starts where it is told, goes at one rate from 0 up, and is turned forward, never back.

    Times are aware UTC. `ticks` is machine time in seconds and never goes back. Raises ValueError for a naive start, a
    negative rate and a turn into the past.
    """

    def __init__(self, start: datetime, rate: float = 1.0, *, ticks: Callable[[], float] = time.monotonic) -> None:
        if start.tzinfo is None:
            raise ValueError("the clock starts at an aware instant")
        self._ticks = ticks
        self._rate = _lawful(rate)
        self._paused = False
        # one value, replaced whole, so that a reader in another thread never sees half a change
        self._mark = _Mark(start.astimezone(UTC), ticks(), self._rate)

    def now(self) -> datetime:
        """The present instant of the trial, aware, in UTC; never earlier than the one before."""
        return self._mark.reading(self._ticks())

    @property
    def rate(self) -> float:
        """Of a clock that is not paused."""
        return self._rate

    @property
    def paused(self) -> bool:
        return self._paused

    def pause(self) -> None:
        self._paused = True
        self._mark = self._marked()

    def resume(self) -> None:
        self._paused = False
        self._mark = self._marked()

    def hold_at(self, limit: datetime | None) -> None:
        """Go no further than this instant by itself, so that what is due then can be finished; None lets it go on."""
        self._mark = replace(self._marked(), limit=limit)

    def advance(self, to: datetime) -> None:
        """Turn to an instant at once, also past a limit and during a pause."""
        mark = self._marked()
        if to < mark.stood:
            raise ValueError("the clock does not turn back")
        self._mark = replace(mark, stood=to.astimezone(UTC))

    def _marked(self) -> _Mark:
        tick = self._ticks()
        rate = 0.0 if self._paused else self._rate
        return _Mark(self._mark.reading(tick), tick, rate, self._mark.limit)


def _lawful(rate: float) -> float:
    if not 0 <= rate < math.inf:
        raise ValueError("the rate of a clock is a number from 0 up")
    return rate

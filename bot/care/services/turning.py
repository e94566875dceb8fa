"""Turn a trial's clock without leaping over anything that falls due on the way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.care.ports.outside import Clock
from bot.care.ports.records import Records, Work
from bot.care.services.dispatching import Dispatching
from bot.care.services.mornings import Mornings
from bot.care.services.timers import Timers

PATIENCE = 15.0
"""Seconds of machine time to wait for what is due: an unreachable Telegram must not stop the clock for ever."""

LOOK_EVERY = 0.02
FREE_RUN = timedelta(hours=1)
"""How far a fast clock goes between two looks while nothing is planned: what is planned meanwhile is not passed by."""
TURNED_AT_MOST = timedelta(days=400)


class Turnable(Clock, Protocol):
    """A clock that can be moved forward, and told to wait at an instant."""

    def advance(self, to: datetime) -> None: ...

    def hold_at(self, limit: datetime | None) -> None: ...


@dataclass
class Turning:
    records: Records
    clock: Turnable
    dispatching: Dispatching
    timers: Timers
    mornings: Mornings
    settled_elsewhere: Callable[[], Awaitable[None]] | None = None
    """Waits until what came in has been handled too."""

    async def advance(self, by: timedelta) -> None:
        """Forward by so much, stopping at each due instant until its rows are final."""
        end = self.clock.now() + min(by, TURNED_AT_MOST)
        await self._settle()
        await self._walk(end)

    async def to_next_message(self) -> bool:
        """To the next instant at which something of a patient's falls due; False when nothing is waiting."""
        await self._settle()
        moment = await self.records.read(partial(self._next, after=self.clock.now()))
        if moment is None:
            return False
        await self._walk(moment)
        return True

    async def keep(self) -> None:
        """One look: a clock that goes fast by itself is held at the next due instant until that is done."""
        now = self.clock.now()
        if await self.records.read(partial(_unfinished, at=now)):
            self.dispatching.nudge()
            return
        await self.records.write(partial(self.timers.run, at=now))
        await self.mornings.look()
        self.clock.hold_at(await self.next_moment(after=now) or now + FREE_RUN)

    async def next_moment(self, *, after: datetime) -> datetime | None:
        moments = (
            await self.records.read(partial(self._next, after=after)),
            await self.mornings.next_moment(after=after),
        )
        return min((moment for moment in moments if moment is not None), default=None)

    def _next(self, work: Work, *, after: datetime) -> datetime | None:
        moments = (work.outbox.next_due(after=after), self.timers.next_moment(work, after=after))
        return min((moment for moment in moments if moment is not None), default=None)

    async def _walk(self, end: datetime) -> None:
        while (now := self.clock.now()) < end:
            moment = await self.next_moment(after=now)
            self._to(min(moment or end, end))
            await self._settle()

    def _to(self, moment: datetime) -> None:
        if moment > self.clock.now():
            self.clock.advance(moment)
        self.clock.hold_at(None)

    async def _settle(self) -> None:
        await self.records.write(partial(self.timers.run, at=self.clock.now()))
        await self.mornings.look()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while loop.time() < deadline:
            if self.settled_elsewhere is not None:
                await self.settled_elsewhere()
            # the present goes on: what was handled a moment ago is due a moment later than we began
            if not await self.records.read(partial(_unfinished, at=self.clock.now())):
                return
            self.dispatching.nudge()
            await asyncio.sleep(LOOK_EVERY)


def _unfinished(work: Work, *, at: datetime) -> int:
    return work.outbox.unfinished(at=at)

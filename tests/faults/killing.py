"""One life of the bot after the other, each cut short at a moment nobody chose."""

import asyncio
import signal
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from random import Random

from bot.playground.faults import Trouble
from tests.faults.clinic import Clinic
from tests.faults.crowd import Crowd
from tests.faults.running_bot import RunningBot
from tests.faults.waiting import pause

STARTS_IN = 1.4
"""Seconds from a start to listening, about."""
MEAN = 0.3
"""Seconds of life after it listens, about."""
UNBORN = 0.06
"""The share that is killed while it still starts."""
ANSWERS_IN = 0.15
"""Seconds Telegram takes for a message: as many are on their way as a real line would hold."""
CALLS = 12
"""A life ends soon after at most so many messages have reached Telegram."""
IDLE = 3.0
"""Seconds after which a life without any ends all the same."""
TROUBLE = 0.15
"""The share of lives in which Telegram has its own troubles too, of each kind."""


@dataclass
class Kills:
    """What each kill found."""

    clinic: Clinic
    rng: Random
    kills: int
    in_flight: list[frozenset[int]] = field(default_factory=list)
    """The rows each kill caught between their claim and their outcome."""

    def caught(self, row: int) -> int:
        """How many kills hit this row in flight."""
        return sum(row in rows for rows in self.in_flight)

    def note(self) -> None:
        """To be called when a life is over."""
        with closing(sqlite3.connect(self.clinic.folder / "var" / "aftercare.db")) as file:
            rows = file.execute("SELECT id FROM delivery WHERE state = 'sending'")
            self.in_flight.append(frozenset(row for (row,) in rows))

    async def any_moment(self) -> None:
        """While it has something in hand, as a rule: some of its messages have reached Telegram, more may have."""
        faults = self.clinic.faults
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE):
                await faults.hit(len(faults.taken) + self.rng.randint(1, CALLS))
        await pause(self.rng.uniform(0, 2 * ANSWERS_IN))

    def trouble(self) -> None:
        """Of this life."""
        faults = self.clinic.faults
        faults.clear()
        if self.rng.random() < TROUBLE:
            faults.add(Trouble.TOO_MANY, method="sendMessage", seconds=1)
        if self.rng.random() < TROUBLE:
            faults.add(Trouble.DROP, method="sendMessage")
        if self.rng.random() < TROUBLE:
            faults.add(Trouble.DROP, method="getUpdates")
        # the last, as the first that fits is the one that strikes
        faults.add(Trouble.DELAY, method="sendMessage", times=None, seconds=ANSWERS_IN)


@dataclass
class Lives(Kills):
    """Of the whole bot."""

    @property
    def expected(self) -> float:
        """How long all this takes, in seconds."""
        return self.kills * (STARTS_IN + MEAN)

    async def go_on_with(self, crowd: Crowd) -> None:
        """All lives but the last, and the crowd to its end; the bot is left running."""
        living = asyncio.create_task(crowd.lives())
        for _ in range(self.kills):
            await self._one()
        await self.clinic.open_up()
        await living

    async def stop(self) -> None:
        """The last one is told to, and lands what is in flight."""
        assert await self.clinic.bots[-1].ended_by(signal.SIGTERM) == 0

    async def _one(self) -> None:
        self.trouble()
        bot = await self.clinic.start()
        if self.rng.random() < UNBORN:
            await pause(self.rng.uniform(0.1, STARTS_IN))
        else:
            await bot.listens()
            await self.any_moment()
        await self._kill(bot)

    async def _kill(self, bot: RunningBot) -> None:
        await bot.killed()
        self.note()

"""One life of the bot after the other, each cut short at a moment nobody chose."""

import asyncio
import signal
from bisect import bisect
from dataclasses import dataclass, field
from random import Random

from bot.playground.faults import Trouble
from tests.faults.clinic import Clinic
from tests.faults.crowd import Crowd
from tests.faults.running_bot import RunningBot
from tests.faults.waiting import pause

STARTS_IN = 1.4
"""Seconds from a start to listening, about."""
LEAST, MOST, MEAN = 0.03, 1.5, 0.3
"""Seconds of life after it listens."""
UNBORN = 0.15
"""The share that is killed while it still starts."""
TROUBLE = 0.15
"""The share of lives in which Telegram has its own troubles too, of each kind."""


@dataclass
class Lives:
    clinic: Clinic
    rng: Random
    kills: int
    ends: list[int] = field(default_factory=list)
    """How many events had happened at the end of each life."""

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

    def of(self, seq: int) -> int:
        """In which life this happened."""
        return bisect(self.ends, seq - 1)

    async def _one(self) -> None:
        self._trouble()
        bot = await self.clinic.start()
        if self.rng.random() < UNBORN:
            await pause(self.rng.uniform(0.1, STARTS_IN))
        else:
            await bot.listens()
            await pause(min(MOST, LEAST + self.rng.expovariate(1 / MEAN)))
        await self._kill(bot)

    async def _kill(self, bot: RunningBot) -> None:
        await bot.killed()
        self.ends.append(self.clinic.playground.telegram.journal.seq)

    def _trouble(self) -> None:
        if self.rng.random() < TROUBLE:
            self.clinic.faults.add(Trouble.TOO_MANY, method="sendMessage", seconds=1)
        if self.rng.random() < TROUBLE:
            self.clinic.faults.add(Trouble.DROP, method="sendMessage")
        if self.rng.random() < TROUBLE:
            self.clinic.faults.add(Trouble.DROP, method="getUpdates")

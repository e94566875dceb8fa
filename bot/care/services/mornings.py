"""Look whether the morning's digest is due: read at leisure, then told in one short transaction."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.care.ports.outside import Clock
from bot.care.ports.records import Records
from bot.care.services.digesting import Digesting


@dataclass(frozen=True)
class Mornings:
    records: Records
    clock: Clock
    digesting: Digesting

    async def look(self) -> bool:
        """True when there was something to tell; of several processes one tells it."""
        now = self.clock.now()
        if not await self.records.read(partial(self.digesting.is_due, at=now)):
            return False
        # however many patients there are, the writer is not held while it is written
        morning = await self.records.read(partial(self.digesting.write, at=now))
        await self.records.write(partial(self.digesting.tell, morning=morning, at=now))
        return True

    async def next_moment(self, *, after: datetime) -> datetime | None:
        return await self.records.read(partial(self.digesting.next_moment, after=after))

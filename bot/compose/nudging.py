"""Records whose commits wake the dispatcher, so that a reply does not wait for its next look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.care.ports.records import Records, Work

T = TypeVar("T")


@dataclass(frozen=True)
class Nudging:
    """Fills `bot.care.ports.records.Records`."""

    records: Records
    nudge: Callable[[], None]

    async def write(self, deed: Callable[[Work], T]) -> T:
        result = await self.records.write(deed)
        self.nudge()
        return result

    async def read(self, query: Callable[[Work], T]) -> T:
        return await self.records.read(query)

"""Everything a screen should show, numbered in the order it happened."""

from collections.abc import Callable
from typing import TypeVar

from bot.playground.bell import Bell
from bot.playground.controls import Json

Found = TypeVar("Found")


class Journal:
    """An append-only list of events; `seq` of the newest one is `self.seq`."""

    def __init__(self) -> None:
        self._events: list[Json] = []
        self._bell = Bell()

    @property
    def seq(self) -> int:
        return len(self._events)

    def note(self, kind: str, **facts: object) -> None:
        self._events.append({"seq": self.seq + 1, "kind": kind, **facts})
        self._bell.ring()

    def since(self, seq: int) -> list[Json]:
        return self._events[max(seq, 0) :]

    async def changed(self) -> None:
        await self._bell.wait()

    async def until(self, find: Callable[[], Found | None]) -> Found:
        """Wait until something happened that makes `find` return a truthy answer, and return that."""
        while not (found := find()):
            await self.changed()
        return found

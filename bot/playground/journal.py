"""Everything a screen should show, numbered in the order it happened."""

import asyncio
import secrets
from collections.abc import Callable
from typing import TypeVar

from bot.playground.bell import Bell
from bot.playground.controls import Json

Found = TypeVar("Found")


class Journal:
    """An append-only list of events, `seq` being the newest one's number; `world` tells one run from another."""

    def __init__(self) -> None:
        self.world = secrets.token_hex(4)
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

    @property
    def news(self) -> asyncio.Event:
        """Set by the next event; take it before reading, or what happens in between is missed."""
        return self._bell.coming

    async def until(self, find: Callable[[], Found | None]) -> Found:
        """Wait until something happened that makes `find` return a truthy answer, and return that."""
        while not (found := find()):
            await self.news.wait()
        return found

"""A bell that many may wait for: everyone waiting wakes at each ring."""

import asyncio
from collections.abc import Awaitable, Sequence


class Bell:
    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    @property
    def coming(self) -> asyncio.Event:
        """The next ring; whoever looks for news first and then waits must take it before looking."""
        return self._next


async def first_of(wanted: Awaitable[object], *, within: float, unless: Sequence[Awaitable[object]] = ()) -> bool:
    """Whether `wanted` came true within `within` seconds and before any of `unless`."""
    tasks = [asyncio.ensure_future(wait) for wait in (wanted, *unless)]
    try:
        done, _ = await asyncio.wait(tasks, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        return tasks[0] in done and done == {tasks[0]}
    finally:
        for task in tasks:
            task.cancel()

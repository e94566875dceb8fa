"""Wait for what another process does, which rings no bell here; never longer than patience lasts."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

LOOK_EVERY = 0.05
PATIENCE = 40.0


async def until(true: Callable[[], Awaitable[object]], *, within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not await true():
        assert time.monotonic() < deadline, f"not true within {within} s"
        await pause(LOOK_EVERY)


async def pause(seconds: float) -> None:
    """Trouble comes at moments of its own choosing: chance says when, and nothing is waited for."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), seconds)

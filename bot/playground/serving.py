"""Run an ASGI app on a loopback port for as long as a block lasts."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

KEPT_ALIVE = 75
"""Seconds that an idle connection is kept: longer than clients keep it, or it would be closed just when their next call
is on the way."""


class _QuietServer(uvicorn.Server):
    """A server that leaves signals to whoever runs the whole program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Give the base URL (`http://127.0.0.1:port`); port 0 takes a free one. Raises OSError if the port is taken."""
    listening = socket.create_server(("127.0.0.1", port))
    # asyncio does this only for sockets that name their protocol; without it every answer waits 40 ms
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app, log_level="error", lifespan="off", timeout_graceful_shutdown=2, timeout_keep_alive=KEPT_ALIVE
    )
    server = _QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        closing: asyncio.Event | None = getattr(getattr(app, "state", None), "closing", None)
        if closing is not None:
            closing.set()  # ends long polls and event streams, which would hold the server open
        server.should_exit = True
        await serving
        listening.close()

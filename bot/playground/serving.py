"""Run an ASGI app on a loopback port for as long as a block lasts."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette


class _QuietServer(uvicorn.Server):
    """A server that leaves signals to whoever runs the whole program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve(app: Starlette, port: int = 0) -> AsyncIterator[str]:
    """Give the base URL (`http://127.0.0.1:port`); port 0 takes a free one. Raises OSError if the port is taken."""
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=2)
    server = _QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        closing: asyncio.Event | None = getattr(app.state, "closing", None)
        if closing is not None:
            closing.set()  # ends long polls and event streams, which would hold the server open
        server.should_exit = True
        await serving
        listening.close()

"""A door on a loopback port that leads to another, and can be shut: connections are refused, open ones are cut."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
CHUNK = 65_536


@dataclass
class Door:
    """Each connection is led to the next of `rooms` (ports) that answers, as a load balancer would."""

    rooms: Sequence[int]
    port: int = 0
    _server: asyncio.Server | None = None
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)
    _turn: int = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._lead, LOOPBACK, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        if self._server is not None:
            self._server.close()
        for line in self._lines:
            line.transport.abort()
        await asyncio.sleep(0)

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            found = await self._a_room()
            if found is not None:
                await asyncio.gather(_pour(reader, found[1]), _pour(found[0], writer))
        finally:
            self._lines.discard(writer)
            writer.close()

    async def _a_room(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        self._turn += 1
        for room in range(len(self.rooms)):
            with suppress(OSError):
                port = self.rooms[(self._turn + room) % len(self.rooms)]
                return await asyncio.open_connection(LOOPBACK, port)
        return None


@asynccontextmanager
async def door_to(*rooms: int) -> AsyncIterator[Door]:
    door = Door(rooms)
    await door.open()
    try:
        yield door
    finally:
        await door.shut()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(CHUNK):
            writer.write(part)
            await writer.drain()
    writer.close()

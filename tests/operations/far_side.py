"""A web hook's and a mail server's far side on loopback ports, with their moods."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
SILENT, DROPS = "silent", "drops"


@dataclass
class Hook:
    """`coming` are its next answers: a status, or a mood; after them all is well."""

    coming: list[int | str] = field(default_factory=list)
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    rang: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.taken.append((head[0].split(" ")[0], headers, body))
        mood = self.coming.pop(0) if self.coming else 204
        self.rang.set()
        if mood == SILENT:
            await reader.read()
        elif mood != DROPS:
            writer.write(f"HTTP/1.1 {mood} Such\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()


@dataclass
class PostOffice:
    """`refuses` maps the beginning of a command to an answer, or to a mood; `letters` are what it took."""

    refuses: dict[str, str] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    url: str = ""
    rang: asyncio.Event = field(default_factory=asyncio.Event)

    async def taken(self) -> None:
        """Until it has a letter."""
        await self.rang.wait()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _say(writer, "220 here")
        while line := (await reader.readline()).decode().strip():
            self.heard.append(line)
            said = next((says for begins, says in self.refuses.items() if line.startswith(begins)), "")
            if said == SILENT:
                await reader.read()
            if said in (SILENT, DROPS):
                return
            if line.lower() == "data" and not said:
                await _say(writer, "354 go on")
                letter = await reader.readuntil(b"\r\n.\r\n")
                if self.refuses.get("letter") == DROPS:
                    return
                self.letters.append(letter.decode())
                self.rang.set()
            await _say(writer, said or ("250-here\r\n250 AUTH PLAIN" if line.startswith("ehlo") else "250 well"))
        return


async def _say(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
    await writer.drain()


Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def _listening(answer: Answering) -> AsyncIterator[int]:
    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await answer(reader, writer)
        writer.close()

    server = await asyncio.start_server(lead, LOOPBACK, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def a_hook() -> AsyncIterator[Hook]:
    hook = Hook()
    async with _listening(hook.answer) as port:
        hook.url = f"http://{LOOPBACK}:{port}/alarm?key=hidden"
        yield hook


@asynccontextmanager
async def a_post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    async with _listening(office.answer) as port:
        office.url = f"smtp://{LOOPBACK}:{port}"
        yield office

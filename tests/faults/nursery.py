"""Senders without a house: forked from a process that has learned everything already, so that hundreds can be killed.

`python -m tests.faults.nursery FOLDER ORIGIN TOKEN` forks one at every line it reads, and prints its number.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.care.ports.hearing import Hearing
from bot.care.services.dispatching import Dispatching
from bot.chat.application import bot
from bot.chat.channel import TelegramChannel
from bot.compose.house import furnish
from bot.library.dates import BabelDates
from bot.pictures.drawing import Drawings
from bot.records.database import Database
from bot.records.keyfile import read
from bot.settings import CACHE
from bot.understanding.building import understand
from scheduler.clock import SystemClock
from tests.fakes.album import FakeAlbum
from tests.faults.clinic import Clinic
from tests.faults.running_bot import ROOT
from tests.standing_library import StandingLibrary, a_library


@dataclass
class Nursery:
    process: asyncio.subprocess.Process

    async def born(self) -> int:
        """Another sender, at work; its process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        return int(await self.process.stdout.readline())

    async def killed(self, pid: int) -> None:
        """Gone, and nothing of it left running."""
        assert self.process.stdout is not None
        os.kill(pid, signal.SIGKILL)
        assert int(await self.process.stdout.readline()) == pid


@asynccontextmanager
async def nursery(clinic: Clinic) -> AsyncIterator[Nursery]:
    given = (str(clinic.folder), clinic.settings["TELEGRAM_API_URL"], clinic.settings["TELEGRAM_BOT_TOKEN"])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.nursery", *given, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        yield Nursery(process)
    finally:
        # its last sender too: it would hold the pipe open for ever
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def send(folder: Path, origin: str, token: str, library: StandingLibrary, understanding: Hearing) -> None:
    """As the house begins: what a kill left in flight first, then whatever is due."""
    database = Database.open(f"sqlite:///{folder / 'var' / 'aftercare.db'}", read(folder / "var.key"))
    clock = SystemClock()
    telegram = bot(token, origin=origin)
    await telegram.initialize()
    furniture = furnish(
        clock, library, BabelDates(), understanding, database.keys, bot_name=telegram.username, on_telegram=False
    )
    channel = TelegramChannel(telegram, Drawings(), FakeAlbum())
    dispatching = Dispatching(database, channel, library, clock, furniture.composing, furniture.aftermath)
    await database.write(partial(dispatching.recover, everything=True))
    await dispatching.run()


def main() -> None:
    folder, origin, token = sys.argv[1:]
    library = a_library()
    understanding = understand(library.shelf.tables, CACHE)
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            asyncio.run(send(Path(folder), origin, token, library, understanding))
        print(pid, flush=True)  # noqa: T201 - to whoever asked for it
        os.waitpid(pid, 0)
        print(pid, flush=True)  # noqa: T201 - it is gone


if __name__ == "__main__":
    main()

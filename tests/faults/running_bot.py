"""A real `aftercare run` in a process of its own, to be killed, stopped and started again."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.faults.forge import Forged, forge
from tests.own_content import CONTENT

ROOT = Path(__file__).parents[2]
LISTENING = "is listening"
PATIENCE = 60.0


@dataclass
class RunningBot:
    """`lines` is what it has said so far on its error stream."""

    process: asyncio.subprocess.Process | Forged
    lines: list[str] = field(default_factory=list)
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: asyncio.Task[None] | None = None

    async def listens(self) -> None:
        """Until it listens; fails with its own words when it ends instead."""
        ended = asyncio.create_task(self.process.wait())
        heard = asyncio.create_task(self.listening.wait())
        await asyncio.wait({ended, heard}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for task in (ended, heard):
            task.cancel()
        assert self.listening.is_set(), self.said

    @property
    def said(self) -> str:
        return "".join(self.lines)

    async def killed(self) -> None:
        """As a power cut would: no signal handler, no last commit."""
        await self.ended_by(signal.SIGKILL)

    async def ended_by(self, sign: signal.Signals) -> int:
        """Its status, once it is gone."""
        if self.process.returncode is None:
            self.process.send_signal(sign)
        return await self.over()

    async def over(self) -> int:
        status = await self.process.wait()
        if self._reading is not None:
            await self._reading
        return status

    async def read(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            self.lines.append(line.decode())
            if LISTENING in self.lines[-1]:
                self.listening.set()


async def start_bot(
    folder: Path, settings: Mapping[str, str], *, afresh: bool = False, group_minute: timedelta | None = None
) -> RunningBot:
    """Started, not yet listening. Nothing of this machine's own configuration reaches it.

    `afresh`: with Python itself, and all its imports; then a minute is always a minute.
    """
    known = {"PYTHONPATH": str(ROOT), "CONTENT_DIR": str(CONTENT), **settings}
    forged = partial(forge().make, ["run"], cwd=folder, env=known, group_minute=group_minute)
    process = await (_afresh(folder, known) if afresh else forged())
    bot = RunningBot(process)
    bot._reading = asyncio.create_task(bot.read())
    return bot


async def _afresh(folder: Path, env: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=env,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


@asynccontextmanager
async def running_bot(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[RunningBot]:
    """Listening as long as the block lasts, and surely gone after it."""
    bot = await start_bot(folder, settings)
    try:
        await bot.listens()
        yield bot
    finally:
        await bot.killed()

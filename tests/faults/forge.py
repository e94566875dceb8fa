"""Bots forked from a process that has imported all they need and read the words once: what they do begins anew.

`python -m tests.faults.forge DESCRIPTOR` forks one for each order it reads there, until nobody can write it any more.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from bot.chat.requests import sending
from bot.cli import call
from bot.settings import CACHE, ROOT
from bot.understanding.building import understand
from scheduler import pace
from tests.standing_library import the_shelf

MOST = 65536
PRELOADED = ("bot.cli.run", "bot.cli.import_", "bot.cli.doctor", "anyio._backends._asyncio", "babel.numbers")
"""The last two would be imported at a bot's first call and message."""


@dataclass(frozen=True)
class Ended:
    """How a verb that ends by itself ended, and all it said."""

    status: int
    out: str
    err: str


@dataclass
class Forged:
    """As much of `asyncio.subprocess.Process` as is needed."""

    pid: int
    stderr: asyncio.StreamReader
    returncode: int | None = None

    async def wait(self) -> int:
        if self.returncode is None:
            await _gone(self.pid)
        # whoever waited beside may have been told meanwhile
        if self.returncode is None:
            self.returncode = forge().asked(reap=self.pid)
        return self.returncode

    def send_signal(self, sign: signal.Signals) -> None:
        os.kill(self.pid, sign)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Forge:
    """One for all tests of a process; it ends with it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        # nothing of this machine's own configuration reaches those it makes
        env, passed = {"PYTHONPATH": str(ROOT)}, [theirs.fileno()]
        self._process = subprocess.Popen(command, cwd=ROOT, env=env, pass_fds=passed, start_new_session=True)
        theirs.close()

    async def make(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        group_minute: timedelta | None = None,
        out: int | None = None,
    ) -> Forged:
        """`aftercare ARGUMENTS`, started; what it says on its error stream can be read.

        `group_minute`: how long a minute of the pace for groups takes there; `out`: where to it prints, if anywhere.
        """
        reads, writes = os.pipe()
        minute = group_minute.total_seconds() if group_minute is not None else None
        says = (writes,) if out is None else (writes, out)
        pid = self.asked(*says, arguments=list(arguments), cwd=str(cwd), env=dict(env), minute=minute)
        os.close(writes)
        stderr = asyncio.StreamReader()
        pipe = os.fdopen(reads, "rb", buffering=0)
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stderr), pipe)
        return Forged(pid, stderr)

    async def run(self, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> Ended:
        """`aftercare ARGUMENTS`, from beginning to end."""
        with TemporaryFile() as out:
            process = await self.make(arguments, cwd=cwd, env=env, out=out.fileno())
            err = await process.stderr.read()
            status = await process.wait()
            out.seek(0)
            return Ended(status, out.read().decode(), err.decode())

    def asked(self, *descriptors: int, **order: object) -> int:
        socket.send_fds(self._line, [json.dumps(order).encode()], descriptors)
        return int(self._line.recv(MOST))


async def _gone(pid: int) -> None:
    loop, gone, watch = asyncio.get_running_loop(), asyncio.Event(), os.pidfd_open(pid)
    try:
        loop.add_reader(watch, gone.set)
        await gone.wait()
    finally:
        loop.remove_reader(watch)
        os.close(watch)


@cache
def forge() -> Forge:
    return Forge()


def main(line: socket.socket) -> None:
    for module in PRELOADED:
        import_module(module)
    shelf = the_shelf()
    understand(shelf.tables, CACHE)
    # reads the authorities of this machine
    sending()
    while True:
        order, descriptors, _, _ = socket.recv_fds(line, MOST, 2)
        if not order:
            return
        line.send(str(_done(json.loads(order), descriptors, line)).encode())
        for descriptor in descriptors:
            os.close(descriptor)


def _done(order: Mapping[str, object], descriptors: Sequence[int], line: socket.socket) -> int:
    if "reap" in order:
        return os.waitstatus_to_exitcode(os.waitpid(int(str(order["reap"])), 0)[1])
    pid = os.fork()
    if pid == 0:
        line.close()
        _become(**order, says=descriptors)  # type: ignore[arg-type]
    return pid


def _become(
    *, arguments: Sequence[str], cwd: str, env: Mapping[str, str], says: Sequence[int], minute: float | None = None
) -> None:
    """Never comes back."""
    os.setsid()
    if minute is not None:
        _hurry(timedelta(seconds=minute))
    nothing = os.open(os.devnull, os.O_RDWR)
    err, out = says if len(says) > 1 else (*says, nothing)
    for ours, theirs in enumerate((nothing, out, err)):
        os.dup2(theirs, ours)
    os.chdir(cwd)
    surroundings = pytest.MonkeyPatch()
    for name, value in env.items():
        surroundings.setenv(name, value)
    status = 1
    try:
        call(arguments)
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _hurry(within: timedelta) -> None:
    """As many calls to a group as in a minute, and the same waiting for the next, in less time."""
    pace.PER_GROUP = replace(pace.PER_GROUP, within=within)
    pace.PER_GROUP_WITHOUT_ALERTS = replace(pace.PER_GROUP_WITHOUT_ALERTS, within=within)
    pace.PER_GROUP_UNASKED = replace(pace.PER_GROUP_UNASKED, within=within)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))

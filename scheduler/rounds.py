"""Walk the few rounds on which somebody looks for work; APScheduler says only when to look, never what is due."""

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import cast

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from scheduler.clock import SystemClock

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=5)
WATCH = timedelta(seconds=1)


@dataclass(frozen=True)
class Round:
    """One periodic look for work; its deed finds out what is due. When it fails, the next round comes all the same."""

    name: str
    every: timedelta
    deed: Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Beat:
    """When a round last ended, in seconds of `time.monotonic()`, and how many times in a row it has failed by now."""

    ended: float | None = None
    failures: int = 0


class Rounds:
    """All rounds of one process. A round never runs beside itself; any number of missed ones are made up by one.

    Raises ValueError when two rounds bear one name or a round has no time between its looks.
    """

    def __init__(self, rounds: Iterable[Round]) -> None:
        asked = tuple(rounds)
        self._rounds = {round_.name: round_ for round_ in asked}
        if len(self._rounds) < len(asked) or any(round_.every <= timedelta(0) for round_ in asked):
            raise ValueError("rounds need different names and some time between their looks")
        self._beats = {name: Beat() for name in self._rounds}
        self._walking: set[asyncio.Task[object]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._watch: asyncio.TimerHandle | None = None

    @property
    def beats(self) -> Mapping[str, Beat]:
        """The last beat of every round by name, for a health probe."""
        return MappingProxyType(self._beats)

    def start(self) -> None:
        """Walk every round once at once, then each in its own time. Needs a running event loop."""
        # it reports every tick at INFO and every tick skipped for a long round at WARNING
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        for round_ in self._rounds.values():
            self._add(round_)
        self._scheduler.start()
        self._keep_watch()

    async def stop(self, grace: timedelta = GRACE) -> None:
        """Begin no more rounds, let those on their way end within the grace, cut the others short."""
        if self._watch is None:
            return
        self._watch.cancel()
        self._watch = None
        self._scheduler.remove_all_jobs()
        await asyncio.sleep(0)  # a round submitted just now has to set out before it can be waited for
        await self._see_home(grace)
        self._scheduler.shutdown()
        await asyncio.sleep(0)  # APScheduler puts its own end off to the next turn of the loop

    async def _see_home(self, grace: timedelta) -> None:
        if not self._walking:
            return
        _, late = await asyncio.wait(self._walking, timeout=grace.total_seconds())
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=grace.total_seconds())

    def _add(self, round_: Round) -> None:
        self._scheduler.add_job(
            self._walk,
            _Every(round_.every),
            args=(round_,),
            id=round_.name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    async def _walk(self, round_: Round) -> None:
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._walking.add(task)
        failures = self._beats[round_.name].failures + 1
        try:
            await round_.deed()
            failures = 0
        except asyncio.CancelledError:
            log.warning("round cut short", extra={"event": "round_cut_short", "round": round_.name})
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the next round comes
            log.error("round failed", extra={"event": "round_failed", "round": round_.name, **_whereabouts(error)})
        finally:
            self._walking.discard(task)
            self._beats[round_.name] = Beat(time.monotonic(), failures)

    def _keep_watch(self) -> None:
        """Bring back rounds that a wall clock set back has left in the future: APScheduler counts in wall time."""
        now = SystemClock().now()
        for job in self._scheduler.get_jobs():
            if job.next_run_time > now + self._rounds[job.id].every + WATCH:
                job.modify(next_run_time=now)
        self._watch = asyncio.get_running_loop().call_later(WATCH.total_seconds(), self._keep_watch)


class _Every(BaseTrigger):  # type: ignore[misc]  # APScheduler is untyped
    """Now, and then one interval after each look.

    APScheduler's own interval trigger walks through every tick that was missed: a wall clock set right from 1970 would
    hold the event loop for minutes.
    """

    def __init__(self, every: timedelta) -> None:
        self.every = every

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now if previous is None else now + self.every


def _whereabouts(error: Exception) -> dict[str, str]:
    # the message of an error may quote a patient: its kind and its line say enough
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return {"error": type(error).__name__, "at": f"{Path(frame.filename).name}:{frame.lineno}"}

"""The one writer: waiting deeds share a commit, and nobody hears of success before it."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from bot.care.ports.records import Work
from bot.records.cipher import Cipher
from bot.records.transaction import Transaction
from bot.records.work import SqlWork

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST = 64
LONGEST = 0.02
"""No transaction shall hold the writer over 0.05 s."""


class Closed(RuntimeError):
    """The records were closed; this deed was not done."""


class TransactionBroken(RuntimeError):
    """The database gave up the whole transaction, not only one deed's part of it."""


class Undone(RuntimeError):
    """The first deed of a batch failed, and all that the transaction held with it."""


@dataclass
class Job(Generic[T]):
    """A deed on its way through a batch."""

    deed: Callable[[Work], T]
    future: Future[T] = field(default_factory=Future)
    value: T | None = None
    error: BaseException | None = None

    def begin(self, work: Work) -> None:
        """First of its batch: it needs no savepoint, which costs as much as a deed. Raises `Undone`."""
        try:
            self.value = self.deed(work)
        except BaseException as error:  # whatever a deed raises is its caller's, never the end of the writer
            self.error = error
            raise Undone from error

    def run(self, connection: Connection, work: Work) -> None:
        """In its own savepoint; raises `TransactionBroken` when the batch cannot go on."""
        try:
            with connection.begin_nested():
                self.value = self.deed(work)
        except BaseException as error:  # whatever a deed raises is its caller's, never the end of the writer
            self.error = error
            if not _stands(connection):
                raise TransactionBroken from error

    def tell(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)  # type: ignore[arg-type]


class Writer:
    """A thread that owns all writing of this process; a batch goes on taking deeds for `longest` seconds."""

    def __init__(self, engine: Engine, cipher: Cipher, *, longest: float = LONGEST) -> None:
        self._longest = longest
        self._engine = engine
        self._cipher = cipher
        self._waiting: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="records-writer", daemon=True)
        self._thread.start()

    def submit(self, deed: Callable[[Work], T]) -> Future[T]:
        """The result comes after the commit; a future cancelled before its turn is not done at all. Raises `Closed`."""
        job = Job(deed)
        with self._closing:
            if self._closed:
                raise Closed
            self._waiting.put(job)
        return job.future

    def close(self) -> None:
        """What waits is still done."""
        with self._closing:
            already, self._closed = self._closed, True
        if not already:
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            job = self._waiting.get()
            going = job is not None and self._batch(job)

    def _batch(self, first: Job[Any]) -> bool:
        """One transaction; False when the end was asked for meanwhile."""
        if not first.future.set_running_or_notify_cancel():
            return True
        jobs, going = [first], True
        try:
            with self._engine.begin() as connection:
                going = self._run_all(jobs, connection)
        except Undone:
            pass  # its caller hears why
        except BaseException as error:  # every deed of the batch must hear that nothing was kept
            log.warning("batch_undone", extra={"event": "batch_undone"}, exc_info=error)
            for job in jobs:
                job.error = job.error or error
        for job in jobs:
            job.tell()
        return going

    def _run_all(self, jobs: list[Job[Any]], connection: Connection) -> bool:
        """The first job, then whatever waits as long as the batch is short; each is noted in `jobs` before it runs."""
        work = SqlWork(Transaction(connection, self._cipher, writing=True))
        until = time.monotonic() + self._longest
        jobs[0].begin(work)
        while len(jobs) < MOST and time.monotonic() < until:
            try:
                job = self._waiting.get_nowait()
            except Empty:
                break
            if job is None:
                return False
            if job.future.set_running_or_notify_cancel():
                jobs.append(job)
                job.run(connection, work)
        return True


def _stands(connection: Connection) -> bool:
    """Whether the transaction is still there; SQLite drops all of it on a full disk."""
    if connection.invalidated or connection.closed:
        return False
    if connection.dialect.name != "sqlite":
        return True
    return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]

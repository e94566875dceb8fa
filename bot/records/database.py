"""The records on a database: one writer, a few readers, and a key that must be the right one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Engine, select

from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.records.album import FolderAlbum
from bot.records.cipher import Cipher, Unreadable
from bot.records.engine import reader_engine, writer_engine
from bot.records.keys import Keys
from bot.records.schema import bring_up_to_date
from bot.records.tables import Mark, table
from bot.records.transaction import Transaction
from bot.records.work import SqlWork
from bot.records.writer import Writer

T = TypeVar("T")
marks = table(Mark)
READERS = 2
PROOF = "key-proof"


class WrongKey(RuntimeError):
    """This database was sealed with another key file."""


class Database:
    """The port `Records`. Deeds run on the writer's thread, queries on a reader's; made by `open`."""

    def __init__(self, writing: Engine, reading: Engine, cipher: Cipher) -> None:
        self._writing, self._reading = writing, reading
        self._cipher = cipher
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="records-reader")
        self._writer = Writer(self._writing, cipher)

    @classmethod
    def open(cls, url: str, key_file: bytes) -> Self:
        """Brings the tables up to date first. Raises `BadKeyFile`, `WrongKey`, `NewerSchema`."""
        cipher = Cipher(key_file)
        engine = writer_engine(url)
        try:
            bring_up_to_date(engine)
            _prove(engine, cipher)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, reader_engine(url), cipher)

    @property
    def keys(self) -> Keys:
        return Keys(self._cipher)

    def album(self, folder: Path, clock: Clock, *, backups: Path | None = None) -> FolderAlbum:
        """Pictures beside the tables, under the same key."""
        return FolderAlbum(folder, self._cipher, clock, backups)

    async def write(self, deed: Callable[[Work], T]) -> T:
        """Returns after the commit. An await that is cancelled may leave the deed done."""
        return await asyncio.wrap_future(self._writer.submit(deed))

    async def read(self, query: Callable[[Work], T]) -> T:
        """Sees everything committed before; whatever it tries to change is refused."""
        return await asyncio.wrap_future(self._readers.submit(self._query, query))

    def reading(self, query: Callable[[Work], T]) -> Future[T]:
        """For callers without an event loop."""
        return self._readers.submit(self._query, query)

    def writing(self, deed: Callable[[Work], T]) -> Future[T]:
        """For callers without an event loop."""
        return self._writer.submit(deed)

    def close(self) -> None:
        """What waits is still written; blocks until then."""
        self._writer.close()
        self._readers.shutdown()
        self._reading.dispose()
        self._writing.dispose()

    def _query(self, query: Callable[[Work], T]) -> T:
        with self._reading.begin() as connection:
            return query(SqlWork(Transaction(connection, self._cipher, writing=False)))


def _prove(engine: Engine, cipher: Cipher) -> None:
    """The first start leaves words that only its key opens; every later one must open them. Raises `WrongKey`."""
    with engine.begin() as connection:
        held = connection.execute(select(marks.c.words).where(marks.c.name == PROOF)).scalar_one()
        if not held:
            held = str(cipher.seal(PROOF))
            connection.execute(marks.update().where(marks.c.name == PROOF).values(words=held))
    try:
        cipher.open(held)
    except Unreadable as error:
        raise WrongKey("this database was sealed with another key file") from error

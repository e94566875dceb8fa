"""Connections that keep the promises: nothing lost at a power cut, nothing overwritten, nothing left behind."""

import time
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.util import LRUCache

BUSY_MILLISECONDS = 5000
ATTEMPTS = 100
"""To make a file write ahead, within the busy time."""
COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""What is compiled once serves the writer, the readers and whoever opens the records again."""


def writer_engine(url: str) -> Engine:
    """Transactions take the write lock when they begin, so that none fails halfway for want of it."""
    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(url: str) -> Engine:
    """Transactions see one moment, wait for nobody and cannot write."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = _engine(url)
        event.listen(engine, "connect", _query_only)
        event.listen(engine, "begin", _begin_deferred)
        return engine
    return _engine(url).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _engine(url: str) -> Engine:
    address = make_url(url)
    compiled = {"compiled_cache": COMPILED}
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True, execution_options=compiled)
        event.listen(engine, "connect", _set_up_sqlite)
    else:
        address = address.set(drivername="postgresql+psycopg")
        # a pooled connection may have died with the server; pinging costs less than a failed deed
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=True, execution_options=compiled)
    engine.dialect = _spoken(engine.name, engine.dialect)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:  # noqa: ANN401 - the driver's own
    """Once for a file; two that do it at the same moment refuse each other at once, whatever the busy time-out is."""
    for attempt in range(ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except OperationalError:
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(BUSY_MILLISECONDS / 1000 / ATTEMPTS)
        else:
            return


def _query_only(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.execute("PRAGMA query_only=ON").close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


_dialects: dict[str, Dialect] = {}


def _spoken(name: str, dialect: Dialect) -> Dialect:
    """One dialect for all engines of a kind: only for its own does SQLAlchemy find what was compiled."""
    return _dialects.setdefault(name, dialect)

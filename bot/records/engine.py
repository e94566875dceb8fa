"""Connections that keep the promises: nothing lost at a power cut, nothing overwritten, nothing left behind."""

import time
from sqlite3 import SQLITE_BUSY, OperationalError
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

BUSY_MILLISECONDS = 5000
AGAIN_AFTER = 0.05
"""Seconds until a file that is busy is asked again to write ahead."""


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
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True)
        event.listen(engine, "connect", _set_up_sqlite)
        return engine
    # a pooled connection may have died with the server; pinging costs less than a failed deed
    return create_engine(address.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True)


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
    until = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except OperationalError as error:
            if error.sqlite_errorcode != SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(AGAIN_AFTER)
        else:
            return


def _query_only(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.execute("PRAGMA query_only=ON").close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")

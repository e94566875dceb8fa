"""The three keepers of records that every contract test meets."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from bot.care.ports.records import Records
from bot.records.cipher import fresh_keys
from bot.records.database import Database
from bot.records.engine import writer_engine
from bot.records.schema import upgrade
from tests.fakes.records import FakeRecords
from tests.standing_postgres import an_empty_database

KEYS = fresh_keys()
EMPTIED = [name for name in SQLModel.metadata.tables if name != "mark"]
USED = text(
    " UNION ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in EMPTIED)
    + " UNION SELECT regexp_replace(sequencename, '_id_seq$', '') FROM pg_sequences WHERE last_value IS NOT NULL"
)
"""The tables with rows, or that had some: their next row has another number than one."""


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, to copy from."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'aftercare.db')}"


@pytest.fixture(scope="session")
def migrated_postgres() -> str:
    url = an_empty_database()
    upgrade(url)
    return url


@pytest.fixture(scope="session")
def emptying(migrated_postgres: str) -> Iterator[Engine]:
    """One connection for all tests: the server forks a process for each."""
    engine = writer_engine(migrated_postgres)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_url(migrated_postgres: str, emptying: Engine) -> str:
    """One database of the server, emptied for this test."""
    with emptying.begin() as connection:
        # to empty a table costs milliseconds also where it is empty
        used = ", ".join(f'"{name}"' for name in connection.execute(USED).scalars())
        if used:
            connection.execute(text(f"TRUNCATE {used} RESTART IDENTITY CASCADE"))
        connection.execute(text("UPDATE mark SET number = 0, words = '', until = NULL"))
    return migrated_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database.open(url, KEYS)
    yield opened
    opened.close()


@pytest.fixture(params=["fake", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def records(request: pytest.FixtureRequest) -> Iterator[Records]:
    """The port, three times over."""
    if request.param == "fake":
        yield FakeRecords()
        return
    opened = Database.open(request.getfixturevalue(f"{request.param}_url"), KEYS)
    yield opened
    opened.close()

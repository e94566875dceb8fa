"""The tables come by themselves, once, and never from a newer program."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from bot.records import outbox_tables
from bot.records.cipher import fresh_keys
from bot.records.database import Database, WrongKey
from bot.records.engine import writer_engine
from bot.records.schema import HEAD, MIGRATIONS, NewerSchema, Schema, schema, upgrade
from bot.records.tables import table
from tests.records.conftest import KEYS
from tests.standing_postgres import an_empty_database


def test_models_and_migrations_agree(url: str) -> None:
    assert table(outbox_tables.TapRow) is not None
    engine = writer_engine(url)

    with engine.begin() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    engine.dispose()
    assert differences == []


def test_the_program_knows_its_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_an_empty_database_gets_its_tables_and_a_current_one_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new %41.db'}"
    before = schema(url)

    upgrade(url)
    upgrade(url)

    assert (before, schema(url)) == (Schema.EMPTY, Schema.CURRENT)


def test_a_database_of_a_newer_program_is_refused_untouched(sqlite_url: str) -> None:
    engine = writer_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(NewerSchema, match="9999"):
        Database.open(sqlite_url, KEYS)


def test_starts_at_the_same_moment_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"

    with ThreadPoolExecutor(8) as starts:
        list(starts.map(upgrade, [url] * 8))

    assert schema(url) is Schema.CURRENT


@pytest.mark.postgres
def test_starts_at_the_same_moment_migrate_once_on_postgres() -> None:
    url = an_empty_database()

    with ThreadPoolExecutor(8) as starts:
        list(starts.map(upgrade, [url] * 8))

    fresh = writer_engine(url)
    assert inspect(fresh).has_table("delivery")
    fresh.dispose()


def test_a_database_opens_only_with_the_key_it_was_sealed_with(url: str) -> None:
    Database.open(url, KEYS).close()

    with pytest.raises(WrongKey):
        Database.open(url, fresh_keys())
    Database.open(url, KEYS).close()

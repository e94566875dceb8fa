"""`aftercare audit` finds whoever changed what was done."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.care.model.inbound import AuditEvent
from bot.records.database import Database
from bot.records.keyfile import create
from tests.cli.conftest import Aftercare
from tests.records.builders import NOW


@pytest.fixture
def file(home: Path) -> Path:
    """A database with three audited deeds."""
    (home / "var").mkdir()
    file = home / "var" / "aftercare.db"
    database = Database.open(f"sqlite:///{file}", create(home / "var.key"))
    for number in range(1, 4):
        event = AuditEvent(NOW, "member:77", "patient", f"patient:A-{number}", "card")
        database.writing(lambda work, event=event: work.audit.add(event)).result()  # type: ignore[misc]
    database.close()
    return file


def test_a_chain_nobody_touched_holds(file: Path, aftercare: Aftercare) -> None:
    ended = aftercare("audit")

    assert (ended.status, ended.out) == (0, "The audit is whole.\n")


def test_the_newest_rows_are_shown_on_demand(file: Path, aftercare: Aftercare) -> None:
    assert aftercare("audit", "--last", "2").out.splitlines() == [
        "2026-11-20 12:00:00Z  member:77  patient  patient:A-2  card",
        "2026-11-20 12:00:00Z  member:77  patient  patient:A-3  card",
        "The audit is whole.",
    ]


def test_the_row_that_was_changed_is_named(file: Path, aftercare: Aftercare) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE audit SET actor = 'system' WHERE id = 2")

    ended = aftercare("audit", "--last", "3")

    assert (ended.status, ended.out) == (1, "")
    assert "row 2" in ended.err


def test_looking_makes_no_database(home: Path, aftercare: Aftercare) -> None:
    ended = aftercare("audit")

    assert (ended.status, list(home.iterdir())) == (2, [])
    assert "no database" in ended.err


@pytest.mark.parametrize("verb", ["audit", "admin-code"])
def test_without_the_key_file_it_says_so_in_one_sentence(
    file: Path, home: Path, verb: str, aftercare: Aftercare
) -> None:
    (home / "var.key").unlink()

    ended = aftercare(verb)

    assert (ended.status, len(ended.err.splitlines())) == (2, 1)
    assert "key file" in ended.err

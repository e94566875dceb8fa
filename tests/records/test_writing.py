"""The one writer: shared commits, honest failures, and an orderly end."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from bot.care.ports.records import Work
from bot.records.cipher import Cipher
from bot.records.database import Database
from bot.records.engine import writer_engine
from bot.records.writer import Closed, TransactionBroken, Writer
from tests.records.builders import NOW, a_patient, an_update
from tests.records.conftest import KEYS


def file_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


@pytest.mark.measured
async def test_deeds_that_wait_together_share_one_commit(database: Database) -> None:
    commits: list[int] = []
    event.listen(database._writing, "commit", lambda _: commits.append(1))
    gate = threading.Event()
    first = database.writing(lambda work: gate.wait(5) and work.inbox.store(an_update(1)))

    others = [database.writing(lambda work, n=n: work.inbox.store(an_update(n))) for n in range(2, 12)]  # type: ignore[misc]
    gate.set()

    assert all([first.result(5), *(other.result(5) for other in others)])
    assert len(commits) <= 3


async def test_a_deed_that_fails_first_takes_none_of_those_behind_it_along(database: Database) -> None:
    gate = threading.Event()

    def fails(work: Work) -> None:
        work.inbox.store(an_update(1))
        gate.wait(5)
        raise OSError("no room")

    failing = database.writing(fails)
    behind = [database.writing(lambda work, n=n: work.inbox.store(an_update(n))) for n in (2, 3)]  # type: ignore[misc]
    gate.set()

    assert str(failing.exception(5)) == "no room"
    assert all(deed.result(5) for deed in behind)
    assert [update.id for update in await database.read(lambda work: work.inbox.waiting())] == [2, 3]


async def test_a_result_is_told_only_after_its_commit(sqlite_url: str) -> None:
    database = Database.open(sqlite_url, KEYS)

    await database.write(lambda work: work.inbox.store(an_update(1)))

    other = sqlite3.connect(file_of(sqlite_url))
    assert other.execute("SELECT id FROM inbox").fetchall() == [(1,)]
    other.close()
    database.close()


def test_when_the_commit_fails_every_deed_of_the_batch_hears_it(sqlite_url: str) -> None:
    engine = writer_engine(sqlite_url)
    writer = Writer(engine, Cipher(KEYS), longest=60)
    gate = threading.Event()

    def breaks_at_the_commit(work: Work) -> None:
        gate.wait(5)
        connection = work.inbox.transaction.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql(
            "INSERT INTO tap (token, delivery_id, chat, deed, args, label) VALUES ('t', 99, 1, 'd', '', '')"
        )

    broken = writer.submit(breaks_at_the_commit)
    beside = writer.submit(lambda work: work.inbox.store(an_update(1)))
    gate.set()

    assert isinstance(broken.exception(5), DBAPIError)
    assert isinstance(beside.exception(5), DBAPIError)
    assert writer.submit(lambda work: work.inbox.waiting()).result(5) == []
    writer.close()
    engine.dispose()


def test_when_the_database_drops_the_transaction_nothing_of_the_batch_is_kept(sqlite_url: str) -> None:
    engine = writer_engine(sqlite_url)
    writer = Writer(engine, Cipher(KEYS), longest=60)
    gate = threading.Event()

    def drops_the_transaction(work: Work) -> None:
        connection = work.inbox.transaction.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("ROLLBACK")
        raise OSError("disk full")

    before = writer.submit(lambda work: gate.wait(5) and work.inbox.store(an_update(1)))
    during = writer.submit(drops_the_transaction)
    gate.set()

    assert isinstance(before.exception(5), TransactionBroken)
    assert isinstance(during.exception(5), Exception)
    assert writer.submit(lambda work: work.inbox.waiting()).result(5) == []
    writer.close()
    engine.dispose()


@pytest.mark.postgres
async def test_a_lost_connection_costs_only_the_deeds_that_were_on_it(postgres_url: str) -> None:
    database = Database.open(postgres_url, KEYS)

    def loses_the_connection(work: Work) -> None:
        connection = work.inbox.transaction.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises((DBAPIError, TransactionBroken)):
        await database.write(loses_the_connection)

    assert await database.write(lambda work: work.inbox.store(an_update(1)))
    database.close()


async def test_whoever_stops_waiting_before_their_turn_has_done_nothing(database: Database) -> None:
    gate = threading.Event()
    first = database.writing(lambda _: gate.wait(5))
    second = database.writing(lambda work: work.inbox.store(an_update(1)))

    second.cancel()
    gate.set()

    assert first.result(5)
    assert second.cancelled()
    assert await database.read(lambda work: work.inbox.waiting()) == []


async def test_what_waits_at_the_end_is_still_written_and_nothing_after(sqlite_url: str) -> None:
    database = Database.open(sqlite_url, KEYS)
    waiting = [database.writing(lambda work, n=n: work.inbox.store(an_update(n))) for n in range(1, 200)]  # type: ignore[misc]

    database.close()

    assert all(job.result(0) for job in waiting)
    with pytest.raises(Closed):
        await database.write(lambda work: work.inbox.waiting())


async def test_a_reader_cannot_change_anything(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(lambda work: work.patients.add(a_patient()))

    assert await database.read(lambda work: work.patients.named("Anna")) == []


async def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    gate = threading.Event()
    slow = database.writing(lambda work: (work.inbox.store(an_update(1)), gate.wait(5)))

    seen = await asyncio.wait_for(database.read(lambda work: work.inbox.waiting()), 5)
    gate.set()

    assert seen == []
    assert slow.result(5) == (True, True)


def test_sqlite_is_set_up_to_lose_nothing(sqlite_url: str) -> None:
    engine = writer_engine(sqlite_url)
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")

    with engine.begin() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    engine.dispose()
    assert found == ["wal", 2, 5000, 1, 1]


def test_a_command_may_write_beside_a_running_bot(sqlite_url: str) -> None:
    bot, command = (Database.open(sqlite_url, KEYS) for _ in range(2))

    jobs = [
        (bot, command)[n % 2].writing(lambda work, n=n: work.inbox.store(an_update(n)))  # type: ignore[misc]
        for n in range(1, 101)
    ]

    assert all(job.result(10) for job in jobs)
    bot.close()
    command.close()


def test_a_data_folder_with_odd_characters_is_as_good_as_any(tmp_path: Path) -> None:
    folder = tmp_path / "my clinic & co"
    folder.mkdir()
    database = Database.open(f"sqlite:///{folder / 'a.db'}", KEYS)

    database.writing(lambda work: work.inbox.done(1, at=NOW)).result(5)

    database.close()
    assert (folder / "a.db").exists()

"""A full disk: nothing is confirmed that is not stored, and everything goes on once there is room."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial

import pytest
from sqlalchemy import event

from bot.compose.premises import Premises, open_premises, running
from bot.records.database import Database
from bot.settings import load
from scheduler.clock import SystemClock
from tests.faults.clinic import Clinic
from tests.faults.waiting import until
from tests.own_content import CONTENT

PEOPLE = 40
LONG = "how are you? " * 250
ROOMY = 1_000_000
"""Pages."""


@asynccontextmanager
async def in_this_process(clinic: Clinic) -> AsyncIterator[Premises]:
    """The same house without a process of its own, so that its disk can be made small."""
    settings = load(
        telegram_bot_token=clinic.settings["TELEGRAM_BOT_TOKEN"],
        telegram_api_url=clinic.settings["TELEGRAM_API_URL"],
        data_dir=clinic.folder / "var",
        database_url="",
        content_dir=CONTENT,
    )
    async with open_premises(settings, SystemClock()) as premises, running(premises):
        yield premises


@contextmanager
def full(database: Database) -> Iterator[None]:
    """SQLite may not add a single page; as on a disk without room, only what is free inside can be written."""
    pages = [1]

    def limit(connection: object, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages[0]}").close()  # type: ignore[attr-defined]

    event.listen(database._writing, "checkout", limit)
    try:
        yield
    finally:
        pages[0] = ROOMY


async def test_what_a_full_disk_cannot_hold_is_not_confirmed_and_comes_again(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    people = [clinic.arrive(f"P{number}") for number in range(PEOPLE)]
    async with in_this_process(clinic) as premises:
        await until(partial(_is_polled, clinic))
        with full(premises.database):
            written = [clinic.people.write(person, person, LONG).chat_id for person in people]
            await until(partial(_says, caplog, "polling_failed"))
            unconfirmed = len(clinic.playground.telegram.inbox)

        await clinic.until(lambda: all(clinic.texts(person) for person in written))

    assert unconfirmed > 0
    assert [len(clinic.texts(person)) for person in people] == [1] * PEOPLE


async def _is_polled(clinic: Clinic) -> bool:
    return clinic.playground.telegram.inbox.is_polled


async def _says(caplog: pytest.LogCaptureFixture, event_name: str) -> bool:
    return event_name in caplog.text

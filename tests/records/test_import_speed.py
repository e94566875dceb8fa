"""Ten thousand patients are there within half a minute, and nobody else waits for the one writer meanwhile."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from bot.care.model.roster import Roster
from bot.care.model.sheet import Card
from bot.care.ports.records import Work
from bot.care.services.importing import Importing, Staged
from bot.operations.garbage import keep_what_is_loaded
from bot.pictures.drawing import Drawings
from bot.records.database import Database
from tests.care.importing.bureau import a_bureau
from tests.measuring import slowness
from tests.records.builders import NOW
from tests.records.conftest import KEYS

T = TypeVar("T")
pytestmark = [pytest.mark.measured, pytest.mark.timeout(300)]

ROWS = 10_000
ON_PAPER = 360
FILE = "\n".join(
    ("Name,Treatment,Session date,Next session,Ref", *(f"P{n},picosure,2026-11-19,2026-12-18,{n}" for n in range(ROWS)))
).encode()


@dataclass
class Watched:
    """Fills `bot.care.ports.records.Records`: how long each deed held the writer, in its thread's own time."""

    database: Database
    held: list[float] = field(default_factory=list)

    async def write(self, deed: Callable[[Work], T]) -> T:
        return await self.database.write(lambda work: self._timed(deed, work))

    async def read(self, query: Callable[[Work], T]) -> T:
        return await self.database.read(query)

    def _timed(self, deed: Callable[[Work], T], work: Work) -> T:
        started = time.thread_time()
        try:
            return deed(work)
        finally:
            self.held.append(time.thread_time() - started)


async def enrolled(bureau: Importing, records: Watched) -> tuple[Roster, Staged]:
    roster = await bureau.look(records, FILE)
    staged = await bureau.stage(records, FILE, roster, by=1)
    assert await records.write(lambda work: bureau.go_live(work, staged, "cli", at=NOW))
    return roster, staged


async def test_ten_thousand_rows_take_less_than_half_a_minute_in_pieces_nobody_waits_for(sqlite_url: str) -> None:
    database = Database.open(sqlite_url, KEYS)
    bureau, records = a_bureau(database.keys), Watched(database)
    keep_what_is_loaded()

    before, started = slowness(), time.perf_counter()
    _, staged = await enrolled(bureau, records)
    taken, slow = time.perf_counter() - started, max(before, slowness())
    roster = await bureau.look(records, FILE)
    database.close()

    assert len(staged.cards) == ROWS
    assert (len(roster.entries), len(roster.doubles)) == (0, ROWS)
    assert taken / slow < 30
    assert max(records.held) < 0.05 * slow


def test_a_sheet_of_links_is_drawn_in_a_few_seconds() -> None:
    link = "https://t.me/aftercare_bot?start="
    cards = tuple(Card(f"P{n}", f"A-{n}: PicoSure", f"{link}{n:0>43}", f"ABCD-{n:0>4}") for n in range(ON_PAPER))
    bureau = a_bureau()
    sheet = bureau.words.sheet("links.pdf", cards, until=NOW, at=NOW)
    Drawings().sheet(bureau.words.sheet("links.pdf", cards[:1], until=NOW, at=NOW))

    before, started = slowness(time.process_time), time.process_time()
    Drawings().sheet(sheet)
    taken, slow = time.process_time() - started, max(before, slowness(time.process_time))

    assert taken / slow < 5

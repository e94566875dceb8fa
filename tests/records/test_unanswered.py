"""What no answer met is kept without anybody in it, filed once, and erased in time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.care.model.unanswered import ELSE, Filing, FilingState, Phrasing, Unanswered
from bot.care.ports.records import NotRemembered, Records
from bot.records.cipher import Cipher
from bot.records.database import Database
from bot.records.engine import reader_engine
from bot.records.tables import UnansweredRow, table
from tests.records.builders import NOW, a_patient, later
from tests.records.conftest import KEYS

TODAY = date(2026, 11, 20)
ANNA, BEN = 1, 2


def a_message(words: str = "can i use castor oil", **fields: Any) -> Unanswered:  # noqa: ANN401 - each field its own
    plain = Unanswered(words, "en", TODAY, treatment="picosure", day=3, near=("moisturiser", "actives"))
    return replace(plain, **fields)


def a_filing(**fields: Any) -> Filing:  # noqa: ANN401 - each field its own
    phrasing = Phrasing("en", "moisturiser", "can i use castor oil")
    return replace(Filing(phrasing, 1, FilingState.WEIGHING, 77, -900, 5, NOW), **fields)


async def test_a_message_comes_back_as_it_was_and_takes_what_the_patient_chose(records: Records) -> None:
    added = await records.write(lambda work: work.unanswered.add(a_message(answered="makeup", chosen=ELSE), whose=ANNA))

    await records.write(lambda work: work.unanswered.choose(added.id, "moisturiser"))

    assert await records.read(lambda work: work.unanswered.waiting()) == [replace(added, chosen="moisturiser")]


async def test_a_group_is_filed_together_and_waits_again_when_that_is_taken_back(records: Records) -> None:
    first, second, other = await records.write(
        lambda work: [work.unanswered.add(a_message(f"words {n}", day=None), whose=ANNA) for n in range(3)]
    )
    await records.write(lambda work: work.unanswered.join(second.id, first.id))

    filed = await records.write(lambda work: work.unanswered.file(first.id, 9))

    assert filed == 2
    assert await records.read(lambda work: work.unanswered.uncompared()) == [other]
    assert [row.id for row in await records.read(lambda work: work.unanswered.waiting())] == [other.id]
    await records.write(lambda work: work.unanswered.unfile(9))
    assert len(await records.read(lambda work: work.unanswered.waiting())) == 3


async def test_only_the_newest_are_listed_where_there_are_many(records: Records) -> None:
    await records.write(lambda work: [work.unanswered.add(a_message(f"words {n}"), whose=ANNA) for n in range(5)])

    listed = await records.read(lambda work: work.unanswered.waiting(limit=2))

    assert [row.words for row in listed] == ["words 3", "words 4"]


async def test_what_is_dropped_is_gone(records: Records) -> None:
    first, _, _ = await records.write(
        lambda work: [work.unanswered.add(a_message(words), whose=ANNA) for words in "abc"]
    )

    dropped = await records.write(lambda work: work.unanswered.drop(first.id))

    assert dropped == 1
    assert [row.words for row in await records.read(lambda work: work.unanswered.waiting())] == ["b", "c"]


async def test_what_a_patient_wrote_is_forgotten_filed_or_not(records: Records) -> None:
    for whose in (ANNA, BEN):
        for filing in (0, 4):
            row = a_message(f"{whose} {filing}", filing=filing)
            await records.write(lambda work, row=row, whose=whose: work.unanswered.add(row, whose=whose))  # type: ignore[misc]

    forgotten = await records.write(lambda work: work.unanswered.forget(ANNA))

    assert forgotten == 2
    await records.write(lambda work: work.unanswered.unfile(4))
    left = await records.read(lambda work: work.unanswered.waiting())
    assert [row.words for row in left] == [f"{BEN} 0", f"{BEN} 4"]


async def test_whose_a_message_is_is_kept_as_a_keyed_hash_only(database: Database, url: str) -> None:
    await database.write(lambda work: work.unanswered.add(a_message(), whose=ANNA))

    engine = reader_engine(url)
    with engine.begin() as connection:
        kept = connection.execute(select(table(UnansweredRow).c.whose)).scalars().all()
    engine.dispose()

    assert kept == [Cipher(KEYS).keyed_hash("unanswered", str(ANNA))]


async def test_what_is_older_than_the_clinic_keeps_it_is_erased_filed_or_not(records: Records) -> None:
    old, new = date(2026, 5, 1), TODAY
    await records.write(lambda work: work.unanswered.add(a_message(heard_on=old, filing=4), whose=ANNA))
    await records.write(lambda work: work.unanswered.add(a_message(heard_on=old), whose=ANNA))
    await records.write(lambda work: work.unanswered.add(a_message(heard_on=new), whose=ANNA))
    begun = await records.write(lambda work: work.filings.add(a_filing(at=later(days=-100))))

    erased = await records.write(lambda work: work.unanswered.erase(before=new))

    assert erased == 3
    await records.write(lambda work: work.unanswered.unfile(4))
    assert [row.heard_on for row in await records.read(lambda work: work.unanswered.waiting())] == [new]
    with pytest.raises(NotRemembered):
        await records.read(lambda work: work.filings.get(begun.id))


async def test_a_filing_goes_on_once_from_each_state(records: Records) -> None:
    added = await records.write(lambda work: work.filings.add(a_filing()))
    ready = replace(added, state=FilingState.READY, print="abc", told="<b>what it does</b>", clinical=True)

    turned = [await records.write(lambda work: work.filings.turn(ready, was=FilingState.WEIGHING)) for _ in range(2)]

    assert turned == [True, False]
    assert await records.read(lambda work: work.filings.get(added.id)) == ready
    assert await records.read(lambda work: work.filings.in_state(FilingState.WEIGHING)) == []
    assert await records.read(lambda work: work.filings.in_state(FilingState.READY, FilingState.SAVED)) == [ready]


async def test_work_is_claimed_once_until_it_turns_or_its_lease_is_over(records: Records) -> None:
    one = await records.write(lambda work: work.filings.add(a_filing()))
    saving = replace(one, state=FilingState.SAVING)

    async def claims(filing: Filing, lease: timedelta) -> bool:
        return await records.write(lambda work: work.filings.claim(filing, lease=lease))

    assert await claims(one, timedelta())
    assert await claims(one, timedelta(hours=1))
    assert not await claims(one, timedelta(hours=1))
    await records.write(lambda work: work.filings.turn(saving, was=FilingState.WEIGHING))
    assert not await claims(one, timedelta(hours=1))
    assert await claims(saving, timedelta(hours=1))


async def test_a_wish_to_be_deleted_is_remembered(records: Records) -> None:
    added = await records.write(lambda work: work.patients.add(a_patient(deletion_asked_at=NOW)))

    assert (await records.read(lambda work: work.patients.get(added.id))).deletion_asked_at == NOW

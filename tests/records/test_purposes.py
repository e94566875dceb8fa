"""What a delivery is for comes back as it was written, and what nobody here knows stops nobody."""

import pytest
from sqlalchemy import text

from bot.care.model.delivery import DeliveryState
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Records
from bot.records.database import Database
from bot.records.engine import writer_engine
from tests.records.builders import NOW, a_reply


async def test_every_purpose_comes_back_as_it_was_written(records: Records) -> None:
    for purpose in Purpose:
        row = a_reply(purpose=purpose)
        await records.write(lambda work, row=row: work.outbox.add(row))  # type: ignore[misc]

    rows = await records.read(lambda work: work.outbox.in_state(DeliveryState.SCHEDULED))

    assert {row.purpose for row in rows} == set(Purpose)


@pytest.mark.parametrize("written", ["", "told-by-another-release"])
async def test_a_message_whose_purpose_this_release_does_not_know_still_leaves(
    database: Database, url: str, written: str
) -> None:
    await database.write(lambda work: work.outbox.add(a_reply(purpose=Purpose.ALERT)))
    engine = writer_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE delivery SET purpose = :written"), {"written": written})
    engine.dispose()

    due = await database.read(lambda work: work.outbox.due(at=NOW, limit=9))

    assert [row.purpose for row in due] == [Purpose.PLAIN]

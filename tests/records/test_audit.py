"""Whoever changes what was done is found out."""

import pytest
from sqlalchemy import text

from bot.care.model.inbound import AuditEvent
from bot.records.database import Database
from bot.records.engine import writer_engine
from tests.records.builders import NOW
from tests.records.conftest import KEYS


async def with_events(database: Database, count: int) -> None:
    for number in range(count):
        event = AuditEvent(NOW, "member:77", "viewed", f"patient:A-{number}", "card")
        await database.write(lambda work, event=event: work.audit.add(event))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        pytest.param("UPDATE audit SET actor = 'system' WHERE id = 3", 3, id="another actor"),
        pytest.param("UPDATE audit SET detail = '' WHERE id = 3", 3, id="detail wiped"),
        pytest.param("UPDATE audit SET detail = 'gAAAA' WHERE id = 3", 3, id="detail replaced"),
        pytest.param("UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE id = 1", 1, id="another time"),
        pytest.param("DELETE FROM audit WHERE id = 2", 2, id="row removed"),
        pytest.param("DELETE FROM audit WHERE id = 5", 5, id="end cut off"),
        pytest.param("DELETE FROM audit", 1, id="all removed"),
        pytest.param("UPDATE audit SET id = 9 WHERE id = 5", 5, id="renumbered"),
        pytest.param("UPDATE mark SET number = 4 WHERE name = 'audit-head'", 6, id="head set back"),
    ],
)
async def test_tampering_is_named_by_its_row(database: Database, url: str, tampering: str, broken: int) -> None:
    await with_events(database, 5)
    engine = writer_engine(url)
    with engine.begin() as connection:
        connection.execute(text(tampering))
    engine.dispose()

    assert await database.read(lambda work: work.audit.verify()) == broken


async def test_the_chain_goes_on_after_a_restart(url: str) -> None:
    for _ in range(2):
        database = Database.open(url, KEYS)
        await with_events(database, 2)
        database.close()

    database = Database.open(url, KEYS)
    assert await database.read(lambda work: work.audit.verify()) is None
    database.close()

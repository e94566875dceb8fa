"""Two bots share one PostgreSQL and one webhook: nobody hears a thing twice, and one may die."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.care.model.delivery import DeliveryState
from bot.records.engine import writer_engine
from scheduler.clock import SystemClock
from tests.faults.clinic import Clinic, clinic_in
from tests.faults.crowd import Crowd
from tests.faults.door import LOOPBACK, door_to
from tests.faults.reckoning import Held, copies, everything_is_over, held, lost
from tests.faults.waiting import pause, until
from tests.own_content import move_in
from tests.standing_postgres import an_empty_database

PEOPLE, LASTING, NOTES, KILLS = 8, 4.0, 3, 3

pytestmark = pytest.mark.postgres


@pytest.fixture
async def shared(tmp_path: Path) -> AsyncIterator[tuple[Clinic, list[dict[str, str]]]]:
    """The clinic, and what each of its two bots is told besides."""
    ports, database = [_free_port(), _free_port()], an_empty_database()
    async with door_to(*ports) as door:
        webhook = {"WEBHOOK_URL": f"{door.url}/hook", "WEBHOOK_SECRET": "s3cret"}
        async with clinic_in(tmp_path, DATABASE_URL=database, has_desk=True, is_forum=False, **webhook) as clinic:
            yield clinic, [{"LISTEN": f"{LOOPBACK}:{port}"} for port in ports]


async def test_two_at_work_send_everything_once(shared: tuple[Clinic, list[dict[str, str]]]) -> None:
    clinic, each = shared
    crowd = Crowd(clinic, Random(1), LASTING, NOTES)
    crowd.arrives(PEOPLE)
    bots = [await clinic.start(**listen) for listen in each]
    for bot in bots:
        await bot.listens()

    kept = await _lived_through(clinic, crowd, asyncio.create_task(crowd.lives()))

    assert {count for one in kept for count in copies(clinic, one).values()} == {1}
    assert all(one.unclear == [] for one in kept)
    assert [len(one.replies) for one in kept] == [crowd.written[one.chat] + 1 for one in kept]


@pytest.mark.timeout(120)
async def test_one_of_two_may_be_killed_again_and_again(shared: tuple[Clinic, list[dict[str, str]]]) -> None:
    clinic, each = shared
    rng = Random(2)
    crowd = Crowd(clinic, rng, LASTING, NOTES)
    crowd.arrives(PEOPLE)
    bots = [await clinic.open_up(**listen) for listen in each]
    living = asyncio.create_task(crowd.lives())
    for kill in range(KILLS):
        await pause(rng.uniform(0.3, 1.5))
        await bots[kill % 2].killed()
        bots[kill % 2] = await clinic.open_up(**each[kill % 2])
    for bot in bots:
        await bot.ended_by(signal.SIGTERM)
    _let_leases_run_out(clinic)
    await clinic.open_up(**each[0])

    kept = await _lived_through(clinic, crowd, living)

    assert {count for one in kept for count in copies(clinic, one).values()} <= {0, 1, 2}
    assert all(lost(clinic, one) == [] for one in kept)
    assert all(one.asked_about == {row.id for row in one.unclear} for one in kept)
    assert [len(one.replies) for one in kept] == [crowd.written[one.chat] + (one.chat in crowd.tapped) for one in kept]


SOON = 5.0
"""Seconds within which what one of them publishes stands in the other's folder, counted from when it is live there."""
MAKEUP = "en/faq/makeup.toml"


@pytest.mark.timeout(180)
async def test_words_changed_in_one_s_folder_stand_in_the_other_s_within_five_seconds(
    shared: tuple[Clinic, list[dict[str, str]]], tmp_path: Path
) -> None:
    clinic, each = shared
    folders = [move_in(tmp_path / name) for name in ("one", "two")]
    key = {"ENCRYPTION_KEY_FILE": f"{clinic.settings['DATA_DIR']}.key"}
    homes = [{"CONTENT_DIR": str(folder), "DATA_DIR": f"{folder}-var", **key} for folder in folders]
    for listen, home in zip(each, homes, strict=True):
        await clinic.open_up(**listen, **home)
    one, two = (folder / MAKEUP for folder in folders)

    one.write_text(one.read_text().replace("Come to your session with", "Please come to your session with", 1))
    await until(lambda: _is_noted(clinic))
    noted = SystemClock().now()
    await until(lambda: _agree(one, two))

    assert (SystemClock().now() - noted).total_seconds() < SOON
    assert "Please come to your session" in two.read_text()


async def _is_noted(clinic: Clinic) -> bool:
    with clinic.records() as database:
        return bool(await database.read(lambda work: work.revisions.latest(limit=1)))


async def _agree(one: Path, two: Path) -> bool:
    return _same(one, two)


def _same(one: Path, two: Path) -> bool:
    return one.read_bytes() == two.read_bytes()


async def _lived_through(clinic: Clinic, crowd: Crowd, living: asyncio.Task[None]) -> list[Held]:
    await living
    await until(lambda: _is_over(clinic, crowd))
    await crowd.goes_home()
    with clinic.records() as database:
        stuck = await database.read(lambda work: work.outbox.in_state(DeliveryState.SENDING))
        assert not [row for row in stuck if row.contact.chat in crowd.chats.values()]
        return await database.read(lambda work: [held(work, *one) for one in crowd.chats.items()])


async def _is_over(clinic: Clinic, crowd: Crowd) -> bool:
    if len(clinic.playground.telegram.inbox):
        return False
    now = SystemClock().now()
    with clinic.records() as database:
        return await database.read(lambda work: everything_is_over(work, crowd.chats, at=now))


def _let_leases_run_out(clinic: Clinic) -> None:
    """As if the minute and a half had passed that a bot may need to come back from."""
    engine = writer_engine(clinic.settings["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE delivery SET lease_until = clock_timestamp() WHERE state = 'sending'"))
    engine.dispose()


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as taken:
        return int(taken.getsockname()[1])

"""The round that tells the morning: once a day with one process or two, and the writer is hardly held."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import CheckInAnswer, Entry, Heard
from bot.care.model.people import Consent, Contact, Desk, Member, Patient, Role
from bot.care.model.purpose import Purpose
from bot.care.model.triage import Level
from bot.care.ports.records import Records, Work
from bot.care.services.mornings import Mornings
from bot.records.cipher import Cipher
from bot.records.database import Database
from bot.records.delivery_rows import columns
from bot.records.engine import writer_engine
from bot.records.outbox_tables import DeliveryRow
from bot.records.tables import table
from bot.records.transaction import Transaction
from bot.records.work import SqlWork
from tests.care.scene import Scene
from tests.fakes.clock import FakeClock
from tests.measuring import slowness
from tests.records.builders import DESK, a_patient, a_step, an_act, an_enrolment
from tests.records.conftest import KEYS

THURSDAY = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
OPENING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday."""


def mornings(records: Records, clock: FakeClock) -> Mornings:
    return Mornings(records, clock, Scene(clock=clock).office.digesting)


def open_clinic(work: Work) -> None:
    work.team.add(Member(1, "Maria", Role.ADMIN, THURSDAY))
    work.team.set_desk(Desk(DESK, "Staff", is_forum=False, set_by=1, set_at=THURSDAY))


def told(work: Work) -> list[datetime]:
    return [row.due_at for row in work.outbox.in_state(DeliveryState.SCHEDULED) if row.purpose is Purpose.DIGEST]


async def walk(each: list[Mornings], clock: FakeClock, *, hours: int) -> None:
    """Every quarter of an hour all processes look at the same moment."""
    for _ in range(hours * 4):
        await asyncio.gather(*(one.look() for one in each))
        clock.later(minutes=15)


async def test_four_days_bring_one_digest_on_each_open_one(records: Records) -> None:
    await records.write(open_clinic)
    clock = FakeClock(THURSDAY)

    await walk([mornings(records, clock)], clock, hours=4 * 24)

    saturday, monday = OPENING + timedelta(days=1, hours=1), OPENING + timedelta(days=3)
    assert await records.read(told) == [OPENING, saturday, monday]


async def test_a_bot_that_was_down_catches_up_once_and_only_for_today(records: Records) -> None:
    await records.write(open_clinic)
    clock = FakeClock(OPENING + timedelta(days=3, hours=5))

    await walk([mornings(records, clock)], clock, hours=3)

    assert await records.read(told) == [OPENING + timedelta(days=3, hours=5)]


async def test_over_the_night_that_clocks_go_forward_the_digest_keeps_its_hour(records: Records) -> None:
    await records.write(open_clinic)
    clock = FakeClock(datetime(2027, 3, 26, 18, 0, tzinfo=UTC))
    before_and_after = [datetime(2027, 3, 27, 10, 0, tzinfo=UTC), datetime(2027, 3, 30, 8, 0, tzinfo=UTC)]

    await walk([mornings(records, clock)], clock, hours=4 * 24)

    # Monday is a holiday; from Sunday on the clinic opens an hour earlier by the sun
    assert await records.read(told) == before_and_after


@pytest.mark.postgres
async def test_of_two_replicas_one_tells_it(postgres_url: str) -> None:
    each = [Database.open(postgres_url, KEYS) for _ in range(2)]
    await each[0].write(open_clinic)
    clock = FakeClock(OPENING - timedelta(minutes=15))

    await walk([mornings(one, clock) for one in each], clock, hours=9)

    assert await each[0].read(told) == [OPENING]
    for one in each:
        one.close()


# --- a thousand patients ---------------------------------------------------------------------------------------------

PATIENTS = 1_000
PLAN = {"PS-00": 0, "PS-01": 1, "PS-02": 2, "PS-03": 3, "PS-07": 7, "PS-14": 14, "PS-28": 28, "PS-42": 42}


def fill(work: SqlWork, transaction: Transaction) -> None:
    """People on every day of their plan, with what they were sent, answered and wrote, and some of each trouble."""
    for n in range(PATIENTS):
        since = OPENING - timedelta(days=n % 40)
        someone = a_patient(
            contact=Contact(10_000 + n),
            consent=Consent(since, "v1", "en") if n % 20 else None,
            phone=f"+4420794{n:05}",
            unreachable_since=OPENING if n % 50 == 1 else None,
            stopped_at=OPENING if n % 50 == 2 else None,
        )
        patient = work.patients.add(someone)
        coming = OPENING.date() + timedelta(days=n % 60)
        enrolment = work.enrolments.add(an_enrolment(patient.id, session_on=since.date(), next_on=coming))
        if n % 3:
            work.answers.add(CheckInAnswer(patient.id, enrolment.id, "PS-01", "pain", "2", since, 1))
            work.diary.add(Entry(patient.id, since, Heard.ANSWERED, "how long is it red", 10_000 + n, n))
        if n % 40 == 4:
            work.escalations.add(Escalation(patient.id, since, Level.URGENT, "RF-U1", "hot"))
        rows = [a_row(enrolment.id, patient, step, since + timedelta(days=day), n) for step, day in PLAN.items()]
        keys = [columns(row, transaction) | {"ended_at": row.due_at if row.state.final else None} for row in rows]
        transaction.connection.execute(table(DeliveryRow).insert(), keys)


def a_row(enrolment: int, patient: Patient, step: str, due_at: datetime, n: int) -> Delivery:
    over = DeliveryState.EXPIRED if n % 30 == 3 else DeliveryState.SENT
    state = over if due_at < OPENING else DeliveryState.SCHEDULED
    return a_step(
        enrolment,
        patient_id=patient.id,
        contact=patient.contact,
        act=an_act(Contact(10_000 + n)),
        step=step,
        due_at=due_at,
        state=state,
        sent_at=due_at if state is DeliveryState.SENT else None,
    )


@pytest.fixture
def full(sqlite_url: str) -> Iterator[Database]:
    engine = writer_engine(sqlite_url)
    with engine.begin() as connection:
        transaction = Transaction(connection, Cipher(KEYS), writing=True)
        work = SqlWork(transaction)
        open_clinic(work)
        fill(work, transaction)
    engine.dispose()
    database = Database.open(sqlite_url, KEYS)
    yield database
    database.close()


@pytest.mark.measured
async def test_a_thousand_patients_hold_the_writer_for_a_twentieth_of_a_second(full: Database) -> None:
    clock = FakeClock(OPENING)
    digesting = mornings(full, clock).digesting
    writing, holding = [], []
    for _ in range(5):
        started = time.perf_counter()
        written = await full.read(lambda work: digesting.write(work, at=OPENING))
        writing.append(time.perf_counter() - started)
    for n in range(5):
        at = OPENING + timedelta(days=7 * n)
        holding.append(await full.write(lambda work, at=at: _timed(lambda: digesting.tell(work, written, at=at))))  # type: ignore[misc]

    assert len(await full.read(told)) >= 5
    assert min(writing) / slowness() < 1.0
    assert min(holding) / slowness() < 0.05


def _timed(deed: Callable[[], object]) -> float:
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started

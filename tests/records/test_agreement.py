"""Whatever happens in whatever order, the fake's outbox and the tables' say the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.care.model.delivery import Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.model.people import Contact
from bot.care.ports.records import Work
from bot.records.cipher import Cipher
from bot.records.engine import writer_engine
from bot.records.transaction import Transaction
from bot.records.work import SqlWork
from tests.fakes.records import FakeRecords
from tests.records.builders import NOW, a_patient, a_reply, a_step, an_act, an_enrolment, later
from tests.records.conftest import KEYS

Happening = Callable[[Work], object]

rows = st.integers(1, 6)
hours = st.integers(-3, 3).map(lambda n: later(hours=n))
waits = st.sampled_from([timedelta(0), timedelta(hours=1)])
attempts = st.sampled_from(["a1", "a2", "a3"])
finals = st.sampled_from([state for state in DeliveryState if state.final])
outcomes = st.sampled_from([state for state in DeliveryState if state is not DeliveryState.SENDING])
chats = st.sampled_from([Contact(1), Contact(2)])


def adding(to: Contact, lane: Lane, due: object, after: int | None) -> Happening:
    def happen(work: Work) -> object:
        known = after is not None and after <= len(everything(work))
        row = a_reply(to, lane=lane, due_at=due, after=after if known else None)
        return plain(work.outbox.add(row))

    return happen


def planning(due: object, step: str) -> Happening:
    return lambda work: work.outbox.plan(a_step(1, due_at=due, step=step, contact=Contact(1)))


def beginning(row: int, by: str, lease: timedelta) -> Happening:
    def happen(work: Work) -> object:
        if row > len(everything(work)) or any(one.attempt_id == by for one in everything(work)):
            return None
        return work.outbox.begin(work.outbox.get(row), an_act(Contact(1)), attempt_id=by, lease=lease, alert=False)

    return happen


def finishing(row: int, by: str, state: DeliveryState, wait: timedelta, *, unclear: bool) -> Happening:
    result = Result(Outcome.SENT, message_id=row)
    return lambda work: work.outbox.finish(row, by, state, at=NOW, result=result, retry_in=wait, ambiguous=unclear)


def departing(row: int, by: str) -> Happening:
    return lambda work: work.outbox.depart(row, by)


happenings = st.one_of(
    st.builds(adding, chats, st.sampled_from(Lane), hours, st.none() | rows),
    st.builds(planning, hours, st.sampled_from(["PS-01", "PS-02"])),
    st.builds(beginning, rows, attempts, waits),
    st.builds(departing, rows, attempts),
    st.builds(finishing, rows, attempts, outcomes, waits, unclear=st.booleans()),
    st.builds(lambda row, state: lambda work: work.outbox.settle(row, state, at=NOW, reason="staff"), rows, finals),
    st.builds(lambda row, to: lambda work: work.outbox.postpone(row, to=to), rows, hours),
    st.builds(lambda row: lambda work: work.outbox.reopen(row, at=NOW), rows),
    st.builds(lambda old, new: lambda work: work.outbox.move_chat(old.chat, new.chat), chats, chats),
)


def plain(row: Delivery) -> Delivery:
    """Machine times differ between machines."""
    return replace(row, retry_at=None)


def everything(work: Work) -> list[Delivery]:
    found = [row for state in DeliveryState for row in work.outbox.in_state(state)]
    return sorted(map(plain, found), key=lambda row: row.id)


def what_is_seen(work: Work) -> list[object]:
    return [
        everything(work),
        [plain(row) for row in work.outbox.due(at=NOW, limit=3)],
        [row.id for row in work.outbox.abandoned()],
        work.outbox.next_due(after=NOW),
        work.outbox.unfinished(at=NOW),
        [work.outbox.is_due(at=NOW, lanes=[lane]) for lane in Lane],
        [work.outbox.by_message(chat, 2) is not None for chat in (1, 2)],
        [row.id for row in work.outbox.of_enrolment(1)],
    ]


@pytest.fixture(scope="module")
def engine(empty_sqlite: object) -> Iterator[Engine]:
    opened = writer_engine(f"sqlite:///{empty_sqlite}")
    yield opened
    opened.dispose()


@settings(max_examples=25)
@given(story=st.lists(happenings, min_size=5, max_size=15))
def test_the_fake_and_the_tables_agree_after_every_step(engine: Engine, story: list[Happening]) -> None:
    with engine.connect() as connection:
        connection.begin()
        keepers: list[Work] = [FakeRecords().work, SqlWork(Transaction(connection, Cipher(KEYS), writing=True))]
        for work in keepers:
            work.enrolments.add(an_enrolment(work.patients.add(a_patient()).id))
        for happen in story:
            said = [happen(work) for work in keepers]
            assert said[0] == said[1]
            seen = [what_is_seen(work) for work in keepers]
            assert seen[0] == seen[1]
        connection.rollback()

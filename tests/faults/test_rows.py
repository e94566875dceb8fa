"""One row that nobody can write, or records out of order, must not stand in everybody's way."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Lane
from bot.care.model.people import Contact
from bot.care.ports.records import Work
from bot.care.services.composing import Ready
from bot.care.services.dispatching import Dispatching
from tests.builders import a_patient, an_enrolment
from tests.fakes.channel import FakeChannel
from tests.fakes.clock import FakeClock
from tests.fakes.records import FakeRecords
from tests.standing_library import a_library

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANNA, BEN = Contact(501), Contact(502)


class BrokenPlan:
    """Composing with a mistake in it."""

    def compose(self, work: Work, delivery: Delivery, *, at: datetime) -> Ready:
        raise KeyError(delivery.step)


class Nothing:
    def ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """Nobody is told here."""

    def held(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """No group is here."""


def dispatching(records: FakeRecords, channel: FakeChannel) -> Dispatching:
    return Dispatching(records, channel, a_library(), FakeClock(NOW), BrokenPlan(), Nothing(), rng=Random(1))


def a_step(patient_id: int, enrolment_id: int) -> Delivery:
    return Delivery(
        Lane.SCHEDULED,
        ANNA,
        NOW - timedelta(minutes=1),
        patient_id=patient_id,
        enrolment_id=enrolment_id,
        step="PS-01",
        occurrence="2026-11-20",
    )


async def test_a_step_that_breaks_its_composing_fails_by_name_and_the_others_leave() -> None:
    records, channel = FakeRecords(), FakeChannel()
    patient = records.work.patients.add(a_patient())
    enrolment = records.work.enrolments.add(an_enrolment(patient_id=patient.id))
    records.work.outbox.plan(a_step(patient.id, enrolment.id))
    records.work.outbox.add(Delivery(Lane.SCHEDULED, BEN, NOW, act=Act(ActKind.SEND, BEN, "hello")))
    sending = dispatching(records, channel)

    running = asyncio.create_task(sending.run())
    await asyncio.sleep(0)
    sending.stop()
    await running

    failed = records.work.outbox.in_state(DeliveryState.FAILED)
    assert [(row.step, row.reason) for row in failed] == [("PS-01", "cannot be written: KeyError")]
    assert len(records.work.outbox.in_state(DeliveryState.SENT)) == 1

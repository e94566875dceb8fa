"""A look at the whole clinic finds what the single rows say, on every keeper of records."""

import asyncio
from datetime import date, time, timedelta

import pytest

from bot.care.model.delivery import Delivery, DeliveryState, Outcome, Result
from bot.care.model.digest import DigestWish
from bot.care.model.enrolment import EnrolmentStatus, Surface
from bot.care.model.escalation import Escalation
from bot.care.model.in_use import InUse
from bot.care.model.inbound import CheckInAnswer, Entry, Heard
from bot.care.model.people import Consent, Contact
from bot.care.model.survey import Alerted, Given, Joined, PlanRow, StepRow
from bot.care.model.triage import Level
from bot.care.ports.records import Records, Work
from bot.records.database import Database
from tests.records.builders import (
    ANNA,
    BEN,
    DESK,
    NOW,
    a_patient,
    a_reply,
    a_step,
    an_act,
    an_enrolment,
    an_update,
    later,
)
from tests.records.conftest import KEYS

DAY = timedelta(days=1)


def in_care(work: Work, contact: Contact | None = ANNA) -> tuple[int, int]:
    patient = work.patients.add(a_patient(contact=contact))
    return patient.id, work.enrolments.add(an_enrolment(patient.id)).id


def leaves(work: Work, row: Delivery, state: DeliveryState = DeliveryState.SENT, **by: float) -> None:
    work.outbox.begin(row, row.act or an_act(), attempt_id=f"a{row.id}", lease=DAY, alert=False)
    work.outbox.finish(row.id, f"a{row.id}", state, at=later(**by), result=Result(Outcome.SENT, message_id=row.id))


async def test_people_are_those_with_a_booked_or_active_enrolment(records: Records) -> None:
    def enter(work: Work) -> int:
        anna, _ = in_care(work)
        ben = work.patients.add(a_patient(first_name="Ben"))
        work.enrolments.add(an_enrolment(ben.id, status=EnrolmentStatus.CLOSED))
        return anna

    anna = await records.write(enter)

    people = await records.read(lambda work: work.survey.people())
    assert {number: one.first_name for number, one in people.items()} == {anna: "Anna"}


NEVER_COMES = [DeliveryState.CANCELLED, DeliveryState.EXPIRED, DeliveryState.FAILED, DeliveryState.UNREACHABLE]


@pytest.mark.parametrize("state", NEVER_COMES)
async def test_planned_rows_are_those_due_in_the_time_that_may_arrive(records: Records, state: DeliveryState) -> None:
    def enter(work: Work) -> tuple[int, int]:
        anna, enrolment = in_care(work)
        for n, step in enumerate(("PS-01", "PS-02", "PS-03")):
            work.outbox.plan(a_step(enrolment, patient_id=anna, step=step, due_at=NOW + n * DAY))
        work.outbox.add(a_reply(patient_id=anna))
        gone = work.outbox.of_enrolment(enrolment)[1]
        work.outbox.settle(gone.id, state, at=NOW)
        return anna, enrolment

    anna, enrolment = await records.write(enter)

    found = await records.read(lambda work: work.survey.planned(since=NOW, until=NOW + 2 * DAY))
    assert found == [PlanRow(anna, enrolment, "PS-01", NOW)]


async def test_rows_of_a_step_are_those_of_running_plans_whatever_became_of_them(records: Records) -> None:
    def enter(work: Work) -> tuple[int, int]:
        anna, mine = in_care(work)
        _, over = in_care(work, BEN)
        for row in (a_step(mine), a_step(mine, step="PS-07"), a_step(over)):
            work.outbox.plan(row)
        work.enrolments.save(work.enrolments.get(over).close(at=NOW))
        work.outbox.settle(work.outbox.of_enrolment(mine)[0].id, DeliveryState.CANCELLED, at=NOW)
        return anna, mine

    anna, mine = await records.write(enter)

    step = a_step(mine)
    rows = await records.read(lambda work: work.survey.of_steps({step.step, "nothing"}))
    assert rows == [StepRow(anna, mine, step.step, step.due_at, DeliveryState.CANCELLED)]


async def test_rows_that_are_still_to_come_are_the_soonest_of_running_plans(records: Records) -> None:
    def enter(work: Work) -> int:
        _, mine = in_care(work)
        _, over = in_care(work, BEN)
        for days in (3, 0, 2, 1):
            work.outbox.plan(a_step(mine, step=f"PS-{days}", due_at=NOW + days * DAY))
        work.outbox.plan(a_step(over, step="PS-0", due_at=NOW))
        work.enrolments.save(work.enrolments.get(over).close(at=NOW))
        gone = next(row for row in work.outbox.of_enrolment(mine) if row.step == "PS-0")
        work.outbox.settle(gone.id, DeliveryState.CANCELLED, at=NOW)
        return mine

    mine = await records.write(enter)

    steps = {"PS-0", "PS-1", "PS-2", "PS-3", "nothing"}
    rows = await records.read(lambda work: work.survey.coming(steps, limit=2))
    assert [(row.enrolment_id, row.step) for row in rows] == [(mine, "PS-1"), (mine, "PS-2")]


async def test_sent_rows_say_when_they_left(records: Records) -> None:
    def enter(work: Work) -> None:
        anna, enrolment = in_care(work)
        work.outbox.plan(a_step(enrolment, patient_id=anna))
        leaves(work, work.outbox.of_enrolment(enrolment)[0], minutes=5)
        leaves(work, work.outbox.add(a_reply(patient_id=anna)))

    await records.write(enter)

    found = await records.read(lambda work: work.survey.sent(since=NOW, until=NOW + DAY))
    assert [(row.step, row.sent_at) for row in found] == [("PS-01", later(minutes=5))]
    assert await records.read(lambda work: work.survey.sent(since=later(minutes=6), until=NOW + DAY)) == []


async def test_the_newest_sign_of_life_is_an_answer_or_a_message(records: Records) -> None:
    def enter(work: Work) -> tuple[int, int, int]:
        anna, enrolment = in_care(work)
        ben, _ = in_care(work, BEN)
        work.answers.add(CheckInAnswer(anna, enrolment, "PS-01", "pain", "3", later(hours=1), 1))
        work.diary.add(Entry(anna, NOW, Heard.ANSWERED, "hello", 501, 1))
        work.diary.add(Entry(ben, later(days=-9), Heard.ANSWERED, "hello", 502, 1))
        return anna, ben, enrolment

    anna, ben, enrolment = await records.write(enter)

    assert await records.read(lambda work: work.survey.last_heard(since=NOW - DAY)) == {anna: later(hours=1)}
    everybody = await records.read(lambda work: work.survey.last_heard(since=later(days=-9)))
    assert dict(everybody) == {anna: later(hours=1), ben: later(days=-9)}
    given = await records.read(lambda work: work.survey.answers(since=NOW))
    assert given == [Given(enrolment, "PS-01", later(hours=1))]
    assert await records.read(lambda work: work.survey.answers(since=later(hours=2))) == []


@pytest.mark.parametrize("heard", [Heard.REPLY, Heard.HANDED_BACK])
async def test_what_staff_said_is_no_sign_of_life(records: Records, heard: Heard) -> None:
    def enter(work: Work) -> int:
        anna, _ = in_care(work)
        work.diary.add(Entry(anna, NOW, Heard.ANSWERED, "hello", 501, 1))
        work.diary.add(Entry(anna, later(hours=1), heard, "how are you?", -900, 2))
        return anna

    anna = await records.write(enter)

    assert await records.read(lambda work: work.survey.last_heard(since=NOW)) == {anna: NOW}


LOST = [
    pytest.param(DeliveryState.UNCERTAIN, True, id="unclear, however long ago"),
    pytest.param(DeliveryState.FAILED, False, id="refused"),
    pytest.param(DeliveryState.EXPIRED, False, id="expired"),
]


@pytest.mark.parametrize(("state", "stays"), LOST)
async def test_what_did_not_arrive_is_found_again(records: Records, state: DeliveryState, *, stays: bool) -> None:
    def enter(work: Work) -> int:
        anna, _ = in_care(work)
        lost = work.outbox.add(a_reply(patient_id=anna))
        leaves(work, lost, state)
        leaves(work, work.outbox.add(a_reply(patient_id=anna)))
        leaves(work, work.outbox.add(a_reply(DESK, patient_id=anna)), state)
        return lost.id

    lost = await records.write(enter)

    assert [row.id for row in await records.read(lambda work: work.survey.undelivered(since=NOW))] == [lost]
    afterwards = await records.read(lambda work: work.survey.undelivered(since=later(minutes=1)))
    assert [row.id for row in afterwards] == ([lost] if stays else [])


async def test_what_was_planned_is_found_too_where_the_patient_has_another_account_by_now(records: Records) -> None:
    def enter(work: Work) -> int:
        anna, enrolment = in_care(work)
        nobody, theirs = in_care(work, contact=None)
        work.outbox.plan(a_step(theirs, patient_id=nobody, contact=BEN))
        leaves(work, work.outbox.of_enrolment(theirs)[0], DeliveryState.UNCERTAIN)
        work.outbox.plan(a_step(enrolment, patient_id=anna, contact=BEN))
        leaves(work, work.outbox.of_enrolment(enrolment)[0], DeliveryState.UNCERTAIN)
        leaves(work, work.outbox.add(a_reply(BEN, patient_id=anna)), DeliveryState.UNCERTAIN)
        return work.outbox.of_enrolment(enrolment)[0].id

    planned = await records.write(enter)

    assert [row.id for row in await records.read(lambda work: work.survey.undelivered(since=NOW))] == [planned]


async def test_a_row_that_expired_before_it_was_tried_is_found_too(records: Records) -> None:
    def enter(work: Work) -> int:
        anna, _ = in_care(work)
        late = work.outbox.add(a_reply(patient_id=anna))
        work.outbox.settle(late.id, DeliveryState.EXPIRED, at=NOW)
        return late.id

    late = await records.write(enter)

    assert [row.id for row in await records.read(lambda work: work.survey.undelivered(since=NOW))] == [late]


async def test_updates_that_nobody_could_handle_are_told_by_their_line(records: Records) -> None:
    def enter(work: Work) -> None:
        for number in (1, 2):
            work.inbox.store(an_update(number, order=f"50{number}:50{number}:None"))
        work.inbox.failed(2, most=1)

    await records.write(enter)

    assert await records.read(lambda work: work.survey.quarantined(since=NOW)) == ["502:502:None"]
    assert await records.read(lambda work: work.survey.quarantined(since=later(seconds=1))) == []


async def test_who_was_enrolled_and_has_agreed_is_counted_without_test_patients(records: Records) -> None:
    def enter(work: Work) -> None:
        agreed = Consent(NOW, "v1", "en")
        for fields in ({"consent": agreed}, {}, {"test": True}):
            work.enrolments.add(an_enrolment(work.patients.add(a_patient(**fields)).id))
        # one more session is no new person, and an enrolment that was undone is none
        work.enrolments.add(an_enrolment(1))
        undone = work.patients.add(a_patient())
        work.enrolments.add(an_enrolment(undone.id, status=EnrolmentStatus.CANCELLED))

    await records.write(enter)

    found = await records.read(lambda work: work.survey.enrolled(since=NOW, until=NOW + DAY))
    assert found == [Joined(NOW, agreed=True), Joined(NOW, agreed=False)]
    assert await records.read(lambda work: work.survey.enrolled(since=NOW - DAY, until=NOW)) == []


async def test_alerts_say_when_somebody_first_had_them(records: Records) -> None:
    def enter(work: Work) -> None:
        anna, _ = in_care(work)
        opened = work.escalations.add(Escalation(anna, NOW, Level.URGENT, "RF-U1", "hot"))
        work.escalations.save(opened.acknowledge(77, at=later(minutes=4)))
        work.escalations.add(Escalation(anna, later(minutes=1), None, "help", "please"))
        work.escalations.add(Escalation(anna, NOW, Level.URGENT, "RF-U1", "hot?", confirmed=False))

    await records.write(enter)

    found = await records.read(lambda work: work.survey.alerts(since=NOW, until=NOW + DAY))
    assert found == [Alerted(NOW, Level.URGENT, later(minutes=4)), Alerted(later(minutes=1), None, None)]


async def test_a_day_is_claimed_once_and_never_after_a_later_one(records: Records) -> None:
    friday = date(2026, 11, 20)
    claims = (friday, friday, friday - DAY, friday + DAY)

    taken = [await records.write(lambda work, day=day: work.digests.claim(day, at=NOW)) for day in claims]  # type: ignore[misc]

    assert taken == [True, False, False, True]
    assert await records.read(lambda work: work.digests.wish()) == DigestWish(None, False, friday + DAY, NOW)


async def test_the_hour_is_kept_and_a_wish_never_undoes_what_was_told(records: Records) -> None:
    friday = date(2026, 11, 20)
    assert await records.read(lambda work: work.digests.wish()) == DigestWish()
    await records.write(lambda work: work.digests.claim(friday, at=NOW))

    await records.write(lambda work: work.digests.keep(DigestWish(time(8, 15), is_off=True)))

    kept = await records.read(lambda work: work.digests.wish())
    assert kept == DigestWish(time(8, 15), True, friday, NOW)


async def test_the_look_before_closing_is_claimed_once_a_day_and_is_not_the_digests(records: Records) -> None:
    friday = date(2026, 11, 20)
    claims = (friday, friday, friday - DAY, friday + DAY)

    taken = [await records.write(lambda work, day=day: work.digests.claim_closing(day)) for day in claims]  # type: ignore[misc]

    assert taken == [True, False, False, True]
    assert await records.read(lambda work: work.digests.wish()) == DigestWish(closing_told_on=friday + DAY)


@pytest.mark.postgres
async def test_of_two_processes_one_claims_the_day(postgres_url: str) -> None:
    each = [Database.open(postgres_url, KEYS) for _ in range(2)]
    days = [date(2026, 11, 20) + n * DAY for n in range(20)]

    taken = []
    for day in days:
        claims = (one.write(lambda work, day=day: work.digests.claim(day, at=NOW)) for one in each)  # type: ignore[misc]
        taken.append(sorted(await asyncio.gather(*claims)))
    for one in each:
        one.close()

    assert taken == [[False, True]] * len(days)


async def test_what_is_in_use_are_treatments_in_care_and_the_steps_still_to_come_in_them(records: Records) -> None:
    def enter(work: Work) -> None:
        anna, enrolment = in_care(work)
        for step in ("PS-01", "PS-03"):
            work.outbox.plan(a_step(enrolment, patient_id=anna, step=step))
        (first, _) = work.outbox.of_enrolment(enrolment)
        leaves(work, first)
        ben = work.patients.add(a_patient(first_name="Ben", contact=BEN))
        work.enrolments.add(an_enrolment(ben.id, also=("acne-laser",)))
        carl = work.patients.add(a_patient(first_name="Carl", contact=None))
        work.enrolments.add(an_enrolment(carl.id, status=EnrolmentStatus.CLOSED))

    await records.write(enter)

    found = await records.read(lambda work: work.survey.in_use())
    assert sorted(found, key=str) == [
        InUse(("picosure", "acne-laser"), "", 1, Surface.INTACT), InUse(("picosure",), "", 1, Surface.INTACT),
        InUse(("picosure",), "PS-03", 1, Surface.INTACT),
    ]  # fmt: skip

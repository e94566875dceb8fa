"""Patients' own topics at the desk are found by patient, by place and by what is left to do."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.model.enrolment import EnrolmentStatus
from bot.care.model.inbound import Entry, Heard
from bot.care.model.people import Consent, Contact, Patient
from bot.care.model.thread import Thread
from bot.care.ports.records import Records, Work
from tests.records.builders import NOW, a_patient, a_step, an_enrolment, later

DESK = -100


def arrive(work: Work, *, chat: int = 501, status: EnrolmentStatus = EnrolmentStatus.ACTIVE) -> Patient:
    consent = Consent(NOW, "v1", "en")
    patient = work.patients.add(a_patient(contact=Contact(chat), consent=consent))
    work.enrolments.add(an_enrolment(patient.id, status=status))
    return patient


def open_topic(work: Work, patient: Patient, **fields: object) -> Thread:
    act = Act(ActKind.TOPIC_OPEN, Contact(DESK), "Anna")
    opening = work.outbox.add(Delivery(Lane.REPLY, Contact(DESK), NOW, act=act))
    thread = replace(Thread(patient.id, DESK, opening.id), **fields)  # type: ignore[arg-type]
    assert work.threads.save(thread, was=None)
    return thread


def send(work: Work, patient: Patient, at: datetime) -> None:
    enrolment = work.enrolments.course(patient.id)[-1]
    work.outbox.plan(a_step(enrolment.id, patient_id=patient.id, due_at=at, step=f"PS-{at:%H%M}"))
    row = work.outbox.of_enrolment(enrolment.id)[-1]
    act = Act(ActKind.SEND, Contact(501), "Hello")
    work.outbox.begin(row, act, attempt_id=f"try-{row.id}", lease=timedelta(seconds=90), alert=False)
    result = Result(Outcome.SENT, message_id=7)
    work.outbox.finish(row.id, f"try-{row.id}", DeliveryState.SENT, at=at, result=result)


async def test_a_topic_comes_back_by_patient_and_by_what_opened_it(records: Records) -> None:
    def deed(work: Work) -> list[Thread | None]:
        patient = arrive(work)
        thread = open_topic(work, patient, thread=44, shown=3, summed_at=NOW)
        found = [work.threads.of(patient.id), work.threads.opened_by(thread.opening)]
        return [thread, *found, work.threads.of(patient.id + 1)]

    thread, *found, nobody = await records.write(deed)

    assert found == [thread] * 2
    assert nobody is None


async def test_of_two_who_change_it_only_the_first_one_does(records: Records) -> None:
    def deed(work: Work) -> tuple[list[bool], Thread | None]:
        patient = arrive(work)
        before = open_topic(work, patient)
        changed = replace(before, thread=9, closed=True)
        saved = [work.threads.save(changed, was=was) for was in (before, before, None)]
        return saved, work.threads.of(patient.id)

    saved, thread = await records.write(deed)

    assert saved == [True, False, False]
    assert thread is not None
    assert (thread.thread, thread.closed) == (9, True)


async def test_who_is_in_care_and_has_agreed_wants_a_topic(records: Records) -> None:
    def deed(work: Work) -> tuple[list[int], list[int]]:
        first, second, ended = arrive(work), arrive(work, chat=502), arrive(work, chat=503)
        work.enrolments.save(replace(work.enrolments.course(ended.id)[-1], status=EnrolmentStatus.CLOSED))
        work.enrolments.add(an_enrolment(work.patients.add(a_patient()).id))
        before = list(work.threads.missing(DESK, limit=10))
        open_topic(work, first)
        open_topic(work, second, closed=True)
        return [first.id, second.id], [*before, *work.threads.missing(DESK, limit=10)]

    (first, second), wanted = await records.write(deed)

    assert wanted == [first, second, second]


async def test_new_lines_of_the_diary_are_waiting_to_be_shown(records: Records) -> None:
    def deed(work: Work) -> list[list[int]]:
        patient = arrive(work)
        thread = open_topic(work, patient)
        before = list(work.threads.behind(DESK, limit=5))
        line = work.diary.add(Entry(patient.id, NOW, Heard.ANSWERED, "hello", 501, 1))
        new = list(work.threads.behind(DESK, limit=5))
        work.threads.save(replace(thread, shown=line.id), was=thread)
        return [before, new, [patient.id], list(work.threads.behind(DESK, limit=5))]

    before, new, patient, after = await records.write(deed)

    assert (before, new, after) == ([], patient, [])


async def test_what_was_sent_by_plan_is_summed_up_once_an_hour(records: Records) -> None:
    def deed(work: Work) -> list[list[int]]:
        patient = arrive(work)
        thread = open_topic(work, patient)
        found = [list(work.threads.unsummed(DESK, before=NOW, limit=5))]
        send(work, patient, NOW)
        found.append(list(work.threads.unsummed(DESK, before=NOW, limit=5)))
        work.threads.save(replace(thread, summed_at=NOW), was=thread)
        send(work, patient, later(minutes=5))
        found.append(list(work.threads.unsummed(DESK, before=later(minutes=-1), limit=5)))
        found.append(list(work.threads.unsummed(DESK, before=NOW, limit=5)))
        return [*found, [patient.id]]

    nothing, first, too_soon, again, patient = await records.write(deed)

    assert (nothing, first, too_soon, again) == ([], patient, [], patient)


async def test_the_topic_of_a_course_that_is_over_is_to_be_closed(records: Records) -> None:
    def deed(work: Work) -> list[list[int]]:
        patient = arrive(work)
        open_topic(work, patient, thread=5)
        found = [list(work.threads.ended(DESK, before=NOW, limit=5))]
        work.enrolments.save(replace(work.enrolments.course(patient.id)[-1], status=EnrolmentStatus.CLOSED))
        work.diary.add(Entry(patient.id, NOW, Heard.ANSWERED, "hello", 501, 1))
        found += [list(work.threads.ended(DESK, before=moment, limit=5)) for moment in (NOW, later(days=1))]
        return [*found, [patient.id]]

    in_care, still_talking, quiet, patient = await records.write(deed)

    assert (in_care, still_talking, quiet) == ([], [], patient)


async def test_an_answer_that_waits_for_a_person_is_found_until_it_is_decided(records: Records) -> None:
    def deed(work: Work) -> list[list[Entry]]:
        patient = arrive(work)
        work.diary.add(Entry(patient.id, NOW, Heard.ANSWERED, "one", 501, 1, "sun"))
        held = work.diary.add(Entry(patient.id, NOW, Heard.SUGGESTED, "two", 501, 2, "makeup"))
        before = list(work.diary.held())
        decided = [work.diary.decide(held, heard) for heard in (Heard.ANSWERED, Heard.PASSED_ON)]
        assert decided == [True, False]
        return [[held], before, list(work.diary.held()), list(work.diary.later(patient.id, than=held.id - 1, limit=5))]

    held, before, after, newest = await records.write(deed)

    assert (before, after) == (held, [])
    assert [one.heard for one in newest] == [Heard.ANSWERED]

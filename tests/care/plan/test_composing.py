"""What the patient reads is decided at the moment of sending."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.enrolment import HealthFacts, Retinol, Surface
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import Entry, Heard
from bot.care.model.triage import Level
from bot.care.services.composing import Held, Later, Ready
from tests.builders import AGREED_AT, SESSION_DAY, a_patient, an_answer
from tests.care.plan.desk import Course, a_course

NEXT = SESSION_DAY + timedelta(days=28)


def says(course: Course, step: str, ask: str, value: str, *, day: int) -> None:
    answer = an_answer(step, ask, value, day=day, enrolment_id=course.enrolment.id, patient_id=course.patient.id)
    course.work.answers.add(answer)


def held(course: Course, step: str, **when: datetime) -> Held:
    found = course.compose(step, **when)
    assert isinstance(found, Held), found
    return found


def test_day_0_carries_the_numbers_and_a_way_to_a_person() -> None:
    ready = a_course().send("PS-00")

    assert "999" in ready.act.text
    assert ready.act.keyboard[-1][0].deed == "person"
    assert ready.rendered_on == "2026-11-20"


def test_the_first_question_hangs_under_the_message_with_its_answers() -> None:
    course = a_course()

    ready = course.send("PS-01")

    assert [button.label for row in ready.act.keyboard[:2] for button in row] == [str(n) for n in range(11)]
    assert ready.act.keyboard[0][1].args == (str(course.enrolment.id), "PS-01", "pain", "1")


def test_steps_that_fall_due_together_are_one_message() -> None:
    course = a_course(next_on=NEXT)

    ready = course.send("PS-14")

    assert ready.folds == (course.row("PRE-14").id,)
    assert course.states()["PRE-14"] is DeliveryState.FOLDED
    assert ready.act.text.count("Reply HELP for a person") == 1
    assert len(ready.act.text) <= 1300


def test_nothing_unasked_leaves_after_stop() -> None:
    course = a_course()
    course.work.patients.save(course.patient.stop(at=AGREED_AT))

    assert held(course, "PS-01") == Held(DeliveryState.CANCELLED, "stopped")


def test_nothing_leaves_for_a_closed_session() -> None:
    course = a_course()
    course.work.enrolments.save(course.enrolment.close(at=AGREED_AT))

    assert held(course, "PS-01").state is DeliveryState.CANCELLED


def test_a_pause_does_not_silence_the_first_alarm_check_ins() -> None:
    course = a_course()
    course.work.patients.save(replace(course.patient, paused_until=date(2026, 12, 24)))

    assert isinstance(course.compose("PS-03"), Ready)
    assert held(course, "PS-07").reason == "paused"


def test_in_resurfacing_alarm_check_ins_go_on_to_day_14() -> None:
    course = a_course("resurfacing", surface=Surface.REMOVED)
    course.work.patients.save(replace(course.patient, paused_until=date(2027, 1, 24)))

    assert isinstance(course.compose("RS-14"), Ready)
    assert held(course, "RS-21").reason == "paused"


def test_a_row_that_is_late_into_the_night_waits_for_the_morning() -> None:
    course = a_course()

    found = course.compose("PS-03", at=datetime(2026, 11, 23, 23, 0, tzinfo=UTC))

    assert found == Later(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def test_tonight_you_may_is_never_sent_on_another_night() -> None:
    course = a_course()

    assert held(course, "PS-07-evening", at=datetime(2026, 11, 27, 22, 0, tzinfo=UTC)).state is DeliveryState.EXPIRED


def test_a_retry_on_the_same_day_says_the_same_and_on_another_day_writes_anew() -> None:
    course = a_course()
    row = course.row("PS-03")
    first = course.compose("PS-03")
    assert isinstance(first, Ready)
    frozen = replace(row, act=replace(first.act, text="as it was"), rendered_on=first.rendered_on)

    same = course.composing.compose(course.work, frozen, at=row.due_at + timedelta(hours=2))
    anew = course.composing.compose(course.work, frozen, at=row.due_at + timedelta(days=1))

    assert isinstance(same, Ready)
    assert same.act.text == "as it was"
    assert isinstance(anew, Ready)
    assert anew.act.text != "as it was"


@pytest.mark.parametrize(("answer", "leaves"), [("calm", True), ("not-calm", False), (None, True)])
def test_the_evening_line_follows_the_morning_answer(answer: str | None, *, leaves: bool) -> None:
    course = a_course()
    if answer:
        says(course, "PS-07", "skin", answer, day=7)

    assert isinstance(course.compose("PS-07-evening"), Ready) is leaves


@pytest.mark.parametrize(("ambiguous", "is_anew"), [(0, True), (1, False)])
def test_a_sign_that_came_up_meanwhile_is_said_first_unless_the_message_may_have_arrived(
    ambiguous: int, *, is_anew: bool
) -> None:
    course = a_course()
    row, first = course.row("PS-02"), course.compose("PS-02")
    assert isinstance(first, Ready)
    frozen = replace(row, act=first.act, rendered_on=first.rendered_on, ambiguous=ambiguous)
    sign = Escalation(course.patient.id, row.due_at, Level.URGENT, "RF-U1", "pus", enrolment_id=course.enrolment.id)
    course.work.escalations.add(sign)

    again = course.composing.compose(course.work, frozen, at=row.due_at + timedelta(hours=2))

    assert isinstance(again, Ready)
    assert ("First of all" in again.act.text) is is_anew


def test_the_evening_line_waits_for_a_clinician_while_a_flag_is_open() -> None:
    course = a_course()
    says(course, "PS-07", "skin", "calm", day=7)
    case = Escalation(course.patient.id, AGREED_AT, Level.SAME_DAY, "RF-S5", "a new patch")
    course.work.escalations.add(case)

    assert isinstance(course.compose("PS-07-evening"), Held)


def test_pain_is_asked_again_on_the_second_day_only_when_it_was_common_on_the_first() -> None:
    course = a_course("acne-laser")
    assert isinstance(course.compose("AL-02"), Held)

    says(course, "AL-01", "pain", "5", day=1)

    assert isinstance(course.compose("AL-02"), Ready)


def test_an_unanswered_check_in_is_gently_repeated_the_next_morning() -> None:
    silent, answered = a_course(), a_course()
    silent.send("PS-01")
    answered.send("PS-01")
    says(answered, "PS-01", "pain", "1", day=1)

    assert silent.send("PS-02").folds == (silent.row("PS-01-again").id,)
    assert answered.send("PS-02").folds == ()


def test_what_was_held_up_until_the_day_of_its_repetition_is_asked_once() -> None:
    course = a_course()
    next_morning = course.row("PS-01-again").due_at
    course.send("PS-01", at=next_morning)

    assert held(course, "PS-01-again", at=next_morning).reason == "asked today already"


def test_what_another_message_asked_as_well_is_not_repeated_the_same_day() -> None:
    course = a_course(patient=a_patient(agreed_at=datetime(2026, 11, 23, 16, 0, tzinfo=UTC)))
    next_morning = course.row("PS-03-again").due_at

    late = course.send("PS-00-late", at=next_morning)

    assert course.row("PS-03").id in late.folds
    assert held(course, "PS-03-again", at=next_morning).reason == "asked today already"


def test_yesterdays_check_in_makes_room_on_a_day_that_has_two_messages() -> None:
    course = a_course("acne-laser", surface=Surface.MICRO_WOUNDS, next_on=SESSION_DAY + timedelta(days=4))
    for step in ("AS-00", "AS-01", "PRE-07-late"):
        course.send(step)
    opening = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    assert held(course, "AS-02", at=opening).reason == "two messages of today come first"
    assert isinstance(course.compose("AS-03"), Ready)
    assert isinstance(course.compose("PRE-01"), Ready)


def test_a_third_message_waits_for_the_morning() -> None:
    course = a_course(next_on=SESSION_DAY + timedelta(days=7))
    evening = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    course.send("PS-02", at=evening.replace(hour=9))
    course.send("PS-03", at=evening.replace(hour=10))

    assert course.compose("PRE-03", at=evening) == Later(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def crowded(course: Course, afternoon: datetime) -> None:
    course.send("PS-02", at=afternoon.replace(hour=9))
    course.send("PS-03", at=afternoon.replace(hour=10))


def paused(course: Course, _: datetime) -> None:
    course.work.patients.save(replace(course.patient, paused_until=date(2026, 12, 24)))


def in_talk(course: Course, afternoon: datetime) -> None:
    course.work.diary.add(Entry(course.patient.id, afternoon, Heard.REPLY, "how are you?", -900, 1))


@pytest.mark.parametrize(
    ("step", "after", "day", "hold_up"),
    [
        pytest.param("PRE-03", 7, 23, crowded, id="two messages have left"),
        pytest.param("PS-07", 28, 27, paused, id="a pause"),
        pytest.param("PS-07-evening", 28, 27, in_talk, id="a person is talking"),
    ],
)
def test_what_staff_reopened_gives_way_to_nothing(
    step: str, after: int, day: int, hold_up: Callable[[Course, datetime], None]
) -> None:
    course = a_course(next_on=SESSION_DAY + timedelta(days=after))
    afternoon = datetime(2026, 11, day, 15, 0, tzinfo=UTC)
    hold_up(course, afternoon)
    before = course.compose(step, at=afternoon)
    course.work.outbox.settle(course.row(step).id, DeliveryState.EXPIRED, at=afternoon)

    course.work.outbox.reopen(course.row(step).id, at=afternoon, until=afternoon.replace(hour=23))

    assert isinstance(before, Held | Later)
    assert isinstance(course.compose(step, at=afternoon), Ready)


def test_the_safety_line_of_an_expired_message_moves_into_the_next() -> None:
    course = a_course()
    course.work.outbox.settle(course.row("PS-01").id, DeliveryState.EXPIRED, at=AGREED_AT)

    late = course.send("PS-02")
    later = course.send("PS-03")

    key = "steps/picosure/PS-01/safety"
    line = course.library.shelf.say(
        key,
        "en",
        course.composing.knowing.telling.facts(
            course.patient, [course.enrolment], course.library.shelf, at=course.row("PS-02").due_at
        ),
    )
    assert line in late.act.text
    assert line not in later.act.text


def test_from_the_next_sessions_day_on_nothing_of_the_old_plan_leaves() -> None:
    course = a_course(next_on=NEXT)
    row = course.row("PS-14")

    found = course.composing.compose(course.work, row, at=datetime(2026, 12, 18, 10, tzinfo=UTC))

    assert isinstance(found, Held)


def test_retinol_is_offered_only_to_those_who_may_start() -> None:
    unanswered = a_course()
    may_start = a_course(health=replace(unanswered.enrolment.health, pregnancy=False, retinol_user=True))
    says(may_start, "PS-07", "skin", "calm", day=7)
    says(unanswered, "PS-07", "skin", "calm", day=7)

    assert may_start.enrolment.health.retinol is Retinol.START
    assert may_start.send("PS-07-evening").act.text != unanswered.send("PS-07-evening").act.text


def test_an_earlier_session_of_a_retired_treatment_does_not_stop_the_plan() -> None:
    course = a_course()
    earlier = replace(course.enrolment, id=0, treatment="pico", session_on=SESSION_DAY - timedelta(days=40))
    first = course.work.enrolments.add(earlier.close(at=AGREED_AT))
    newest = course.work.enrolments.add(replace(course.enrolment, id=0))
    course.change(enrolment=newest, at=AGREED_AT)
    course.library.retire("pico")

    ready = course.send("PS-01")

    assert first.id < newest.id
    assert "Anna" in ready.act.text or "Day 1" in ready.act.text


def test_a_row_of_a_retired_treatment_ends_where_staff_see_it() -> None:
    course = a_course("pico")
    course.library.retire("pico")

    course.replan(at=AGREED_AT)

    assert held(course, "PC-03") == Held(DeliveryState.FAILED, "its treatment is no longer on the shelf")


def test_what_only_a_further_treatment_of_the_day_says_is_told_once_with_the_leading_step() -> None:
    both = a_course(also=("acne-laser",))

    ready = both.send("PS-07")

    assert ready.act.text.count("Spots often flare about now") == 1
    assert ready.act.text.rindex("HELP for a person") > ready.act.text.index("Spots often flare")
    assert "flare" not in a_course().send("PS-07").act.text
    assert a_course("acne-laser", also=("picosure",)).send("AL-07").act.text.count("Spots often flare") == 1


def test_an_antiviral_is_named_before_a_session_only_where_staff_recorded_its_day() -> None:
    recorded = a_course(next_on=NEXT, health=HealthFacts(antiviral_on="2026-12-16"))

    assert "16 December as the first day of your antiviral" in recorded.send("PRE-07").act.text
    assert "first day of your antiviral" not in a_course(next_on=NEXT).send("PRE-07").act.text


def test_while_a_person_talks_with_the_patient_only_what_is_for_safety_leaves() -> None:
    course = a_course(next_on=SESSION_DAY + timedelta(days=7))
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    course.work.diary.add(Entry(course.patient.id, noon, Heard.REPLY, "How is it?", -100, 1, "Clara"))

    assert course.compose("PRE-07-late", at=noon) == Later(noon + timedelta(minutes=15))
    assert isinstance(course.compose("PS-03", at=noon), Ready)

"""The outbox follows the plan: nothing doubled, nothing left over."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.care.model.delivery import DeliveryState
from bot.care.model.enrolment import Surface
from tests.builders import AGREED_AT, SESSION_DAY, a_patient
from tests.care.plan.desk import a_course


def test_planning_twice_makes_no_second_row() -> None:
    course = a_course(next_on=SESSION_DAY + timedelta(days=28))
    before = course.work.outbox.of_enrolment(course.enrolment.id)

    course.replan(at=AGREED_AT + timedelta(hours=3))

    assert course.work.outbox.of_enrolment(course.enrolment.id) == before


def test_nobody_who_has_not_agreed_is_planned_for() -> None:
    course = a_course(patient=a_patient(agreed=False))

    assert course.states() == {}


def test_a_moved_next_session_cancels_its_reminders_and_plans_new_ones() -> None:
    course = a_course(next_on=SESSION_DAY + timedelta(days=28))

    course.change(at=AGREED_AT, enrolment=course.enrolment.move_next(SESSION_DAY + timedelta(days=35)))

    rows = course.work.outbox.of_enrolment(course.enrolment.id)
    reminders = {(row.occurrence, row.state) for row in rows if row.step == "PRE-07"}
    assert reminders == {("2026-12-18", DeliveryState.CANCELLED), ("2026-12-25", DeliveryState.SCHEDULED)}


def test_moving_a_session_back_revives_its_cancelled_reminders() -> None:
    course = a_course(next_on=SESSION_DAY + timedelta(days=28))
    first = course.enrolment
    course.change(at=AGREED_AT, enrolment=first.move_next(SESSION_DAY + timedelta(days=35)))

    course.change(at=AGREED_AT, enrolment=first)

    rows = course.work.outbox.of_enrolment(course.enrolment.id)
    assert [row.state for row in rows if row.step == "PRE-07" and row.occurrence == "2026-12-18"] == ["scheduled"]


def test_a_new_hour_moves_only_what_has_not_left() -> None:
    course = a_course()
    course.send("PS-00")

    course.change(at=AGREED_AT + timedelta(hours=1), patient=replace(course.patient, evening=time(20, 0)))

    assert course.row("PS-07-evening").due_at == datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert course.states()["PS-00"] is DeliveryState.SENT


def test_a_deeper_surface_brings_the_steps_of_its_own_column() -> None:
    course = a_course()

    course.change(at=AGREED_AT, enrolment=replace(course.enrolment, surface=Surface.REMOVED))

    states = course.states()
    assert states["PS-07"] is DeliveryState.CANCELLED
    assert states["RS-05"] is DeliveryState.SCHEDULED


def test_closing_a_session_cancels_what_is_unsent() -> None:
    course = a_course()
    course.send("PS-00")

    course.planning.close(course.work, course.enrolment, at=AGREED_AT)

    assert {state for step, state in course.states().items() if step != "PS-00"} == {DeliveryState.CANCELLED}

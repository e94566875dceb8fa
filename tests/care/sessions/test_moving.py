"""A session that comes nearer or goes further away: what is asked, what stays off, and what nobody reassures about."""

from dataclasses import replace
from datetime import date

import pytest

from bot.care.model.enrolment import HealthFacts
from bot.care.model.people import Patient
from bot.care.model.things import Thing
from tests.care.scene import ANNA, CLARA, DESK, RITA, Scene, a_scene

YES = "Yes, do this"


def connected(*, day: int, words: str = "Anna picosure next=+4w") -> tuple[Scene, Patient]:
    """Her session was on Friday 20 November; it is day so and so."""
    scene = a_scene()
    patient = scene.enrol(words)
    scene.join()
    scene.clock.later(days=day)
    return scene, scene.work.patients.get(patient.id)


def move(scene: Scene, to: str) -> None:
    scene.office.sessions.reschedule(scene.work, RITA, f"A-1 {to}")
    scene.tap(RITA, YES)


def days_off(scene: Scene, patient: Patient) -> int | None:
    """Own days before the next session on which retinol is off."""
    enrolment = scene.work.enrolments.current(patient.id)
    own = enrolment.override(Thing.RETINOL) if enrolment is not None else None
    return own.before if own is not None else None


def test_nearer_than_a_week_staff_hear_at_once_and_then_when_retinol_was_used_last() -> None:
    scene, _anna = connected(day=18)

    move(scene, "2026-12-13")
    assert "should be off since Sunday 6 December for the session on Sunday 13 December" in scene.last(DESK)
    assert "When did you last use it" in scene.last(ANNA)
    scene.tap(ANNA, "8 December")

    assert any("Last use of retinol: Tuesday 8 December" in text for text in scene.heard(DESK))
    assert not any("fine" in text.casefold() for text in scene.heard(ANNA)[-2:])


def test_a_new_date_far_enough_away_asks_nothing() -> None:
    scene, _anna = connected(day=10)
    before = len(scene.heard(DESK))

    move(scene, "2026-12-17")

    assert len(scene.heard(DESK)) == before
    assert "When did you last use it" not in scene.last(ANNA)


def test_who_uses_no_retinol_is_not_asked_when_they_did() -> None:
    scene, anna = connected(day=18)
    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    facts = HealthFacts(isotretinoin="never", pregnancy=False, retinol_user=False)
    scene.work.enrolments.save(replace(enrolment, health=facts))

    move(scene, "2026-12-13")

    assert "When did you last use it" not in scene.last(ANNA)


@pytest.mark.parametrize(
    ("to", "before"),
    [pytest.param("2026-12-22", 10, id="few nights: stay off"), pytest.param("2027-01-08", None, id="a week or more")],
)
def test_what_was_stopped_for_the_old_date_comes_back_only_for_a_week_of_nights(to: str, before: int | None) -> None:
    scene, anna = connected(day=22)

    move(scene, to)

    assert days_off(scene, anna) == before
    assert ("stay off it until your session" in scene.last(ANNA)) is (before is not None)


def test_what_a_move_alone_settled_ends_with_the_next_move_and_is_never_asked_about() -> None:
    scene, anna = connected(day=22)
    move(scene, "2026-12-22")
    move(scene, "2027-01-08")
    assert days_off(scene, anna) is None

    move(scene, "2026-12-19")
    scene.clock.later(days=7)
    scene.office.sessions.session(scene.work, RITA, "A-1 done 2026-12-19")
    scene.tap(RITA, YES)

    assert not any("own days were settled" in text for text in scene.heard(DESK))


def test_inside_the_least_interval_staff_are_warned_and_the_patient_hears_nothing_of_it() -> None:
    scene, _anna = connected(day=2)

    scene.office.sessions.reschedule(scene.work, CLARA, "A-1 2026-12-04")
    assert "21" in scene.last(CLARA)
    scene.tap(CLARA, YES)

    assert "next session is now on 4 December" in scene.last(ANNA)
    assert "21" not in scene.last(ANNA)


def test_cancelled_drops_the_reminders_and_the_plan_goes_on() -> None:
    scene, anna = connected(day=15)

    scene.office.sessions.cancel(scene.work, RITA, "A-1")
    scene.tap(RITA, YES)

    steps = {row.step for row in scene.planned(anna)}
    assert not any(step.startswith("PRE") for step in steps)
    assert {"PS-28", "PS-42"} <= steps
    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    assert enrolment.session_on == date(2026, 11, 20)

"""Staff pause somebody for so long as they choose, lengthen it and end it; the patient hears of each."""

from dataclasses import replace
from datetime import date

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.people import Patient
from tests.care.scene import ANNA, CLARA, DESK, FRIDAY_NOON, RITA, Scene, a_scene, at_desk


def joined(scene: Scene) -> Patient:
    patient = scene.enrol("Anna picosure")
    scene.join()
    return scene.work.patients.get(patient.id)


def card(scene: Scene, label: str, then: str = "") -> None:
    """A button of the card, and the one that it asks for."""
    scene.office.seeing.patient(scene.work, at_desk(CLARA), "A-1")
    scene.tap(at_desk(CLARA), label)
    if then:
        scene.tap(at_desk(CLARA), then)


def until(scene: Scene) -> date | None:
    return scene.people()[-1].paused_until


@pytest.mark.parametrize(
    ("label", "day", "said"),
    [
        ("1 day, until 21 November", date(2026, 11, 21), "21 November"),
        ("3 days, until 23 November", date(2026, 11, 23), "23 November"),
        ("A week, until 27 November", date(2026, 11, 27), "27 November"),
    ],
)
def test_a_pause_lasts_as_long_as_staff_say_and_the_patient_is_told_by_whom(label: str, day: date, said: str) -> None:
    scene = a_scene()
    joined(scene)

    card(scene, "Pause", label)

    assert until(scene) == day
    assert scene.last(ANNA) == (
        f"Clara from Northlight Skin Clinic has paused my planned messages until {said}; what you write here is still "
        "read for danger signs at once. /resume ends the pause."
    )
    assert f"paused until {said}" in scene.last(DESK)


def test_a_pause_is_lengthened() -> None:
    scene = a_scene()
    joined(scene)
    card(scene, "Pause", "1 day, until 21 November")

    card(scene, "Change the pause", "A week, until 27 November")

    assert until(scene) == date(2026, 11, 27)


def test_staff_end_a_pause_the_plan_goes_on_and_the_patient_is_told() -> None:
    scene = a_scene()
    anna = joined(scene)
    card(scene, "Pause", "A week, until 27 November")
    row = next(row for row in scene.planned(anna) if row.step == "PS-07")
    scene.work.outbox.settle(row.id, DeliveryState.CANCELLED, at=FRIDAY_NOON, reason="paused")

    card(scene, "Resume", "Yes, do this")

    assert until(scene) is None
    assert "PS-07" in [row.step for row in scene.planned(anna)]
    assert scene.last(ANNA).endswith("has ended the pause: my planned messages go on.")
    assert "resume-patient" in scene.audited()


def test_a_pause_that_the_patient_began_is_ended_too() -> None:
    scene = a_scene()
    joined(scene)
    scene.office.leaving.pause(scene.work, ANNA)
    scene.tap(ANNA, "A week")

    card(scene, "Resume", "Yes, do this")

    assert until(scene) is None


def test_without_a_pause_there_is_nothing_to_resume_and_a_pause_that_is_over_is_none() -> None:
    scene = a_scene()
    anna = joined(scene)
    scene.work.patients.save(replace(anna, paused_until=FRIDAY_NOON.date()))

    scene.office.seeing.patient(scene.work, at_desk(CLARA), "A-1")

    assert "Resume" not in scene.buttons(DESK)
    assert "Pause" in scene.buttons(DESK)


def test_ending_a_pause_never_undoes_a_stop() -> None:
    scene = a_scene()
    anna = joined(scene)
    scene.work.patients.save(replace(anna.stop(at=FRIDAY_NOON), paused_until=date(2026, 11, 27)))
    before = scene.heard(ANNA)

    card(scene, "Resume", "Yes, do this")

    assert scene.people()[-1].stopped_at == FRIDAY_NOON
    assert scene.heard(ANNA) == before


def test_reception_neither_pauses_nor_resumes() -> None:
    scene = a_scene()
    joined(scene)
    card(scene, "Pause", "A week, until 27 November")
    scene.office.seeing.patient(scene.work, RITA, "A-1")

    scene.tap(RITA, "Resume")

    assert until(scene) == date(2026, 11, 27)
    assert "This is for: admin, clinician" in scene.last(RITA)

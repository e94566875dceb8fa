"""Staff change the hours of a patient's messages: what is still to come moves, and the patient is told."""

from datetime import time

from tests.care.scene import ANNA, RITA, Scene, a_scene


def with_anna() -> Scene:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    return scene


def evenings(scene: Scene) -> set[time]:
    patient = scene.work.patients.by_chat(ANNA.chat)
    assert patient is not None
    return {row.due_at.astimezone(patient.zone).time() for row in scene.planned(patient) if "evening" in row.step}


def test_what_is_to_come_moves_with_the_hour_and_she_is_told_by_whom() -> None:
    scene = with_anna()
    before = evenings(scene)
    scene.office.seeing.patient(scene.work, RITA, "A-1")

    scene.tap(RITA, "Hours")
    asked = scene.last(RITA)
    scene.tap(RITA, "Evening at 19:00")

    assert "messages come at 09:30 and 18:00" in asked
    assert (before, evenings(scene)) == ({time(18)}, {time(19)})
    assert "messages come at 09:30 and 19:00 now" in scene.last(RITA)
    assert scene.last(ANNA).startswith("Rita from ")
    assert "patient-hours" in scene.audited()

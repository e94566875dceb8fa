"""Health facts that staff record: each changes what is said, planned or asked."""

import pytest

from bot.care.model.enrolment import HealthFacts, Retinol
from bot.care.model.people import Patient
from tests.care.scene import ANNA, CLARA, DESK, RITA, Scene, a_scene

YES = "Yes, do this"


def connected(words: str = "Anna picosure next=+4w") -> tuple[Scene, Patient]:
    scene = a_scene()
    patient = scene.enrol(words)
    scene.join()
    return scene, scene.work.patients.get(patient.id)


def facts(scene: Scene, patient: Patient) -> HealthFacts:
    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    return enrolment.health


def test_staff_change_several_facts_with_one_line() -> None:
    scene, anna = connected()

    line = "A-1 cold-sores=yes isotretinoin=31.8. pregnancy=no retinol=recommended tone=deep antiviral=2026-12-16"
    scene.office.health_noting.command(scene.work, CLARA, line)

    found = facts(scene, anna)
    assert (found.cold_sores, found.isotretinoin, found.pregnancy) == (True, "2026-08-31", False)
    assert (found.antiviral_on, found.tone, found.marks_easily) == ("2026-12-16", "deep", True)
    assert found.retinol is Retinol.START
    assert "2026-12-16" in scene.last(CLARA)


@pytest.mark.parametrize(
    "typed", ["retinol=maybe", "antiviral=2020-01-01", "isotretinoin=2030-01-01", "shoe=9", "tone="]
)
def test_what_cannot_be_read_is_named_and_nothing_is_changed(typed: str) -> None:
    scene, anna = connected()

    scene.office.health_noting.command(scene.work, CLARA, f"A-1 cold-sores=yes {typed}")

    assert typed in scene.last(CLARA)
    assert facts(scene, anna) == HealthFacts()


def test_a_dash_takes_an_answer_back() -> None:
    scene, anna = connected()
    scene.office.health_noting.command(scene.work, CLARA, "A-1 cold-sores=yes antiviral=2026-12-16")

    scene.office.health_noting.command(scene.work, CLARA, "A-1 cold-sores=- antiviral=-")

    assert facts(scene, anna) == HealthFacts()


def test_a_date_inside_the_isotretinoin_hold_is_a_warning_before_it_is_confirmed() -> None:
    scene, _anna = connected()
    scene.office.health_noting.command(scene.work, CLARA, "A-1 isotretinoin=2026-08-31")

    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-02-27")
    assert "A clinician has to decide" in scene.last(RITA)
    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-02-28")

    assert "A clinician has to decide" not in scene.last(RITA)


def test_a_session_that_was_done_inside_the_hold_is_an_alert() -> None:
    scene, _anna = connected()
    scene.office.health_noting.command(scene.work, CLARA, "A-1 isotretinoin=now")
    scene.clock.later(days=28)

    scene.office.sessions.session(scene.work, RITA, "A-1 done")
    scene.tap(RITA, YES)

    assert any("although isotretinoin" in text for text in scene.heard(DESK))


def test_who_says_they_take_isotretinoin_hears_that_the_team_checks_the_timing() -> None:
    scene, _anna = connected()
    scene.clock.later(minutes=1)
    for answer in ("Skip", "Yes", "I take it now"):
        scene.tap(ANNA, answer)

    assert any("Your team will check the timing with you" in text for text in scene.heard(ANNA))
    assert any("A clinician has to decide" in text for text in scene.heard(DESK))
    assert any("decide about an antiviral" in text for text in scene.heard(DESK))


def test_only_a_clinician_says_that_less_of_the_skin_was_opened_and_says_why() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "Zoe resurfacing surface=intact reason=gentle")
    assert "Only a clinician" in scene.last(RITA)
    scene.office.enrolling.enrol(scene.work, CLARA, "Zoe resurfacing surface=intact")
    assert "type why" in scene.last(CLARA)
    assert scene.people() == []

    scene.office.enrolling.enrol(scene.work, CLARA, 'Zoe resurfacing surface=intact reason="test spot only"')

    assert len(scene.people()) == 1
    assert scene.work.audit.tail(1)[0].detail.endswith("test spot only")


def test_a_correction_that_opens_less_is_a_clinician_s_too() -> None:
    scene, anna = connected("Anna resurfacing")

    scene.office.sessions.correct(scene.work, CLARA, "A-1 surface=intact")
    assert "type why" in scene.last(CLARA)
    scene.office.sessions.correct(scene.work, CLARA, 'A-1 surface=intact reason="fractional, closed"')
    scene.tap(CLARA, YES)

    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    assert enrolment.surface == "intact"

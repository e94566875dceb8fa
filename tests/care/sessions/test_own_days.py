"""Days of their own for one patient: who may settle them, how far, and what is kept of it."""

import pytest

from bot.care.model.inbound import Sender
from bot.care.model.overrides import Override
from bot.care.model.people import Patient
from bot.care.model.things import Thing
from tests.care.scene import CLARA, MARIA, RITA, Scene, a_scene

YES = "Yes, do this"


def connected(words: str = "Anna picosure next=+4w") -> tuple[Scene, Patient]:
    scene = a_scene()
    patient = scene.enrol(words)
    scene.join()
    return scene, scene.work.patients.get(patient.id)


def settled(scene: Scene, patient: Patient) -> tuple[Override, ...]:
    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    return enrolment.overrides


@pytest.mark.parametrize("who", [RITA, CLARA, MARIA], ids=["reception", "clinician", "admin"])
def test_inside_the_range_everybody_of_the_team_may(who: Sender) -> None:
    scene, anna = connected()

    scene.office.overriding.command(scene.work, who, "A-1 retinol after=10 before=9")
    assert settled(scene, anna) == ()
    scene.tap(who, YES)

    assert settled(scene, anna) == (Override(Thing.RETINOL, 10, 9, by=who.account),)
    assert "window" in scene.audited()


@pytest.mark.parametrize("who", [RITA, MARIA], ids=["reception", "admin"])
def test_beyond_the_range_nobody_but_a_clinician_may(who: Sender) -> None:
    scene, anna = connected()

    scene.office.overriding.command(scene.work, who, "A-1 sun after=20 reason=she asked")

    assert "Only a clinician" in scene.last(who)
    assert YES not in scene.buttons(who)
    assert settled(scene, anna) == ()


def test_a_clinician_beyond_the_range_gives_a_reason_that_is_kept() -> None:
    scene, anna = connected()
    scene.office.overriding.command(scene.work, CLARA, "A-1 retinol after=3")
    assert "reason" in scene.last(CLARA)

    scene.office.overriding.command(scene.work, CLARA, 'A-1 retinol after=3 reason="prescribed, O.K. with Dr B."')
    scene.tap(CLARA, YES)

    assert settled(scene, anna)[0].reason == "prescribed, O.K. with Dr B."
    scene.office.seeing.patient(scene.work, CLARA, "A-1")
    assert "settled by Clara: prescribed, O.K. with Dr B." in scene.last(CLARA)


@pytest.mark.parametrize(
    "words", ["", "A-1 retinol", "A-1 retinol after=x", "A-1 lemons after=3", "A-1 picking after=3"]
)
def test_bad_input_gets_one_clear_message_and_changes_nothing(words: str) -> None:
    scene, anna = connected()
    before = len(scene.heard(CLARA))

    scene.office.overriding.command(scene.work, CLARA, words)

    assert len(scene.heard(CLARA)) == before + 1
    assert settled(scene, anna) == ()


def test_the_table_holds_again_when_staff_say_so() -> None:
    scene, anna = connected()
    scene.office.overriding.command(scene.work, RITA, "A-1 makeup after=5")
    scene.tap(RITA, YES)

    scene.office.overriding.command(scene.work, RITA, "A-1 makeup table")
    scene.tap(RITA, YES)

    assert settled(scene, anna) == ()


def test_beyond_the_range_it_is_a_clinician_again_who_keeps_it_for_the_next_session() -> None:
    scene, anna = connected()
    scene.office.overriding.command(scene.work, CLARA, "A-1 retinol after=3 reason=prescribed")
    scene.tap(CLARA, YES)
    scene.clock.later(days=28)
    scene.office.sessions.session(scene.work, RITA, "A-1 done")
    scene.tap(RITA, YES)
    (own,) = settled(scene, anna)
    assert not own.confirmed

    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    for who in (RITA, CLARA):
        scene.office.overriding.ask_again(scene.work, anna, enrolment, at=scene.clock.now())
        scene.deliver()
        tap = next(tap for tap in reversed(scene.records.memory.taps.values()) if tap.label == "Keep the own days")
        scene.office.overriding.again(scene.work, who, tap)
        if who is RITA:
            assert settled(scene, anna) == (own,)

    assert settled(scene, anna)[0].confirmed

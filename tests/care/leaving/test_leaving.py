"""A patient's own brakes."""

import pytest

from bot.care.model.escalation import Escalation
from bot.care.model.people import Contact
from bot.care.model.raising import SELF_HARM
from bot.care.model.triage import Level
from tests.care.scene import ANNA, BERT, DESK, FRIDAY_NOON, Scene, a_scene


def connected() -> Scene:
    scene = a_scene()
    scene.enrol("Anna picosure next=+4w")
    scene.join()
    return scene


def test_a_pause_has_an_end() -> None:
    scene = connected()

    scene.office.leaving.pause(scene.work, ANNA)
    scene.tap(ANNA, "3 days")

    patient = scene.work.patients.get(1)
    assert str(patient.paused_until) == "2026-11-23"
    assert "quiet until 23 November" in scene.last(ANNA)


def test_resume_ends_a_pause() -> None:
    scene = connected()
    scene.office.leaving.pause(scene.work, ANNA)
    scene.tap(ANNA, "A week")

    scene.office.leaving.resume(scene.work, ANNA)

    assert scene.work.patients.get(1).paused_until is None


@pytest.mark.parametrize(
    ("flag", "level", "told"),
    [("RF-U1", Level.URGENT, True), (SELF_HARM, Level.EMERGENCY, False)],
    ids=["a sign", "for clinicians only"],
)
def test_who_stops_while_an_alert_is_open_is_to_be_phoned(*, flag: str, level: Level, told: bool) -> None:
    scene = connected()
    scene.work.escalations.add(Escalation(1, FRIDAY_NOON, level, flag, "it is hot"))

    scene.office.leaving.stop(scene.work, ANNA)
    scene.tap(ANNA, "Yes, stop")

    assert ("please phone" in scene.last(DESK)) is told


def test_stop_asks_first_and_staff_hear_of_it() -> None:
    scene = connected()
    anna = scene.work.patients.get(1)

    scene.office.leaving.stop(scene.work, ANNA)
    assert scene.work.patients.get(1).stopped_at is None
    scene.tap(ANNA, "Yes, stop")

    assert scene.work.patients.get(1).stopped_at == scene.clock.now()
    assert scene.planned(anna) == []
    assert "stopped the messages" in scene.last(DESK)
    assert "/resume" in scene.last(ANNA)


def test_a_stop_taken_back_changes_nothing() -> None:
    scene = connected()

    scene.office.leaving.stop(scene.work, ANNA)
    scene.tap(ANNA, "No, go on")

    assert scene.work.patients.get(1).stopped_at is None


def test_after_a_stop_the_plan_can_go_on_where_it_would_be() -> None:
    scene = connected()
    anna = scene.work.patients.get(1)
    before = {row.step for row in scene.planned(anna)}
    scene.office.leaving.stop(scene.work, ANNA)
    scene.tap(ANNA, "Yes, stop")

    scene.office.leaving.resume(scene.work, ANNA)

    assert {row.step for row in scene.planned(anna)} == before


def test_privacy_answers_everybody() -> None:
    scene = connected()

    scene.office.leaving.privacy(scene.work, BERT)

    assert "privacy@northlight.example" in scene.last(BERT)


def test_a_wish_to_be_deleted_goes_to_staff() -> None:
    scene = connected()

    scene.office.leaving.delete(scene.work, ANNA)

    assert "asks to have their data deleted" in scene.last(DESK)
    assert "passed your wish on" in scene.last(ANNA)


@pytest.mark.parametrize("deed", ["pause", "resume", "stop", "delete"])
def test_a_stranger_gets_the_fixed_answer(deed: str) -> None:
    scene = connected()

    getattr(scene.office.leaving, deed)(scene.work, BERT)

    assert scene.last(BERT).startswith("I am the aftercare helper")


def test_a_chat_that_is_blocked_and_opened_over_and_over_is_told_of_once_an_hour() -> None:
    scene = connected()
    before = len(scene.heard(DESK))

    def toggles() -> None:
        for reachable in (False, True) * 20:
            scene.office.leaving.reachable(scene.work, contact=Contact(ANNA.chat), reachable=reachable)
        scene.deliver()

    toggles()
    told = scene.heard(DESK)[before:]
    assert ["cannot be reached" in told[0], "opened the chat again" in told[1]] == [True, True]
    assert "over and over" in told[2]
    assert len(told) == 3

    scene.clock.later(hours=1)
    toggles()
    assert len(scene.heard(DESK)[before:]) == 6


def test_staff_hear_when_a_patient_blocks_the_chat_and_when_it_opens_again() -> None:
    scene = connected()

    scene.office.leaving.reachable(scene.work, contact=Contact(ANNA.chat), reachable=False)
    assert "blocked the chat" in scene.last(DESK)
    scene.office.leaving.reachable(scene.work, contact=Contact(ANNA.chat), reachable=True)

    assert "opened the chat again" in scene.last(DESK)
    assert scene.work.patients.get(1).unreachable_since is None


def test_after_a_stop_nothing_that_waits_still_arrives() -> None:
    scene = connected()
    scene.office.leaving.stop(scene.work, ANNA)
    scene.tap(ANNA, "Yes, stop")

    scene.clock.later(minutes=1)

    assert not any("A few quick questions" in text for text in scene.heard(ANNA))

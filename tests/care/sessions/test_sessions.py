"""What became of a session, when the next one is, and mending what was recorded."""

import pytest

from bot.care.model.delivery import DeliveryState, Outcome, Result
from bot.care.model.enrolment import EnrolmentStatus
from bot.care.model.people import Patient
from tests.care.scene import ANNA, CLARA, LEASE, RITA, Scene, a_scene

YES = "Yes, do this"


def connected(words: str = "Anna picosure next=+4w") -> tuple[Scene, Patient]:
    scene = a_scene()
    patient = scene.enrol(words)
    scene.join()
    return scene, scene.work.patients.get(patient.id)


def send_first(scene: Scene, patient: Patient) -> None:
    """The day's own message arrives."""
    row = scene.planned(patient)[0]
    act = scene.arrived[-1][1]
    scene.work.outbox.begin(row, act, attempt_id="first", lease=LEASE, alert=False)
    result = Result(Outcome.SENT, message_id=900)
    scene.work.outbox.finish(row.id, "first", DeliveryState.SENT, at=scene.clock.now(), result=result)


def anchors(scene: Scene, patient: Patient) -> set[str]:
    return {row.occurrence for row in scene.planned(patient) if row.step.startswith("PRE")}


def test_a_new_date_is_said_before_it_is_done_and_moves_what_depends_on_it() -> None:
    scene, anna = connected()
    assert anchors(scene, anna) == {"2026-12-18"}

    scene.office.sessions.reschedule(scene.work, RITA, "A-1 8.1.")
    assert "Friday 18 December becomes <b>Friday 8 January 2027</b>" in scene.last(RITA)
    assert anchors(scene, anna) == {"2026-12-18"}
    scene.tap(RITA, YES)

    assert anchors(scene, anna) == {"2027-01-08"}
    assert "next session is now on 8 January 2027" in scene.last(ANNA)


def test_left_as_it_is_nothing_changes() -> None:
    scene, anna = connected()

    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-01-08")
    scene.tap(RITA, "Leave it as it is")

    assert anchors(scene, anna) == {"2026-12-18"}
    assert scene.last(RITA) == "Left as it is."


def test_only_the_person_who_was_asked_may_say_yes() -> None:
    scene, anna = connected()
    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-01-08")
    scene.deliver()
    tap = next(tap for tap in scene.records.memory.taps.values() if tap.label == YES)

    scene.office.sessions.moved(scene.work, CLARA, tap)

    assert anchors(scene, anna) == {"2026-12-18"}


def test_a_yes_after_ten_minutes_comes_too_late() -> None:
    scene, anna = connected()
    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-01-08")
    scene.deliver()
    scene.clock.later(minutes=11)

    scene.tap(RITA, YES)

    assert anchors(scene, anna) == {"2026-12-18"}
    assert "no longer open" in scene.last(RITA)


def test_the_day_of_the_last_session_cannot_be_that_of_another_and_is_named() -> None:
    scene, _ = connected()

    scene.office.sessions.session(scene.work, RITA, "A-1 done")

    assert scene.last(RITA).startswith("Friday 20 November cannot be the day of the session of Anna (A-1)")


def test_a_yes_counts_once() -> None:
    scene, anna = connected()
    scene.clock.later(days=28)
    scene.office.sessions.session(scene.work, RITA, "A-1 done")

    scene.tap(RITA, YES)
    scene.tap(RITA, YES)

    assert len(scene.work.enrolments.course(anna.id)) == 2


def test_a_cancelled_session_leaves_no_reminder_of_it() -> None:
    scene, anna = connected()

    scene.office.sessions.cancel(scene.work, RITA, "A-1")
    assert "the next session on Friday 18 December <b>is cancelled</b>" in scene.last(RITA)
    scene.tap(RITA, YES)

    assert anchors(scene, anna) == set()
    assert "no date at the moment" in scene.last(ANNA)


def test_a_session_done_begins_a_new_day_0_for_the_same_person_without_a_link() -> None:
    scene, anna = connected()
    scene.clock.later(days=28)
    links = sum(1 for _, act in scene.arrived if act.qr)

    scene.office.sessions.session(scene.work, RITA, "A-1")
    scene.tap(RITA, "Session took place")
    scene.tap(RITA, YES)

    old, new = scene.work.enrolments.course(anna.id)
    assert (old.status, new.status) == (EnrolmentStatus.CLOSED, EnrolmentStatus.ACTIVE)
    assert (str(new.session_on), new.next_on, new.treatment) == ("2026-12-18", None, "picosure")
    assert {row.enrolment_id for row in scene.planned(anna)} == {new.id}
    assert sum(1 for _, act in scene.arrived if act.qr) == links


def test_a_booked_first_session_done_starts_day_0_of_the_same_enrolment() -> None:
    scene, anna = connected("Anna pico booked=+2w")
    scene.clock.later(days=14)

    scene.office.sessions.session(scene.work, RITA, "A-1 done")
    scene.tap(RITA, YES)

    (enrolment,) = scene.work.enrolments.course(anna.id)
    assert (enrolment.status, str(enrolment.session_on)) == (EnrolmentStatus.ACTIVE, "2026-12-04")
    assert "PC-00" in [row.step for row in scene.planned(anna)]


def test_a_session_that_did_not_take_place_has_no_date_any_more() -> None:
    scene, anna = connected()

    scene.office.sessions.session(scene.work, RITA, "A-1 not")
    scene.tap(RITA, YES)

    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    assert enrolment.next_on is None


@pytest.mark.parametrize("words", ["", "A-1 soon", "A-1 2020-01-01", "Z-9 done"])
def test_bad_input_gets_one_clear_message_and_changes_nothing(words: str) -> None:
    scene, anna = connected()
    before = len(scene.heard(RITA))

    scene.office.sessions.session(scene.work, RITA, words)

    assert len(scene.heard(RITA)) == before + 1
    assert anchors(scene, anna) == {"2026-12-18"}


def test_a_correction_is_told_to_the_patient_once_when_something_was_sent() -> None:
    scene, anna = connected()
    send_first(scene, anna)

    scene.office.sessions.correct(scene.work, CLARA, "A-1 treatment=resurfacing area=neck")
    assert "Treatment: PicoSure, now <b>Laser resurfacing</b>" in scene.last(CLARA)
    scene.tap(CLARA, YES)

    told = [text for text in scene.heard(ANNA) if "has corrected" in text]
    assert len(told) == 1
    assert "Area: face, now <b>neck</b>" in told[0]
    assert any(row.step.startswith("RS-") for row in scene.planned(anna))
    assert not any(row.step.startswith("PS-") for row in scene.planned(anna))


def test_a_correction_before_anything_was_sent_troubles_nobody() -> None:
    scene, anna = connected()

    scene.office.sessions.correct(scene.work, CLARA, "A-1 surface=micro-wounds")
    scene.tap(CLARA, YES)

    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    assert enrolment.surface_confirmed
    assert not any("has corrected" in text for text in scene.heard(ANNA))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param("treatment=resurfacing", "Laser resurfacing", id="another treatment"),
        pytest.param("surface=removed", "Laser resurfacing", id="a surface that goes by another one's plan"),
        pytest.param("treatment=picosure+acne-laser", "Acne laser", id="a further treatment"),
    ],
)
def test_nobody_real_is_corrected_to_a_plan_that_no_clinician_stands_for(change: str, named: str) -> None:
    scene, anna = connected()
    scene.goes_live("picosure", "pico")
    before = scene.work.enrolments.current(anna.id)

    scene.office.sessions.correct(scene.work, CLARA, f"A-1 {change}")

    assert "Nothing was saved: for now I enrol <b>test patients only</b>" in scene.last(CLARA)
    assert f"Not approved by a clinician as it is now (1)</b>: {named}" in scene.last(CLARA)
    assert YES not in scene.buttons(CLARA)
    assert scene.work.enrolments.current(anna.id) == before


def test_an_approval_that_ends_before_the_yes_ends_the_correction() -> None:
    scene, anna = connected()
    scene.goes_live("picosure", "pico")
    scene.office.sessions.correct(scene.work, CLARA, "A-1 treatment=pico")
    scene.goes_live("picosure")

    scene.tap(CLARA, YES)

    assert "test patients only" in scene.last(CLARA)
    assert [one.treatment for one in scene.work.enrolments.course(anna.id)] == ["picosure"]


@pytest.mark.parametrize(
    ("enrolled", "change"),
    [
        pytest.param("Anna picosure", "treatment=pico", id="to an approved one, whatever else is open"),
        pytest.param("Anna picosure", "area=neck", id="nothing of the plan, though nobody stands for it any more"),
        pytest.param("Anna picosure test=yes", "treatment=resurfacing", id="a test patient"),
    ],
)
def test_what_gives_nobody_real_an_unapproved_plan_is_corrected(enrolled: str, change: str) -> None:
    scene, anna = connected(enrolled)
    scene.goes_live("pico")
    before = scene.work.enrolments.current(anna.id)

    scene.office.sessions.correct(scene.work, CLARA, f"A-1 {change}")
    scene.tap(CLARA, YES)

    assert scene.work.enrolments.current(anna.id) != before


def test_reception_may_not_correct_clinical_facts() -> None:
    scene, _ = connected()

    scene.office.sessions.correct(scene.work, RITA, "A-1 surface=removed")

    assert scene.last(RITA).startswith("This is for: admin, clinician.")


def test_a_stopped_patient_is_not_told_of_a_new_date() -> None:
    scene, _ = connected()
    scene.office.leaving.stop(scene.work, ANNA)
    scene.tap(ANNA, "Yes, stop")

    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-01-08")
    scene.tap(RITA, YES)

    assert "next session is now" not in scene.last(ANNA)


def test_by_night_the_patient_hears_of_a_new_date_in_the_morning() -> None:
    scene, _ = connected()
    scene.clock.later(hours=10)
    scene.office.sessions.reschedule(scene.work, RITA, "A-1 2027-01-08")
    scene.tap(RITA, YES)
    assert not any("next session is now" in text for text in scene.heard(ANNA))

    scene.clock.later(hours=11)

    assert "next session is now" in scene.last(ANNA)


def test_weeks_count_from_the_session_here_too_and_it_is_said() -> None:
    scene, anna = connected("Anna picosure 13.11")

    scene.office.sessions.reschedule(scene.work, RITA, "A-1 +4w")
    assert "Counted from the session on Friday 13 November" in scene.last(RITA)
    scene.tap(RITA, YES)

    assert anchors(scene, anna) == {"2026-12-11"}


def test_a_new_date_on_a_closed_day_is_pointed_out() -> None:
    scene, _ = connected()

    scene.office.sessions.reschedule(scene.work, RITA, "A-1 20/12")

    assert "closed on Sunday 20 December" in scene.last(RITA)


@pytest.mark.parametrize(("typed", "hint"), [("32.12", "I cannot read the date"), ("4 weeks", "/reschedule A-1 +4w")])
def test_a_date_that_cannot_be_read_comes_back_with_what_works(typed: str, hint: str) -> None:
    scene, _ = connected()

    scene.office.sessions.reschedule(scene.work, RITA, f"A-1 {typed}")

    assert hint in scene.last(RITA)


def test_a_second_session_a_day_after_the_first_is_asked_about() -> None:
    scene, _ = connected()
    scene.clock.later(days=1)

    scene.office.sessions.session(scene.work, RITA, "A-1 done")

    assert "Was there really another session?" in scene.last(RITA)


def test_a_session_after_its_interval_is_not_doubted() -> None:
    scene, _ = connected()
    scene.clock.later(days=28)

    scene.office.sessions.session(scene.work, RITA, "A-1 done")

    assert "Was there really" not in scene.last(RITA)


def test_correct_alone_shows_what_is_recorded_and_what_may_be_typed() -> None:
    scene, _ = connected()

    scene.office.sessions.correct(scene.work, CLARA, "A-1")

    said = scene.last(CLARA)
    assert "skin surface: intact" in said
    assert "intact, micro-wounds, removed" in said
    assert "/correct A-1 surface=intact" in said


def test_the_surface_we_went_by_can_be_confirmed_as_it_is_without_troubling_the_patient() -> None:
    scene, anna = connected()
    send_first(scene, anna)

    scene.office.sessions.correct(scene.work, CLARA, "A-1 surface=intact")
    assert "Skin surface: intact, now <b>confirmed</b>" in scene.last(CLARA)
    scene.tap(CLARA, YES)

    enrolment = scene.work.enrolments.current(anna.id)
    assert enrolment is not None
    assert enrolment.surface_confirmed
    assert not any("has corrected" in text for text in scene.heard(ANNA))

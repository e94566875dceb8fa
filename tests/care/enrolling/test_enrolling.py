"""What staff type, and what comes of it."""

import pytest

from bot.care.model.enrolment import Area, EnrolmentStatus, Surface
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, a_scene, at_desk


def test_a_name_and_a_treatment_are_enough() -> None:
    scene = a_scene()

    patient = scene.enrol("Anna pico")

    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    assert (patient.first_name, enrolment.treatment, f"{enrolment.ended:%H:%M}") == ("Anna", "pico", "12:14")
    assert not enrolment.surface_confirmed
    assert "Skin surface not entered" in scene.last(RITA)


def test_the_answer_holds_a_link_a_picture_of_it_and_a_code_to_type() -> None:
    scene = a_scene()

    scene.enrol("Anna picosure 2026-11-20 next=2026-12-18")

    _, act = scene.arrived[-1]
    assert act.qr.startswith("https://t.me/aftercare_bot?start=token")
    assert act.qr in act.text
    assert "ABCD-0002" in act.text
    assert "PicoSure, session Friday 20 November, next Friday 18 December" in act.text
    assert scene.buttons(RITA) == ["Copy link", "New link", "Cancel this enrolment"]


def test_only_hashes_of_link_and_code_are_kept() -> None:
    scene = a_scene()

    patient = scene.enrol("Anna pico")

    invitation = scene.work.invitations.latest(patient.id)
    assert invitation is not None
    assert invitation.token_hash == f"hash of {scene.token()}"
    assert invitation.code_hash == "hash of ABCD0002"


def test_a_whole_line_is_understood() -> None:
    scene = a_scene()

    patient = scene.enrol(
        "Anna Maria acne scar laser yesterday next=+6w surface=micro-wounds area=neck ref=1234 phone=+44-20-7946-0143"
        " ended=16.30 lang=en zone=Europe/Paris country=fr test=true"
    )

    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    assert (patient.first_name, patient.ref, patient.phone) == ("Anna Maria", "1234", "+442079460143")
    assert (patient.zone.key, patient.country, patient.test) == ("Europe/Paris", "FR", True)
    assert (enrolment.area, enrolment.surface) == (Area.NECK, Surface.MICRO_WOUNDS)
    assert enrolment.surface_confirmed
    assert f"{enrolment.session_on} {enrolment.ended:%H:%M} {enrolment.next_on}" == "2026-11-19 16:30 2026-12-31"


def test_a_number_is_one_thing_however_it_is_spaced() -> None:
    scene = a_scene()

    patient = scene.enrol("Anna picosure yesterday phone=+44 20 7946 0143 next=18.12")

    enrolment = scene.work.enrolments.current(patient.id)
    assert patient.phone == "+442079460143"
    assert enrolment is not None
    assert f"{enrolment.next_on}" == "2026-12-18"


def test_every_problem_is_named_at_once_and_nothing_is_saved() -> None:
    scene = a_scene()

    scene.office.enrolling.enrol(scene.work, RITA, "Anna pikk next=soon surface=rough colour=red area=nose")

    said = scene.last(RITA)
    assert scene.people() == []
    assert all(wrong in said for wrong in ("pikk", "soon", "rough", "colour", "nose"))
    assert "For example: /enroll Anna picosure" in said


def test_a_session_still_to_come_is_refused_with_the_way_to_book_it() -> None:
    scene = a_scene()

    scene.office.enrolling.enrol(scene.work, RITA, "Anna pico 2026-12-01")

    assert "booked=2026-12-01" in scene.last(RITA)
    assert scene.people() == []


def test_a_first_session_can_be_booked_ahead() -> None:
    scene = a_scene()

    patient = scene.enrol("Anna pico booked=2026-12-01")

    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    assert (enrolment.status, enrolment.session_on) == (EnrolmentStatus.BOOKED, None)
    assert "first session booked for Tuesday 1 December" in scene.last(RITA)


def test_two_treatments_are_one_enrolment_led_by_the_deepest() -> None:
    scene = a_scene()

    patient = scene.enrol("Anna picosure+resurfacing")

    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    assert (enrolment.treatment, enrolment.also, enrolment.surface) == ("resurfacing", ("picosure",), Surface.REMOVED)


def test_a_next_session_too_soon_is_warned_of_but_taken() -> None:
    scene = a_scene()

    scene.enrol("Anna picosure next=+1w")

    assert "less than 21 days" in scene.last(RITA)


def test_nobody_is_enrolled_before_an_alert_has_been_seen() -> None:
    scene = a_scene(proven=False)

    scene.office.enrolling.enrol(scene.work, RITA, "Anna pico")

    assert scene.people() == []
    assert "/desk" in scene.last(RITA)


def test_the_form_can_be_filled_in_step_by_step() -> None:
    scene = a_scene()

    scene.office.enrolling.enrol(scene.work, RITA, "")
    assert scene.last(RITA) == "What is the patient's first name? To leave it: cancel"
    assert scene.type(RITA, "Anna")
    scene.tap(RITA, "PicoSure")
    scene.tap(RITA, "Another day")
    assert scene.type(RITA, "19.11")

    patient = scene.people()[-1]
    enrolment = scene.work.enrolments.current(patient.id)
    assert enrolment is not None
    assert (patient.first_name, enrolment.treatment, str(enrolment.session_on)) == ("Anna", "picosure", "2026-11-19")


def test_a_bad_day_in_the_form_can_be_typed_again() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "Anna")
    scene.tap(RITA, "PicoSure")
    scene.tap(RITA, "Another day")

    scene.type(RITA, "soon")
    assert "soon" in scene.last(RITA)
    scene.type(RITA, "yesterday")

    assert len(scene.people()) == 1


def test_the_desk_can_enrol_too() -> None:
    scene = a_scene()

    scene.enrol("Anna pico", by=at_desk(MARIA))

    assert "<b>Anna</b>" in scene.last(DESK)


def test_strangers_and_patients_get_the_fixed_answer_and_it_is_audited() -> None:
    scene = a_scene()

    scene.office.enrolling.enrol(scene.work, ANNA, "Berta pico")

    assert scene.last(ANNA).startswith("I am the aftercare helper")
    assert scene.people() == []
    assert scene.audited() == ["refused"]


def test_in_a_foreign_group_staff_get_no_answer_at_all() -> None:
    scene = a_scene()
    elsewhere = at_desk(MARIA).__class__(1, -999, "Maria", private=False)

    scene.office.enrolling.enrol(scene.work, elsewhere, "Anna pico")

    assert scene.heard(-999) == []
    assert scene.people() == []


@pytest.mark.parametrize("choice", ["A-1, nothing new", "A-1, a new session", "Somebody else"])
def test_the_same_name_within_two_days_is_asked_about(choice: str) -> None:
    scene = a_scene()
    first = scene.enrol("Anna pico yesterday")

    scene.office.enrolling.enrol(scene.work, RITA, "Anna picosure")
    assert "Is it the same person?" in scene.last(RITA)
    scene.tap(RITA, choice)

    people, sessions = len(scene.people()), len(scene.work.enrolments.course(first.id))
    expected = {"A-1, nothing new": (1, 1), "A-1, a new session": (1, 2), "Somebody else": (2, 1)}
    assert (people, sessions) == expected[choice]


def test_the_same_record_number_is_asked_about_however_long_ago() -> None:
    scene = a_scene()
    scene.enrol("Anna pico ref=77")
    scene.clock.later(days=90)

    scene.office.enrolling.enrol(scene.work, RITA, "Anne pico ref=77")

    assert "same record number" in scene.last(RITA)


def test_a_new_link_kills_the_old_one() -> None:
    scene = a_scene()
    scene.enrol("Anna pico")
    old = scene.token()

    scene.tap(RITA, "New link")

    assert scene.token() != old
    scene.office.joining.open(scene.work, ANNA, old)
    assert "does not work any more" in scene.last(ANNA)


def test_a_cancelled_enrolment_is_cancelled_and_its_link_dead() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna pico")

    scene.tap(RITA, "Cancel this enrolment")
    assert scene.work.enrolments.current(patient.id) is not None
    scene.tap(RITA, "Yes, do this")

    assert scene.work.enrolments.current(patient.id) is None
    assert ["enrolment cancelled" in text for text in scene.heard(RITA)[-2:]] == [True, True]
    scene.office.joining.open(scene.work, ANNA, scene.token())
    assert "does not work any more" in scene.last(ANNA)


@pytest.mark.parametrize("how", ["left", "another member", "too late"])
def test_an_enrolment_is_not_cancelled_by_one_tap_nor_by_somebody_elses(how: str) -> None:
    scene = a_scene()
    patient = scene.enrol("Anna pico", by=at_desk(RITA))
    scene.tap(at_desk(RITA), "Cancel this enrolment")

    if how == "too late":
        scene.clock.later(minutes=11)
    label = "Leave it as it is" if how == "left" else "Yes, do this"
    scene.tap(at_desk(CLARA if how == "another member" else RITA), label)

    assert scene.work.enrolments.current(patient.id) is not None
    assert "cancel-enrolment" not in scene.audited()


def test_who_connected_before_the_second_tap_stays_enrolled() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna pico")
    scene.tap(RITA, "Cancel this enrolment")
    scene.join()

    scene.tap(RITA, "Yes, do this")

    assert scene.work.enrolments.current(patient.id) is not None
    assert "connected already" in scene.last(RITA)


def test_somebody_called_al_is_not_an_acne_laser() -> None:
    scene = a_scene()

    patient = scene.enrol("Al pico")

    assert patient.first_name == "Al"


def test_every_enrolment_is_audited_once() -> None:
    scene = a_scene()

    scene.enrol("Anna pico")

    assert scene.audited() == ["enroll"]


def test_one_wrong_day_is_asked_for_again_and_the_rest_is_kept() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "")
    scene.type(RITA, "Anna")
    scene.tap(RITA, "PicoSure")
    scene.tap(RITA, "Another day")

    assert scene.type(RITA, "32.11")
    assert "session date: I cannot read <b>32.11</b>" in scene.last(RITA)
    assert "Which day was the session of Anna?" in scene.last(RITA)
    assert scene.type(RITA, "17 Nov")

    assert "PicoSure, session Tuesday 17 November" in scene.last(RITA)


def test_a_treatment_may_be_typed_where_its_buttons_are_and_a_slip_is_asked_about() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "Anna")

    assert scene.type(RITA, "picosur")
    assert "Did you mean picosure?" in scene.last(RITA)
    assert "PicoSure" in scene.buttons(RITA)
    assert scene.type(RITA, "picosure")

    assert "When was the session of Anna?" in scene.last(RITA)


def test_the_form_can_be_given_up_at_any_question() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "Anna")
    scene.tap(RITA, "PicoSure")

    scene.tap(RITA, "Cancel")

    assert scene.last(RITA) == "Nobody was enrolled. To begin again: /enroll"
    assert not scene.type(RITA, "yesterday")
    assert scene.people() == []


def test_cancel_is_nobody_s_name() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "")

    assert scene.type(RITA, "Cancel")

    assert scene.last(RITA) == "Nobody was enrolled. To begin again: /enroll"
    assert not scene.type(RITA, "Anna")


def test_a_button_under_an_older_question_says_nothing_of_the_form_that_is_open_now() -> None:
    scene = a_scene()
    scene.office.enrolling.enrol(scene.work, RITA, "Dora")
    scene.office.enrolling.enrol(scene.work, RITA, "Eve")

    scene.tap(RITA, "Laser resurfacing", nth=0)

    assert "no longer open" in scene.last(RITA)
    scene.tap(RITA, "PicoSure")
    assert "When was the session of Eve?" in scene.last(RITA)


def test_a_next_session_on_a_closed_day_is_pointed_out() -> None:
    scene = a_scene()

    scene.enrol("Anna picosure next=20.12")

    assert "the clinic is closed on Sunday 20 December" in scene.last(RITA)


def test_what_was_left_out_comes_with_the_command_that_mends_it() -> None:
    scene = a_scene()

    scene.enrol("Anna picosure")

    assert "/correct A-1 surface=intact" in scene.last(RITA)
    assert "/reschedule A-1 +" in scene.last(RITA)

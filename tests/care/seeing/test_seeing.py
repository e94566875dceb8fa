"""What staff see of their patients and of the messages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.enrolment import HealthFacts
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import CheckInAnswer, Entry, Heard, Sender
from bot.care.model.people import Contact
from bot.care.model.standing import Signs, is_silent
from bot.care.model.triage import Level
from tests.care.scene import ANNA, BERT, CLARA, DESK, FRIDAY_NOON, RITA, a_scene, at_desk


def test_the_list_shows_code_name_day_treatment_and_state() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure yesterday")
    scene.join()
    scene.enrol("Bert pico booked=+2w")

    scene.office.seeing.patients(scene.work, RITA)

    assert "A-1 Anna, day 1, PicoSure: active" in scene.last(RITA)
    assert "A-2 Bert, before the first session, Pico laser: waiting for consent" in scene.last(RITA)


def test_a_red_flag_leads_the_state() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure")
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.URGENT, "RF-U1", "fever"))

    scene.office.seeing.patients(scene.work, RITA)

    assert "<b>flagged</b>" in scene.last(RITA)


def test_a_long_list_is_turned_page_by_page() -> None:
    scene = a_scene()
    for number in range(12):
        scene.enrol(f"Anna{number} picosure")

    scene.office.seeing.patients(scene.work, RITA)
    assert "page 1 of 2" in scene.last(RITA)
    scene.tap(RITA, "Older")

    assert "page 2 of 2" in scene.last(RITA)
    assert "A-1 Anna0" in scene.last(RITA)
    assert scene.buttons(RITA) == ["Newer"]
    assert scene.audited()[-2:] == ["patients", "patients"]


def test_the_card_holds_what_is_needed_to_call_and_to_judge() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure next=+4w ref=1234 phone=+442079460143")
    scene.join()
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.SAME_DAY, "RF-S2", "swelling"))

    scene.office.seeing.patient(scene.work, at_desk(CLARA), "a1")

    card = scene.last(DESK)
    for part in (
        "<b>Anna</b> (A-1)",
        "1234",
        "+442079460143",
        "day 0",
        "unconfirmed",
        "makeup: off; back on",
        "Alerts: 1 open",
    ):
        assert part in card
    assert scene.buttons(DESK) == [
        "Wrong person",
        "Other account",
        "Session took place",
        "Move next session",
        "Hours",
        "Pause",
        "End the course",
    ]


def test_dates_that_hang_on_a_session_nobody_knows_of_say_so() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure 2026-11-01 next=2026-11-22")
    scene.join()
    scene.office.seeing.patient(scene.work, RITA, "A-1")
    before = scene.last(RITA)
    scene.clock.later(days=3)

    scene.office.seeing.patient(scene.work, RITA, "A-1")

    asked = "Did the session of 22 November take place? Until you say so"
    assert (asked in before, asked in scene.last(RITA)) == (False, True)


def test_the_card_says_risks_silence_answers_and_alerts_in_words() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure 2026-11-18")
    scene.join()
    enrolment = scene.work.enrolments.course(anna.id)[-1]
    health = HealthFacts(cold_sores=True, isotretinoin="now", pregnancy=True)
    scene.work.enrolments.save(replace(enrolment, health=health))
    anna = scene.work.patients.get(anna.id)
    scene.work.patients.save(replace(anna.stop(at=FRIDAY_NOON), unreachable_since=FRIDAY_NOON))
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.URGENT, "RF-U1", "hot and yellow"))
    given = CheckInAnswer(anna.id, enrolment.id, "PS-02", "compared", "swelling-larger", FRIDAY_NOON, 2)
    scene.work.answers.add(given)

    scene.office.seeing.patient(scene.work, RITA, "A-1")
    scene.office.seeing.patients(scene.work, RITA)

    card = scene.heard(RITA)[-2]
    for part in ("takes isotretinoin", "pregnant", "cold sores", "<b>Stopped</b>", "<b>Cannot be reached</b>"):
        assert part in card
    assert "Alerts: 1 open" in card
    assert "🟠 URGENT" in card
    assert "RF-U1" not in card
    assert "Day 2: Compared with" in card
    assert "<b>Swelling larger than yesterday</b>" in card
    assert "swelling-larger" not in card
    assert "<b>unreachable</b>, chat blocked, <b>flagged</b>" in scene.last(RITA)


def test_who_has_no_working_link_or_did_not_agree_is_not_waited_for() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Not me")
    scene.enrol("Bert picosure")
    scene.office.joining.open(scene.work, BERT, scene.token())
    scene.tap(BERT, "Yes, that is me")
    scene.tap(BERT, "No")

    scene.office.seeing.patients(scene.work, RITA)

    assert "A-1 Anna, day 0, PicoSure: <b>not connected</b>, no working link" in scene.last(RITA)
    assert "A-2 Bert, day 0, PicoSure: link opened, <b>not agreed</b>" in scene.last(RITA)


def test_who_is_under_18_is_not_in_care() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Yes, that is me")
    scene.tap(ANNA, "I am under 18")
    scene.tap(ANNA, "Yes, I am under 18")

    scene.office.seeing.patients(scene.work, RITA)

    assert "Nobody is in care" in scene.last(RITA)


def test_two_who_fit_are_listed_and_never_guessed() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.clock.later(days=5)
    scene.enrol("Anna pico")

    scene.office.seeing.patient(scene.work, RITA, "anna")

    assert "A-1 Anna" in scene.last(RITA)
    assert "A-2 Anna" in scene.last(RITA)
    assert "use the code" in scene.last(RITA)


def test_somebody_can_be_found_by_record_number() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure ref=K-77")

    scene.office.seeing.patient(scene.work, RITA, "k-77")

    assert "<b>Anna</b> (A-1)" in scene.last(RITA)


def test_the_wrong_person_is_unlinked_and_gets_nothing_more() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure next=+4w")
    scene.join(BERT)
    old = scene.token()

    scene.office.seeing.patient(scene.work, RITA, "A-1")
    scene.tap(RITA, "Wrong person")
    scene.tap(RITA, "Yes, do this")

    assert scene.work.patients.get(anna.id).contact is None
    assert scene.planned(anna) == []
    scene.office.joining.open(scene.work, BERT, old)
    assert "does not work any more" in scene.last(BERT)
    scene.join(ANNA)
    assert "PS-00" in [row.step for row in scene.planned(anna)]


def test_a_course_ended_by_staff_sends_nothing_more_but_says_so() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure")
    scene.join()

    scene.office.seeing.patient(scene.work, RITA, "A-1")
    scene.tap(RITA, "End the course")
    assert "This is for: admin, clinician." in scene.last(RITA)
    scene.office.seeing.patient(scene.work, CLARA, "A-1")
    scene.tap(CLARA, "End the course")
    scene.tap(CLARA, "Yes, do this")

    assert scene.planned(anna) == []
    assert "has ended this plan" in scene.last(ANNA)


def test_every_look_at_a_card_is_audited() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    scene.office.seeing.patient(scene.work, RITA, "A-1")

    assert scene.audited() == ["enroll", "patient"]


def test_messages_are_shown_as_a_patient_would_read_them() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()

    scene.office.seeing.templates(scene.work, CLARA, "")
    assert "picosure" in scene.last(CLARA)
    scene.office.seeing.templates(scene.work, CLARA, "picosure")
    assert "PS-03" in scene.last(CLARA)
    scene.office.seeing.templates(scene.work, CLARA, "picosure PS-00 A-1")

    assert "picosure PS-00</b> as A-1 would read it" in scene.last(CLARA)
    assert "+44 20 7946 0143" in scene.last(CLARA)


def test_a_message_can_be_shown_without_any_patient() -> None:
    scene = a_scene()

    scene.office.seeing.templates(scene.work, CLARA, "picosure ps-03")

    assert "as an example would read it" in scene.last(CLARA)


def a_check_in(days_ago: int) -> Delivery:
    sent_at = FRIDAY_NOON - timedelta(days=days_ago)
    return Delivery(Lane.SCHEDULED, Contact(1), sent_at, state=DeliveryState.SENT, step="PS-01", sent_at=sent_at)


def test_two_check_ins_without_a_sign_of_life_are_silence() -> None:
    rows = [a_check_in(4), a_check_in(2), a_check_in(0)]
    heard = Entry(1, FRIDAY_NOON - timedelta(days=3), Heard.ANSWERED, "hello", 1, 1)

    assert is_silent(Signs(rows, (), (), frozenset({"PS-01"})), at=FRIDAY_NOON)
    assert not is_silent(Signs(rows, (), (heard,), frozenset({"PS-01"})), at=FRIDAY_NOON)
    assert not is_silent(Signs(rows[1:], (), (), frozenset({"PS-01"})), at=FRIDAY_NOON)


@pytest.mark.parametrize("heard", [Heard.REPLY, Heard.HANDED_BACK])
def test_staff_who_write_to_a_silent_patient_do_not_end_the_silence(heard: Heard) -> None:
    said = Entry(1, FRIDAY_NOON - timedelta(days=3), heard, "how are you?", 1, 1)

    assert is_silent(Signs([a_check_in(4), a_check_in(2)], (), (said,), frozenset({"PS-01"})), at=FRIDAY_NOON)


def test_the_card_of_a_treatment_that_is_no_longer_offered_still_opens() -> None:
    scene = a_scene()
    scene.enrol("Anna pico next=+4w phone=+442079460143")
    scene.join()
    scene.library.retire("pico")

    scene.office.seeing.patient(scene.work, RITA, "A-1")
    scene.office.seeing.patients(scene.work, RITA)

    assert "+442079460143" in scene.heard(RITA)[-2]
    assert "A-1 Anna, day 0, pico: active" in scene.last(RITA)


def test_an_earlier_session_of_a_retired_treatment_leaves_the_card_whole() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna pico yesterday")
    scene.join()
    first = scene.work.enrolments.course(anna.id)[-1]
    scene.work.enrolments.save(first.close(at=FRIDAY_NOON))
    scene.work.enrolments.add(replace(first, id=0, treatment="picosure", session_on=FRIDAY_NOON.date()))
    scene.library.retire("pico")

    scene.office.seeing.patient(scene.work, RITA, "A-1")

    assert "makeup: off; back on" in scene.last(RITA)


def test_the_card_says_what_the_patient_is_told_while_a_flag_is_open() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure 2026-11-17")
    scene.join()
    enrolment = scene.work.enrolments.course(anna.id)[-1]
    given = CheckInAnswer(anna.id, enrolment.id, "PS-02", "compared", "better-calm", FRIDAY_NOON, 2)
    scene.work.answers.add(given)
    scene.office.seeing.patient(scene.work, RITA, "A-1")
    before = scene.last(RITA)
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.SAME_DAY, "RF-S3", "blister"))

    scene.office.seeing.patient(scene.work, RITA, "A-1")

    assert _windows(scene.last(RITA)) != _windows(before)


def _windows(card: str) -> list[str]:
    return [line for line in card.splitlines() if line.startswith(("makeup", "exercise", "sun", "heat"))]


@pytest.mark.parametrize("who", [at_desk(RITA), RITA, at_desk(CLARA)])
def test_what_is_for_clinicians_only_is_counted_on_the_card_and_no_more(who: Sender) -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure")
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.URGENT, "RF-U1", "hot and yellow"))
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.EMERGENCY, "RF-E5", "..."))

    scene.office.seeing.patient(scene.work, who, "Anna")

    assert "Self-harm" not in scene.last(who)
    assert "EMERGENCY" not in scene.last(who)
    assert "Alerts: 1 open" in scene.last(who)
    assert "Alerts for clinicians only: 1" in scene.last(who)


def test_a_clinician_sees_all_of_it_privately() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure")
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.EMERGENCY, "RF-E5", "..."))

    scene.office.seeing.patient(scene.work, CLARA, "Anna")

    assert "Self-harm" in scene.last(CLARA)
    assert "clinicians only" not in scene.last(CLARA)

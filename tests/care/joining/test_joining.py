"""From a link in somebody's hand to the first message of their plan."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.countries import ONE_CLOCK
from bot.care.model.enrolment import Retinol
from bot.care.model.inbound import Sender
from tests.care.scene import ANNA, BERT, CLARA, DESK, MARIA, RITA, Scene, a_scene, at_desk

STRANGER = "I am the aftercare helper"
NO_LINK = "does not work any more"
TODAY = "<b>Friday 20 November</b> · Session day"


def today_asked_for(scene: Scene) -> str:
    """All that Anna reads after /today."""
    scene.office.selfcare.today(scene.work, ANNA)
    return scene.last(ANNA)


def test_the_first_screen_says_only_a_name_and_a_day() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    scene.office.joining.open(scene.work, ANNA, scene.token())

    assert scene.last(ANNA) == "For Anna, session on 20 November: is that you?"
    assert scene.buttons(ANNA) == ["Yes, that is me", "Not me"]


def test_the_code_typed_by_hand_does_the_same_however_it_is_written() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    assert scene.type(ANNA, "abcd ooo2")

    assert scene.last(ANNA).startswith("For Anna")


def test_words_that_only_look_like_a_code_are_left_to_others() -> None:
    scene = a_scene()

    assert not scene.type(ANNA, "swelling")


def test_consent_comes_with_the_whole_text_before_any_yes() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Yes, that is me")

    said = scene.last(ANNA)
    for promise in ("automatic", "around the clock", "end-to-end", "care team", "kept", "18 or older"):
        assert promise in said
    assert scene.buttons(ANNA) == ["I agree, I am 18 or older", "I am under 18", "No"]


def test_with_the_yes_the_plan_is_made_and_day_0_is_due_at_once() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure next=+4w")

    scene.join()

    patient = scene.work.patients.get(patient.id)
    assert patient.consent is not None
    assert patient.contact is not None
    assert patient.contact.chat == ANNA.chat
    due = [row for row in scene.planned(patient) if row.due_at <= scene.clock.now()]
    assert [row.step for row in due] == ["PS-00"]


def test_the_enrolment_message_says_who_is_connected_since_when() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.clock.later(minutes=3)

    scene.join()

    assert scene.last(RITA).startswith("<b>Anna</b> (A-1): connected 12:17")
    assert scene.buttons(RITA) == []


def test_the_version_of_the_words_is_kept_with_the_consent() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.join()
    other = scene.enrol("Bert picosure")
    scene.join(BERT)

    consents = [scene.work.patients.get(one.id).consent for one in (patient, other)]

    versions = {consent.version for consent in consents if consent is not None}
    assert len(versions) == 1
    assert len(versions.pop()) == 16


def test_not_me_kills_the_link_tells_staff_and_keeps_nothing() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, BERT, scene.token())

    scene.tap(BERT, "Not me")

    assert "nothing about you was kept" in scene.last(BERT)
    assert "not me" in scene.last(DESK)
    assert scene.work.patients.get(patient.id).contact is None
    assert all(str(BERT.account) not in f"{event}" for event in scene.work.audit.tail(10))
    scene.office.joining.open(scene.work, ANNA, scene.token())
    assert NO_LINK in scene.last(ANNA)


@pytest.mark.parametrize(
    ("answers", "staff_read"), [(("I am under 18", "Yes, I am under 18"), "under 18"), (("No",), "did not agree")]
)
def test_without_consent_nothing_is_sent_and_staff_know(answers: tuple[str, ...], staff_read: str) -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Yes, that is me")

    for answer in answers:
        scene.tap(ANNA, answer)

    assert staff_read in scene.last(DESK)
    assert scene.work.patients.get(patient.id).consent is None
    assert scene.work.outbox.of_enrolment(1) == []


def test_under_18_tapped_by_mistake_leads_back_to_the_words() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Yes, that is me")

    scene.tap(ANNA, "I am under 18")
    assert "Are you under 18?" in scene.last(ANNA)
    scene.tap(ANNA, "No, back")
    assert "Before we begin" in scene.last(ANNA)
    scene.tap(ANNA, "I agree, I am 18 or older")

    assert scene.work.patients.get(patient.id).consent is not None
    assert "under 18" not in "".join(scene.heard(DESK))


def test_the_yes_of_the_second_screen_is_where_the_yes_of_the_first_was() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Yes, that is me")

    first, second = (act.keyboard for where, act in scene.arrived if where == ANNA.chat)

    assert (len(first), len(second)) == (2, 2)
    assert second[0][0].deed == "consent-yes"


def test_used_expired_unknown_and_revoked_links_get_one_and_the_same_answer() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    used = scene.token()
    scene.join()
    scene.enrol("Carl picosure")
    revoked = scene.token()
    scene.tap(RITA, "New link")
    expired = scene.token()
    scene.clock.later(hours=73)

    for token in (used, revoked, expired, "x" * 43):
        scene.office.joining.open(scene.work, BERT, token)

    assert len(set(scene.heard(BERT))) == 1
    assert NO_LINK in scene.last(BERT)


def test_staff_see_a_second_account_at_a_used_link() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()

    scene.office.joining.open(scene.work, BERT, scene.token())

    assert "by another account" in scene.last(DESK)
    assert NO_LINK in scene.last(BERT)


def test_the_rightful_account_reopening_its_link_gets_today() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()

    scene.office.joining.open(scene.work, ANNA, scene.token())

    assert (said := scene.last(ANNA)).startswith(TODAY)
    assert said == today_asked_for(scene)


def test_a_link_opened_but_not_agreed_to_can_be_opened_again_by_the_same_account_only() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.tap(ANNA, "Yes, that is me")

    scene.office.joining.open(scene.work, BERT, scene.token())
    scene.office.joining.open(scene.work, ANNA, scene.token())

    assert NO_LINK in scene.last(BERT)
    assert "Do you agree?" in scene.last(ANNA)


def test_after_five_bad_tries_an_hour_there_is_silence_even_for_a_good_one() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    for _ in range(5):
        scene.office.joining.open(scene.work, BERT, "guess" * 5)
    answers = len(scene.heard(BERT))

    scene.office.joining.open(scene.work, BERT, scene.token())

    assert len(scene.heard(BERT)) == answers == 5
    scene.clock.later(minutes=61)
    scene.office.joining.open(scene.work, BERT, scene.token())
    assert scene.last(BERT).startswith("For Anna")


def test_an_account_in_care_gets_nothing_of_another_link_until_staff_choose() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    scene.clock.later(days=40)
    scene.enrol("Anna picosure")

    scene.office.joining.open(scene.work, ANNA, scene.token())

    assert "is checking something" in scene.last(ANNA)
    assert scene.buttons(DESK) == ["Same person, A-1", "Two people"]


def test_the_same_person_goes_on_with_the_new_session() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure")
    scene.join()
    scene.clock.later(days=40)
    double = scene.enrol("Anna pico")
    scene.office.joining.open(scene.work, ANNA, scene.token())

    scene.tap(at_desk(CLARA), "Same person, A-1")

    assert [one.treatment for one in scene.work.enrolments.course(anna.id)] == ["picosure", "pico"]
    assert scene.work.enrolments.current(double.id) is None
    assert "PC-00" in [row.step for row in scene.planned(anna)]


def test_a_test_patient_s_session_is_not_taken_over_by_somebody_real_while_no_clinician_stands_for_it() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure")
    scene.join()
    scene.clock.later(days=40)
    scene.goes_live("picosure", "answers")
    double = scene.enrol("Anna pico test=yes")
    scene.office.joining.open(scene.work, ANNA, scene.token())

    scene.tap(at_desk(CLARA), "Same person, A-1")
    refused = scene.last(DESK)
    scene.goes_live("picosure", "pico", "answers")
    scene.tap(at_desk(CLARA), "Same person, A-1")

    assert "Not approved by a clinician as it is now (1)</b>: Pico laser" in refused
    assert [one.treatment for one in scene.work.enrolments.course(anna.id)] == ["picosure", "pico"]
    assert scene.work.enrolments.current(double.id) is None


def test_staff_are_asked_once_a_day_however_often_somebody_elses_link_is_opened() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    scene.enrol("Bert picosure")
    token, before = scene.token(), len(scene.heard(DESK))

    for _ in range(20):
        scene.office.joining.open(scene.work, ANNA, token)

    assert len(scene.heard(DESK)) == before + 1
    assert scene.buttons(DESK) == ["Same person, A-1", "Two people"]
    scene.enrol("Carl picosure")
    scene.join(Sender(1003, 1003, "Carl", "en"))
    before = len(scene.heard(DESK))
    scene.office.joining.open(scene.work, Sender(1003, 1003, "Carl", "en"), token)
    assert len(scene.heard(DESK)) == before + 1
    scene.clock.later(hours=25)
    scene.office.joining.open(scene.work, ANNA, token)
    assert len(scene.heard(DESK)) == before + 2


def test_who_has_joined_from_an_own_account_is_nobody_elses_next_session() -> None:
    scene = a_scene()
    anna = scene.enrol("Anna picosure phone=+447700900001")
    scene.join()
    bert = scene.enrol("Bert picosure today ref=777")
    scene.office.joining.open(scene.work, ANNA, scene.token())
    scene.deliver()
    scene.join(BERT)
    planned = len(scene.planned(bert))

    scene.tap(at_desk(RITA), "Same person, A-1")

    assert scene.work.enrolments.current(bert.id) is not None
    assert len(scene.planned(bert)) == planned > 0
    assert len(scene.work.enrolments.course(anna.id)) == 1
    assert scene.work.patients.get(anna.id).ref == ""
    assert "has joined from an account of their own" in scene.last(DESK)
    assert scene.buttons(DESK) == []
    assert "same-person" not in scene.audited()


def test_two_people_on_one_account_are_refused_with_the_reason() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    double = scene.enrol("Dora pico")
    scene.office.joining.open(scene.work, ANNA, scene.token())

    scene.tap(at_desk(CLARA), "Two people")

    assert "advice for two would get mixed up" in scene.last(ANNA)
    assert scene.work.patients.get(double.id).contact is None
    scene.office.joining.open(scene.work, BERT, scene.token())
    assert scene.last(BERT).startswith("For Dora")


def test_somebody_of_the_staff_may_be_a_patient_too() -> None:
    scene = a_scene()
    patient = scene.enrol("Maria picosure")

    scene.join(MARIA)

    assert scene.work.patients.get(patient.id).consent is not None
    assert scene.work.team.member(MARIA.account) is not None


def test_start_alone_gives_everybody_what_is_theirs() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()

    for who in (ANNA, BERT, RITA):
        scene.office.joining.start(scene.work, who)

    assert (said := scene.last(ANNA)).startswith(TODAY)
    assert said == today_asked_for(scene)
    assert scene.last(BERT).startswith(STRANGER)
    assert "/enroll - Enrol a patient" in scene.last(RITA)
    assert "/staff - " not in scene.last(RITA)


def test_a_group_never_joins() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    scene.office.joining.open(scene.work, replace(ANNA, chat=-5, private=False), scene.token())

    assert scene.heard(-5) == []


def test_the_questions_come_after_the_first_message_and_can_all_be_skipped() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure phone=+442079460143")
    scene.join()
    assert not any("A few quick questions" in text for text in scene.heard(ANNA))

    scene.clock.later(seconds=20)
    assert "A few quick questions" in scene.last(ANNA)
    scene.tap(ANNA, "Skip all")

    assert "/health" in scene.last(ANNA)


def test_the_answers_change_the_advice_and_take_at_most_eight_taps() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.join()
    scene.clock.later(seconds=20)

    answers = ("Yes, keep them", "Not sure", "Stopped, up to 6 months ago", "09/2026", "No", "Yes", "No")
    for answer in answers:
        scene.tap(ANNA, answer)

    enrolment = scene.work.enrolments.current(patient.id)
    consent = scene.work.patients.get(patient.id).consent
    assert enrolment is not None
    assert consent is not None
    assert consent.photos
    assert (enrolment.health.cold_sores, enrolment.health.isotretinoin) == (True, "2026-09-30")
    assert enrolment.health.retinol is Retinol.START
    assert len(answers) <= 8
    assert "isotretinoin" in "".join(scene.heard(DESK))


def test_pregnancy_is_told_to_staff_at_once() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    scene.clock.later(seconds=20)

    for answer in ("No photos, please", "No", "Never", "I prefer not to say"):
        scene.tap(ANNA, answer)

    assert "prefers not to say" in scene.last(DESK)


def test_a_shared_phone_number_is_kept_if_it_is_their_own() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.join()

    scene.office.joining.health.phone_shared(scene.work, ANNA, "441632960000", owner=99)
    assert scene.work.patients.get(patient.id).phone == ""
    scene.office.joining.health.phone_shared(scene.work, ANNA, "441632960000", owner=ANNA.account)

    assert scene.work.patients.get(patient.id).phone == "+441632960000"


def test_country_and_clock_are_shown_in_one_line_and_can_be_changed() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure next=+4w")
    scene.join()
    assert scene.last(ANNA) == "Times follow London. Emergency number (United Kingdom): 999."

    scene.tap(ANNA, "Change")
    scene.tap(ANNA, "Spain")
    assert scene.type(ANNA, "madrid")

    patient = scene.work.patients.get(patient.id)
    assert (patient.country, patient.zone.key) == ("ES", "Europe/Madrid")
    assert "(Spain): 112" in scene.last(ANNA)


def test_a_country_with_one_clock_asks_for_no_city() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure next=+4w")
    scene.join()
    scene.tap(ANNA, "Change")

    scene.tap(ANNA, "Germany")

    patient = scene.work.patients.get(patient.id)
    assert (patient.country, patient.zone.key) == ("DE", "Europe/Berlin")
    assert scene.last(ANNA) == "Times follow Berlin. Emergency number (Germany): 112."
    assert not scene.type(ANNA, "Munich")


@pytest.mark.parametrize("code", sorted(ONE_CLOCK))
def test_the_one_clock_of_a_country_exists(code: str) -> None:
    assert ZoneInfo(ONE_CLOCK[code]).key == ONE_CLOCK[code]


def test_every_country_of_the_clinic_has_a_name() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()

    scene.tap(ANNA, "Change")

    assert "United States" in scene.buttons(ANNA)
    assert all(len(label) > 2 for label in scene.buttons(ANNA))


def test_a_city_nobody_knows_is_said_to_be_none_once_and_a_question_never() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    scene.tap(ANNA, "Change")
    scene.tap(ANNA, "United States")

    assert not scene.type(ANNA, "it hurts")
    assert scene.type(ANNA, "Springfield")
    assert "no city called Springfield" in scene.last(ANNA)
    assert not scene.type(ANNA, "Springfield")
    assert scene.type(ANNA, "Chicago")


def test_a_question_typed_instead_of_a_city_is_no_city() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    scene.tap(ANNA, "Change")
    scene.tap(ANNA, "Spain")

    assert not scene.type(ANNA, "when may I wear makeup?")


@pytest.mark.parametrize("late", ["I agree, I am 18 or older", "I am under 18", "No"])
def test_a_second_tap_under_the_consent_changes_nothing(late: str) -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure")
    scene.join()
    heard, planned = scene.heard(ANNA), scene.planned(patient)

    scene.tap(ANNA, late)

    assert scene.heard(ANNA) == heard
    assert scene.planned(patient) == planned
    assert scene.work.patients.get(patient.id).consent is not None

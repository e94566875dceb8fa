"""After "Wrong person": what the one wrote is no danger of the other's, and staff go on seeing to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.flags import NO_FLAGS
from bot.care.model.inbound import CheckInAnswer, Flow, Said, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.sent_file import FileKind, SentFile
from bot.care.model.triage import Level
from bot.care.services.answering import Asked
from bot.care.services.questions import SKIP
from tests.care.listening.ward import MONDAY, Ward, a_ward
from tests.care.scene import ANNA, BERT, CLARA, DESK, RITA, at_desk

PHOTO = SentFile("photo-1", FileKind.PHOTO, 90_000, "image/jpeg")
HARM = "i want to kill myself"
PUS = "pus is coming out and I have fever"
DOG = "is it ok to walk my dog in the rain with a hat on"
SIGN = "there is pus on my cheek and i have fever"


def unlinked(words: str, *, picture: bool = False) -> Ward:
    """The wrong person wrote this."""
    ward = a_ward()
    if picture:
        shows(ward, ANNA)
    ward.says(ANNA, words)
    ward.office.seeing.patient(ward.work, RITA, "A-17")
    ward.tap(RITA, "Wrong person")
    ward.tap(RITA, "Yes, do this")
    return ward


def shows(ward: Ward, who: Sender) -> None:
    said = Said(who, "", next(ward.ids), media="photo", file=PHOTO)
    ward.listening.media(ward.work, said)
    ward.deliver()


def rejoined(words: str) -> Ward:
    """And then the right one opened the new link."""
    ward = unlinked(words)
    ward.join(BERT)
    return ward


def the_right_one(ward: Ward) -> Patient:
    patient = ward.work.patients.by_chat(BERT.chat)
    assert patient is not None
    return patient


def written_to(ward: Ward, words: str) -> None:
    """Clara writes to the patient, under no alert."""
    (patient,) = ward.records.memory.patients.values()
    ward.desk.write_to(ward.work, at_desk(CLARA), Tap("", "write-to", (str(patient.id),), DESK, 0, ""))
    ward.deliver()
    ward.says(at_desk(CLARA), words, reply_to=ward.message_of(Purpose.RELAY))


def test_the_right_person_is_not_told_of_the_other_s_danger() -> None:
    ward = rejoined(HARM)
    before = len(ward.heard(BERT))

    ward.says(BERT, DOG)

    heard = " ".join(ward.heard(BERT)[before:])
    assert heard
    assert "116 123" not in heard
    assert "still writing" not in heard
    assert not any(DOG in text for text in ward.heard(CLARA))


def test_their_words_are_not_added_to_the_other_s_case() -> None:
    ward = rejoined(PUS)
    before = len(ward.heard(BERT))

    ward.says(BERT, DOG)

    assert "passed this on as well" not in " ".join(ward.heard(BERT)[before:])
    assert not any(DOG in act.text for act in ward.alerts())


def test_the_same_sign_of_theirs_is_a_case_of_its_own_with_advice() -> None:
    ward = rejoined(PUS)
    patient = ward.work.patients.by_chat(BERT.chat)
    assert patient is not None

    ward.says(BERT, SIGN)

    assert len(ward.work.escalations.of_patient(patient.id)) == 2
    assert SIGN in ward.alerts()[-1].text


def test_a_yes_of_theirs_answers_no_question_put_to_the_other() -> None:
    ward = rejoined("a bit swollen on one side only")
    patient = ward.work.patients.by_chat(BERT.chat)
    assert patient is not None

    ward.says(BERT, "yes")

    (asked,) = [case for case in ward.work.escalations.of_patient(patient.id) if case.level is not None]
    assert not asked.confirmed
    assert "swollen" not in ward.last(DESK)


def test_a_picture_of_theirs_is_not_laid_beside_the_other_s_case() -> None:
    ward = rejoined(PUS)

    ward.says(BERT, "", media="photo")

    patient = ward.work.patients.by_chat(BERT.chat)
    assert patient is not None
    assert [case.reason for case in ward.work.escalations.of_patient(patient.id)][-1] == "media"


def test_a_picture_of_the_other_is_not_named_beside_a_sign_of_theirs() -> None:
    ward = unlinked("hello", picture=True)
    ward.clock.later(minutes=1)
    ward.join(BERT)

    ward.says(BERT, SIGN)

    assert "Pictures from them" not in ward.alerts()[-1].text


def test_beside_the_other_s_sign_stands_their_own_picture_and_none_of_the_right_person() -> None:
    ward = unlinked(PUS, picture=True)
    ward.clock.later(minutes=1)
    ward.join(BERT)
    shows(ward, BERT)

    ward.later(minutes=10)

    assert "Pictures from them: 1, the newest on" in ward.last(CLARA)
    assert ", 10:00." in ward.last(CLARA)


def test_who_takes_and_closes_it_tells_the_right_person_nothing() -> None:
    ward = rejoined(HARM)
    before = ward.heard(BERT)

    for label in ("I have it", "I have called", "Close", "Advice given"):
        ward.tap(CLARA, label)

    assert ward.heard(BERT) == before


def test_nobody_is_told_that_nobody_answered_the_other_but_it_goes_on_ringing() -> None:
    ward = rejoined(HARM)

    ward.later(minutes=10)
    ward.later(minutes=30)

    assert not any("Nobody at the clinic" in text for text in ward.heard(BERT))
    assert "Nobody has taken this yet" in ward.last(CLARA)


@pytest.mark.parametrize("began", [unlinked, rejoined])
def test_to_whoever_cannot_be_told_nothing_is_tried_every_second(began: Callable[[str], Ward]) -> None:
    ward = began("I can't breathe and my throat is closing")
    for minutes in (3, 10, 10):
        ward.later(minutes=minutes)

    coming = ward.escalating.next_moment(ward.work, after=ward.clock.now())

    assert coming == ward.clock.now() + timedelta(minutes=10)


def test_an_answer_to_the_other_is_not_sent_to_them_and_its_writer_hears_so() -> None:
    ward = rejoined(PUS)
    before = ward.heard(BERT)

    ward.says(at_desk(CLARA), "Anna, go to A&E now", reply_to=ward.message_of(Purpose.ALERT))

    assert ward.heard(BERT) == before
    assert ward.last(DESK).startswith("Not sent: this was written by somebody who was taken for this patient")
    patient = ward.work.patients.by_chat(BERT.chat)
    assert patient is not None
    assert ward.work.escalations.of_patient(patient.id)[0].state is EscalationState.OPEN


def test_an_answer_to_the_other_that_is_taken_back_makes_it_no_case_of_theirs() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    words = ward.says(at_desk(CLARA), "Anna, go to A&E now", reply_to=ward.message_of(Purpose.ALERT))
    ward.office.seeing.patient(ward.work, RITA, "A-17")
    ward.tap(RITA, "Wrong person")
    ward.tap(RITA, "Yes, do this")
    ward.clock.later(minutes=1)
    ward.takes_back(at_desk(CLARA), words)
    ward.join(BERT)
    before = len(ward.heard(BERT))

    ward.tap(at_desk(CLARA), "I have it")
    ward.says(BERT, DOG)

    heard = " ".join(ward.heard(BERT)[before:])
    assert "Clara" not in heard
    assert "passed this on as well" not in heard


def test_a_sign_of_the_other_keeps_no_gate_of_theirs_shut_nor_outdates_their_answer() -> None:
    ward = rejoined(PUS)
    patient, knowing = the_right_one(ward), ward.answering.knowing
    assert knowing.flags(ward.work, patient) == NO_FLAGS

    for label in ("I have it", "Close", "Advice given"):
        ward.tap(at_desk(CLARA), label)

    assert knowing.flags(ward.work, patient) == NO_FLAGS


def test_closing_the_other_s_sign_asks_them_nothing_again() -> None:
    ward = rejoined(PUS)
    patient, planning = the_right_one(ward), ward.answering.planning
    enrolment = ward.work.enrolments.course(patient.id)[-1]
    calm = CheckInAnswer(patient.id, enrolment.id, "PS-02", "compared", "better-calm", ward.clock.now(), 3)
    ward.work.answers.add(calm)
    before = planning.timetable(ward.work, patient, enrolment, at=ward.clock.now())

    for label in ("I have it", "Close", "Advice given"):
        ward.tap(at_desk(CLARA), label)

    assert planning.timetable(ward.work, patient, enrolment, at=ward.clock.now()) == before


def test_a_sign_of_the_other_makes_none_of_theirs_graver() -> None:
    ward = rejoined("there is one small blister on my cheek")

    ward.says(BERT, "the itching is really strong now and getting worse")

    case = ward.work.escalations.of_patient(the_right_one(ward).id)[-1]
    assert case.level is Level.SAME_DAY


@pytest.mark.parametrize("words", ["", HARM])
def test_their_wish_for_a_person_does_not_answer_that_of_the_other(words: str) -> None:
    ward = rejoined("help")
    ward.clock.later(minutes=1)

    if words:
        ward.says(BERT, words)
    ward.says(BERT, "help")
    if not words:
        ward.tap(BERT, ward.buttons(BERT)[0])

    first = ward.work.escalations.of_patient(the_right_one(ward).id)[0]
    assert (first.reason, first.state) == ("help", EscalationState.OPEN)


def test_their_answer_is_none_to_the_question_that_the_other_left_open() -> None:
    ward = unlinked("hello")
    (patient,) = ward.records.memory.patients.values()
    asked = Escalation(patient.id, MONDAY - timedelta(hours=1), Level.EMERGENCY, "RF-E3", "", confirmed=False)
    left = ward.work.escalations.add(asked)
    ward.join(BERT)
    patient = the_right_one(ward)
    known = ward.answering.knowing.known(
        ward.work, patient, ward.answering.knowing.course(ward.work, patient), at=ward.clock.now()
    )
    step = next(step for step in known.protocol.steps if step.asks)
    ask = replace(step.asks[0], unanswered="RF-E3")

    ward.answering.take(ward.work, Asked(known, step, ask, SKIP, "Skip"), at=ward.clock.now())

    assert ward.work.escalations.get(left.id).state is EscalationState.OPEN


def test_words_to_the_right_person_take_nothing_of_the_other_s() -> None:
    ward = rejoined(PUS)
    ward.clock.later(minutes=1)

    written_to(ward, "Sorry for the mix-up")

    assert any("mix-up" in text for text in ward.heard(BERT))
    (case,) = ward.work.escalations.of_patient(the_right_one(ward).id)
    assert case.state is EscalationState.OPEN


def test_words_to_the_right_person_are_no_contact_with_the_other() -> None:
    ward = rejoined(PUS)
    ward.tap(at_desk(CLARA), "I have it")
    ward.clock.later(minutes=1)
    written_to(ward, "Sorry for the mix-up")

    ward.later(minutes=30)
    assert "You took this at" in ward.last(CLARA)
    ward.later(minutes=10)

    (case,) = ward.work.escalations.of_patient(the_right_one(ward).id)
    assert case.state is EscalationState.OPEN
    assert "Somebody took this, but nobody has been in touch" in ward.last(CLARA)


def test_whoever_was_answered_before_they_were_unlinked_stays_answered() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.says(at_desk(CLARA), "Go to A&E now", reply_to=ward.message_of(Purpose.ALERT))
    ward.clock.later(minutes=1)
    ward.office.seeing.patient(ward.work, RITA, "A-17")
    ward.tap(RITA, "Wrong person")
    ward.tap(RITA, "Yes, do this")
    ward.join(BERT)

    ward.later(minutes=45)

    assert not any("You took this at" in text for text in ward.heard(CLARA))


def test_whoever_was_unlinked_by_mistake_and_is_back_is_heard_as_before() -> None:
    ward = unlinked(HARM)
    ward.join(ANNA)

    ward.says(ANNA, DOG)

    assert "116 123" in ward.last(ANNA)
    assert any(DOG in text for text in ward.heard(CLARA))
    assert not any(DOG in text for text in ward.heard(DESK))


def test_what_the_bot_had_asked_there_is_forgotten() -> None:
    ward = a_ward()
    anna, enrolment = ward.anna(), ward.enrolment()
    assert anna.consent is not None
    ward.work.patients.save(replace(anna, consent=replace(anna.consent, photos=True)))
    data = {"enrolment": str(enrolment.id), "step": "PS-07", "ask": "diary"}
    ward.work.flows.put(Flow(ANNA.chat, ANNA.account, "photo", data, ward.clock.now() + timedelta(hours=24)))

    ward.office.seeing.patient(ward.work, RITA, "A-17")
    ward.tap(RITA, "Wrong person")
    ward.tap(RITA, "Yes, do this")

    assert ward.work.flows.current(ANNA.chat, ANNA.account, at=ward.clock.now()) is None


def answered(ward: Ward, value: str = "worse") -> CheckInAnswer:
    """Whoever is connected answers the question after the skin."""
    (patient,) = ward.records.memory.patients.values()
    given = CheckInAnswer(
        patient.id, ward.work.enrolments.course(patient.id)[-1].id, "PS-02", "compared", value, MONDAY, 3
    )
    assert ward.work.answers.add(given)
    return given


def of_the_course(ward: Ward) -> list[str]:
    (patient,) = ward.records.memory.patients.values()
    return [one.value for one in ward.work.answers.of_enrolment(ward.work.enrolments.course(patient.id)[-1].id)]


def wrong(ward: Ward) -> None:
    ward.clock.later(minutes=1)
    ward.office.seeing.patient(ward.work, RITA, "A-17")
    ward.tap(RITA, "Wrong person")
    ward.tap(RITA, "Yes, do this")
    ward.clock.later(minutes=1)


def test_what_the_other_said_is_not_quoted_to_staff_as_the_right_person_s_words() -> None:
    ward = rejoined("my husband must not know of this")
    ward.clock.later(minutes=1)

    ward.says(BERT, "help")
    ward.tap(BERT, ward.buttons(BERT)[0])

    asked = ward.work.escalations.of_patient(the_right_one(ward).id)[-1]
    assert asked.reason == "help-now"
    assert "my husband" not in asked.words


def test_what_the_other_answered_is_kept_but_counts_for_nothing_of_theirs() -> None:
    ward = a_ward()
    answered(ward, "7-of-the-other")
    wrong(ward)
    ward.join(BERT)

    ward.says(BERT, SIGN)
    ward.office.seeing.patient(ward.work, RITA, "A-17")

    assert of_the_course(ward) == []
    assert "7-of-the-other" not in " ".join((ward.last(DESK), *ward.heard(RITA)[-2:]))
    assert [one.value for one in ward.records.memory.answers.values()] == ["7-of-the-other"]


def test_they_may_answer_the_same_question_themselves() -> None:
    ward = a_ward()
    answered(ward)
    wrong(ward)
    ward.join(BERT)

    answered(ward, "better-calm")

    assert of_the_course(ward) == ["better-calm"]


def test_whoever_was_unlinked_by_mistake_finds_their_answers_again() -> None:
    ward = a_ward()
    answered(ward)
    wrong(ward)

    ward.join(ANNA)

    assert of_the_course(ward) == ["worse"]

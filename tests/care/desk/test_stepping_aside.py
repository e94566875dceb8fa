"""While a person and a patient talk, the bot steps aside, and comes back when the person has fallen silent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.delivery import Delivery
from bot.care.model.inbound import Heard
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, BERT, CLARA, DESK, at_desk

PUS = "pus is coming out and I have fever"
MAKEUP = "can i wear makeup tomorrow"


def a_talk() -> Ward:
    """Clara has just answered Anna."""
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.says(at_desk(CLARA), "Please send me a picture", reply_to=ward.message_of(Purpose.ALERT))
    return ward


def answers(ward: Ward) -> list[Delivery]:
    """What the bot answered to Anna by itself."""
    return [row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.ANSWER]


def test_an_answer_is_offered_to_the_person_and_not_sent() -> None:
    ward = a_talk()
    before = len(answers(ward))

    ward.says(ANNA, MAKEUP)

    assert len(answers(ward)) == before
    assert MAKEUP in ward.last(DESK)
    assert ward.buttons(DESK) == ["Send this answer", "Let the bot go on"]


def test_the_patient_is_told_once_who_sees_it() -> None:
    ward = a_talk()
    ward.says(ANNA, MAKEUP)
    ward.says(ANNA, "when may i swim")

    told = [text for text in ward.heard(ANNA) if "will see this" in text]
    assert told == ["Clara will see this. Should nobody answer, I will, within 15 minutes."]


def test_one_tap_sends_it_once() -> None:
    ward = a_talk()
    ward.says(ANNA, MAKEUP)

    ward.tap(at_desk(CLARA), "Send this answer")
    sent = ward.last(ANNA)
    ward.later(minutes=20)

    assert "akeup" in sent
    assert ward.last(ANNA) == sent
    assert "Clara sent the bot's answer" in ward.last(DESK)
    assert ward.audited()[-1] == "answer-sent"
    assert MAKEUP in ward.last(DESK)


def test_the_persons_own_words_are_the_answer() -> None:
    ward = a_talk()
    ward.says(ANNA, MAKEUP)

    ward.says(at_desk(CLARA), "Not yet, I will tell you", reply_to=ward.message_of(Purpose.RELAY))
    ward.later(minutes=20)

    assert "Not yet, I will tell you" in ward.last(ANNA)
    assert ward.work.diary.held() == []


def test_after_a_quarter_of_an_hour_of_silence_the_bot_answers() -> None:
    ward = a_talk()
    ward.later(minutes=5)
    ward.says(ANNA, MAKEUP)
    ward.later(minutes=9)
    assert "akeup" not in ward.last(ANNA)

    ward.later(minutes=2)

    assert "akeup" in ward.last(ANNA)


def test_two_questions_that_wait_are_both_answered() -> None:
    ward = a_talk()
    ward.says(ANNA, "can i wear makeup tomorrow? and when can i go swimming again?")

    ward.tap(at_desk(CLARA), "Send this answer")

    answered = "\n".join(ward.heard(ANNA)[-2:]).lower()
    assert "makeup" in answered
    assert "pool" in answered


def test_handing_back_answers_what_waits_and_what_comes() -> None:
    ward = a_talk()
    ward.says(ANNA, MAKEUP)

    ward.tap(at_desk(CLARA), "Let the bot go on")
    first = ward.last(ANNA)
    ward.says(ANNA, "when may i swim")

    assert "akeup" in first
    assert "swim" in ward.last(ANNA).lower() or "pool" in ward.last(ANNA).lower()


def test_at_closing_the_bot_answers_again() -> None:
    ward = a_talk()
    ward.clock.at = ward.clock.at.replace(hour=17, minute=55)
    ward.says(at_desk(CLARA), "I am here until six", reply_to=ward.message_of(Purpose.ALERT))
    ward.says(ANNA, MAKEUP)

    ward.later(minutes=10)

    assert "akeup" in ward.last(ANNA)


def test_a_changed_question_takes_the_place_of_the_one_that_waits() -> None:
    ward = a_talk()
    question = ward.says(ANNA, MAKEUP)

    ward.says(ANNA, "when may i swim", edits=question)

    assert [entry.words for entry in ward.work.diary.held()] == ["when may i swim"]


def test_a_button_that_is_too_late_says_so() -> None:
    ward = a_talk()
    ward.says(ANNA, MAKEUP)
    ward.later(minutes=20)

    ward.tap(at_desk(CLARA), "Send this answer")

    assert ward.last(DESK).endswith("This was answered before.")


def test_who_was_taken_for_the_patient_hears_nothing_that_was_held() -> None:
    ward = a_talk()
    ward.says(ANNA, MAKEUP)
    before = ward.heard(ANNA)
    anna = ward.anna()
    ward.work.patients.save(replace(anna, contact=Contact(BERT.chat)))

    ward.later(minutes=20)

    assert ward.heard(ANNA) == before
    assert not any("akeup" in text for text in ward.heard(BERT))


def test_a_danger_sign_is_never_held() -> None:
    ward = a_talk()

    ward.says(ANNA, "my throat is closing up and i cant breathe")

    assert ward.work.diary.of_patient(ward.anna().id)[-1].heard is Heard.ESCALATED
    assert "999" in ward.last(ANNA) or "112" in ward.last(ANNA) or "emergency" in ward.last(ANNA).lower()


@pytest.mark.parametrize("minutes", [0, 16])
def test_what_comes_by_plan_waits_for_the_end_of_a_talk(minutes: int) -> None:
    ward = a_talk()
    ward.later(minutes=minutes)
    talking = ward.listening.talking.of(ward.work, ward.anna(), at=ward.clock.now())

    assert (talking is not None) == (timedelta(minutes=minutes) < timedelta(minutes=15))

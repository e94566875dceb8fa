"""What a patient is told first fits how bad it may be, and whether a session is near."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.care.listening.ward import MONDAY, Ward, a_ward
from tests.care.scene import ANNA


def with_session_in(ward: Ward, days: int) -> Ward:
    ward.work.enrolments.save(replace(ward.enrolment(), next_on=(MONDAY + timedelta(days=days)).date()))
    return ward


def test_a_possible_emergency_is_asked_about_with_the_emergency_number_first() -> None:
    ward = a_ward()

    ward.says(ANNA, "my voice is hoarse")

    asked = ward.last(ANNA)
    assert ward.buttons(ANNA)[:2] == ["Yes, now", "No"]
    assert asked.index("999") < asked.index("phone")


def test_possible_despair_is_asked_about_gently_with_the_crisis_line() -> None:
    ward = a_ward()

    ward.says(ANNA, "i cant do this anymore")

    assert "116 123" in ward.last(ANNA)


@pytest.mark.parametrize(("days", "said"), [(1, 1), (14, 1), (15, 0)])
def test_a_cold_sore_near_a_session_says_to_phone_before_travelling(days: int, said: int) -> None:
    ward = with_session_in(a_ward(day=20), days)

    ward.says(ANNA, "i have a cold sore coming up on my lip")

    assert ward.last(ANNA).count("phone before you travel") == said


def test_three_alerts_nobody_takes_are_one_message_to_the_patient() -> None:
    ward = a_ward()
    for words in ("pus and fever", "pain is 9 out of 10", "hives all over my arms"):
        ward.says(ANNA, words)
        ward.later(seconds=20)

    ward.later(minutes=30)

    assert len(ward.cases()) == 3
    assert sum("Nobody at the clinic has answered" in text for text in ward.heard(ANNA)) == 1


def test_the_sleep_answer_gives_one_position() -> None:
    ward = a_ward(day=8)

    text = ward.listening.knowing.say(ward.work, ward.anna(), "faq/sleep", at=ward.clock.now())

    assert "extra pillow" not in text


def test_the_swelling_answer_has_a_verdict_for_the_day() -> None:
    ward = a_ward(day=5)

    text = ward.listening.knowing.say(ward.work, ward.anna(), "faq/swelling", at=ward.clock.now())

    assert "it should be gone" in text


def test_who_asks_for_a_person_is_given_the_on_call_number() -> None:
    ward = a_ward()

    text = ward.listening.knowing.say(ward.work, ward.anna(), "faq/contact", at=ward.clock.now())

    assert ward.library.shelf.clinic.on_call_phone in text

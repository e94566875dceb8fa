"""Every text ends with an answer and a line in the diary."""

from datetime import date

import pytest

from bot.care.model.inbound import Heard, Sender
from bot.care.model.texts import holds
from tests.care.listening.ward import STRANGER, Ward, a_ward
from tests.care.scene import ANNA, BERT, CLARA, DESK, MARIA, at_desk


def heard(ward: Ward) -> Heard:
    return ward.work.diary.of_patient(ward.anna().id)[-1].heard


def test_a_clear_question_gets_the_clinics_answer_for_this_day() -> None:
    ward = a_ward()

    ward.says(ANNA, "when can I wear makeup again?")

    assert heard(ward) is Heard.ANSWERED
    assert ward.work.diary.of_patient(ward.anna().id)[-1].topic == "makeup"
    assert ward.buttons(ANNA)[-3:] == ["Today", "Questions", "Talk to a person"]


def test_an_unclear_question_is_not_guessed_at() -> None:
    ward = a_ward()

    ward.says(ANNA, "quantum chromodynamics on sundays")

    assert "not sure" in ward.last(ANNA)
    assert ward.buttons(ANNA)[-2:] == ["Something else", "Talk to a person"]
    assert heard(ward) is Heard.UNMATCHED


def test_a_related_topic_is_one_tap_away() -> None:
    ward = a_ward()
    ward.says(ANNA, "when can I wear makeup again?")
    related = ward.buttons(ANNA)[0]
    topic = ward.library.shelf.topics("en")["makeup"].also[0]

    ward.tap(ANNA, related)

    assert ward.work.diary.of_patient(ward.anna().id)[-1].topic == topic


def test_help_in_another_language_is_a_person() -> None:
    ward = a_ward()

    ward.says(ANNA, "HILFE!")

    assert ward.buttons(ANNA) == ["Somebody now", "It can wait"]
    assert heard(ward) is Heard.COMMAND


def test_help_that_cannot_wait_rings_at_once_and_promises_nobody_who_is_not_there() -> None:
    ward = a_ward()
    ward.says(ANNA, "help")

    ward.tap(ANNA, "Somebody now")

    assert ward.alerts()[0].text.startswith("🟠 URGENT")
    assert "999" in ward.last(ANNA)


def test_help_that_can_wait_is_put_in_the_queue_with_a_time() -> None:
    ward = a_ward()
    ward.says(ANNA, "help")

    ward.tap(ANNA, "It can wait")

    assert ward.alerts()[0].text.startswith("⚪")
    assert "a person answers by" in ward.last(ANNA)


@pytest.mark.parametrize("choice", ["Somebody now", "It can wait"])
def test_staff_read_the_words_that_asked_for_a_person(choice: str) -> None:
    ward = a_ward()
    ward.says(ANNA, "can someone call me please, about friday")

    ward.tap(ANNA, choice)

    assert "can someone call me please, about friday" in ward.alerts()[0].text
    assert choice in ward.alerts()[0].text


@pytest.mark.parametrize(
    "asked",
    ["is wearing metal earrings ok", "can i have it done during menstruation", "what helps with scarring mentally"],
)
def test_words_that_ask_for_a_person_do_not_stand_inside_others(asked: str) -> None:
    ward = a_ward()

    ward.says(ANNA, asked)

    assert "Somebody now" not in ward.buttons(ANNA)
    assert ward.cases() == []
    assert not holds(asked, "")


@pytest.mark.parametrize("where", [MARIA, at_desk(MARIA)], ids=["privately", "at the desk"])
def test_staff_who_type_what_is_for_patients_are_told_where_theirs_is(where: Sender) -> None:
    ward = a_ward()

    ward.listening.leaving.pause(ward.work, where)

    assert "/patient A-17" in ward.last(where)


@pytest.mark.parametrize(
    ("day", "number", "flag"),
    [(1, "8", "RF-U5"), (1, "8/10", "RF-U5"), (3, "5", "RF-S15"), (1, "3", ""), (1, "0.", "")],
)
def test_a_number_after_the_answer_on_pain_is_how_strong_it_is(day: int, number: str, flag: str) -> None:
    ward = a_ward(day=day)
    ward.says(ANNA, "what can i take for the pain")
    assert "Rate it 0-10" in ward.last(ANNA)

    ward.says(ANNA, number)

    assert [case.reason for case in ward.cases()] == [flag] * bool(flag)
    assert "Thank you, noted" in ward.last(ANNA) or flag


def test_any_other_number_is_no_pain() -> None:
    ward = a_ward()
    ward.says(ANNA, "can i wear makeup tomorrow")

    ward.says(ANNA, "8")

    assert ward.cases() == []
    assert "noted" not in ward.last(ANNA)


def test_help_without_an_answer_is_not_forgotten() -> None:
    ward = a_ward()
    ward.says(ANNA, "help")

    ward.later(minutes=10)

    assert len(ward.alerts()) == 1


def test_a_lone_stop_asks_first() -> None:
    ward = a_ward()

    ward.says(ANNA, "Stop")

    assert ward.anna().stopped_at is None
    assert len(ward.buttons(ANNA)) >= 2


def test_a_typed_date_moves_nothing() -> None:
    ward = a_ward()

    ward.says(ANNA, "18.12.2026")

    assert ward.enrolment().next_on is None
    assert "has not changed yet" in ward.last(ANNA)
    assert "Confirm 2026-12-18 as next session" in ward.buttons(DESK)


def test_a_bare_number_answers_the_open_question() -> None:
    ward = a_ward()
    ward.check_in("PS-03")

    ward.says(ANNA, "2")

    assert [(one.ask, one.value) for one in ward.work.answers.of_enrolment(ward.enrolment().id)] == [("pain", "2")]


def test_a_stranger_gets_one_polite_answer_a_minute() -> None:
    ward = a_ward()

    ward.says(STRANGER, "hello")
    ward.says(STRANGER, "hello?")
    assert len(ward.heard(STRANGER)) == 1
    ward.later(minutes=1)
    ward.says(STRANGER, "hello??")

    assert len(ward.heard(STRANGER)) == 2


def test_somebody_enrolled_but_not_agreed_is_a_stranger() -> None:
    ward = a_ward()

    ward.says(BERT, "when can I wear makeup again?")

    assert len(ward.heard(BERT)) == 1
    assert "akeup" not in ward.last(BERT)


def test_staff_who_write_to_the_bot_learn_that_nothing_was_sent() -> None:
    ward = a_ward()

    ward.says(CLARA, "please call Anna")

    assert ward.last(CLARA).startswith("Not sent")


def test_a_photo_goes_to_a_person_and_the_patient_hears_the_truth() -> None:
    ward = a_ward()

    ward.says(ANNA, "", media="photo")

    assert [act.kind.value for act in ward.alerts()] == ["send", "copy"]
    assert "a person answers by" in ward.last(ANNA)
    assert heard(ward) is Heard.PASSED_ON


def test_an_album_is_answered_once_and_nothing_of_it_is_lost() -> None:
    ward = a_ward()

    for _ in range(4):
        ward.says(ANNA, "", media="photo")

    assert len(ward.heard(ANNA)) == 1
    assert [act.kind.value for act in ward.alerts()].count("copy") == 4
    assert [act.kind.value for act in ward.alerts()].count("send") == 1


def test_a_caption_that_raises_takes_its_picture_along() -> None:
    ward = a_ward()

    ward.says(ANNA, "pus is coming out and I have fever", media="photo")

    assert [act.kind.value for act in ward.alerts()] == ["send", "copy"]
    assert len(ward.cases()) == 1
    assert len(ward.heard(ANNA)) == 1


def test_a_photo_after_a_bad_answer_belongs_to_its_case() -> None:
    ward = a_ward()
    ward.says(ANNA, "there is one small blister on my cheek")

    ward.says(ANNA, "", media="photo")

    assert len(ward.cases()) == 1
    assert [act.kind.value for act in ward.alerts()][-1] == "copy"


def test_a_changed_question_is_answered_again() -> None:
    ward = a_ward()
    message = ward.says(ANNA, "when can I wear")
    before = len(ward.heard(ANNA))

    ward.says(ANNA, "when can I wear makeup again?", edits=message)

    assert len(ward.heard(ANNA)) == before + 1


def test_a_named_date_counts_once_staff_tap_it_and_say_yes() -> None:
    ward = a_ward()
    ward.says(ANNA, "18.12.2026")

    ward.tap(at_desk(CLARA), "Confirm 2026-12-18 as next session")
    assert ward.enrolment().next_on is None
    ward.tap(at_desk(CLARA), ward.buttons(DESK)[0])

    assert ward.enrolment().next_on == date(2026, 12, 18)
    assert ward.cases()[0].owner == CLARA.account


def test_who_goes_on_writing_after_words_of_self_harm_hears_no_dry_answer_and_the_numbers_again() -> None:
    ward = a_ward()
    ward.says(ANNA, "i want to kill myself")

    ward.later(hours=6)
    ward.says(ANNA, "nobody here understands it")

    said = ward.last(ANNA)
    assert "I am glad you are still writing" in said
    assert "999" in said
    assert "116 123" in said
    assert "added" not in said
    assert not ward.buttons(ANNA)
    assert any("nobody here understands it" in act.text for act in ward.alerts(CLARA.chat))
    assert not any("nobody here understands it" in text for text in ward.heard(DESK))

"""A note with a closed alert: only whoever closed it, only as a reply to the question, only for an hour."""

from dataclasses import replace

import pytest

from bot.care.model.inbound import Sender
from bot.care.model.people import Role
from bot.care.model.purpose import Purpose
from tests.care.listening.ward import Ward, a_member, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, at_desk

PUS = "pus is coming out and I have fever"
HARM = "i do not want to live any more"


def closed(ward: Ward, who: Sender = CLARA, words: str = PUS, *, at: Sender | None = None) -> int:
    """The question for a note."""
    where = at or at_desk(who)
    ward.says(ANNA, words)
    ward.tap(where, "Close")
    ward.tap(where, "Advice given")
    return ward.message_of(Purpose.NOTE_ASKED, where.chat)


def test_the_question_can_be_replied_to_in_a_group_with_privacy_mode() -> None:
    ward = a_ward()

    closed(ward)

    asked = [act for chat, act in ward.arrived if chat == DESK][-1]
    assert asked.force_reply
    assert asked.text.startswith("A-17 is closed: Advice given. <b>Reply to this message with a note</b>")


def test_the_note_stands_with_the_closed_alert_and_on_the_card() -> None:
    ward = a_ward()
    question = closed(ward)
    before = ward.heard(ANNA)

    ward.says(at_desk(CLARA), "Told her to <wash> twice", reply_to=question)

    assert ward.cases()[0].note == "Told her to <wash> twice"
    said = ward.heard(DESK)
    assert said[-2].endswith("✓ Closed by Clara: Advice given\nNote: Told her to &lt;wash&gt; twice")
    assert said[-1] == "Noted with the closed alert. Nothing went to the patient."
    assert ward.heard(ANNA) == before
    ward.office.seeing.patient(ward.work, RITA, "A-17")
    assert "Closed by Clara: Advice given. “Told her to &lt;wash&gt; twice”" in ward.last(RITA)


def test_a_danger_sign_in_a_private_note_is_no_patients_words() -> None:
    ward = a_ward(desk=False)
    question = closed(ward, at=CLARA)

    ward.says(CLARA, "she had chest pain and cannot breathe, sent to A&E", reply_to=question)

    assert ward.cases()[0].note.startswith("she had chest pain")
    assert ward.last(CLARA) == "Noted with the closed alert. Nothing went to the patient."


@pytest.mark.parametrize("late", [False, True])
def test_nobody_else_notes_and_nobody_after_an_hour(late: bool) -> None:  # noqa: FBT001 - a table of two
    ward = a_ward()
    question = closed(ward)
    before = ward.heard(ANNA)
    ward.clock.later(minutes=61 if late else 59)

    ward.says(at_desk(CLARA if late else MARIA), "all fine", reply_to=question)

    assert ward.cases()[0].note == ""
    assert ward.last(DESK).startswith("Not noted, and not sent to anybody: only whoever closed")
    assert ward.heard(ANNA) == before


def test_just_within_the_hour_it_counts_and_a_second_one_takes_its_place() -> None:
    ward = a_ward()
    question = closed(ward)
    ward.clock.later(minutes=60)

    ward.says(at_desk(CLARA), "all fine", reply_to=question)
    ward.says(at_desk(CLARA), "all fine, called twice", reply_to=question)

    assert ward.cases()[0].note == "all fine, called twice"


@pytest.mark.parametrize(("words", "media"), [("x" * 1001, ""), ("", "photo")])
def test_what_is_no_short_note_is_said_to_be_none(words: str, media: str) -> None:
    ward = a_ward()
    question = closed(ward)

    ward.says(at_desk(CLARA), words, reply_to=question, media=media)

    assert ward.cases()[0].note == ""
    assert "a note is words" in ward.last(DESK)


def test_two_alerts_closed_one_after_the_other_each_get_their_own() -> None:
    ward = a_ward()
    first = closed(ward)
    second = closed(ward, words="there is one small blister on my cheek")

    ward.says(at_desk(CLARA), "of the first", reply_to=first)
    ward.says(at_desk(CLARA), "of the second", reply_to=second)

    assert [case.note for case in ward.cases()] == ["of the first", "of the second"]


def test_a_plain_message_after_closing_is_no_note() -> None:
    ward = a_ward()
    closed(ward)

    ward.says(at_desk(CLARA), "lunch?")

    assert ward.cases()[0].note == ""


def test_a_note_on_self_harm_is_not_on_the_card_that_everybody_sees() -> None:
    ward = a_ward()
    question = closed(ward, words=HARM, at=CLARA)

    ward.says(CLARA, "talked for an hour", reply_to=question)

    assert ward.cases()[0].note == "talked for an hour"
    ward.office.seeing.patient(ward.work, RITA, "A-17")
    assert "talked for an hour" not in ward.last(RITA)
    assert not any("talked for an hour" in text for text in ward.heard(DESK))


def test_whoever_left_the_team_notes_nothing() -> None:
    ward = a_ward()
    question = closed(ward)
    ward.work.team.remove(CLARA.account)
    ward.work.team.add(replace(a_member(replace(CLARA, account=77), Role.CLINICIAN)))

    ward.says(at_desk(CLARA), "all fine", reply_to=question)

    assert ward.cases()[0].note == ""


def test_the_card_still_names_somebody_when_the_closer_has_left() -> None:
    ward = a_ward()
    question = closed(ward)
    ward.says(at_desk(CLARA), "all fine", reply_to=question)
    ward.work.team.remove(CLARA.account)

    ward.office.seeing.patient(ward.work, RITA, "A-17")

    assert "Closed by another member of the team: Advice given. “all fine”" in ward.last(RITA)

"""Whoever has left the team, or the circle of those who may know, reads nothing more of a patient."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.inbound import Said, Sender
from bot.care.model.people import Contact, Role
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.services.parting import withdraw
from bot.care.services.posting import post, tell
from tests.care.listening.ward import Ward, a_member, a_ward
from tests.care.scene import ANNA, CLARA, MARIA

NADIA = Sender(4, 4, "Nadia")
PUS = "my cheek is leaking yellow stuff"
MORE = "also i am HIV positive, does that matter"


def with_nadia(*, desk: bool = False) -> Ward:
    ward = a_ward(desk=desk)
    ward.work.team.add(a_member(NADIA, Role.CLINICIAN))
    return ward


def staff(ward: Ward, words: str) -> None:
    """By a command, and the yes to what it asks."""
    ward.office.staffing.command(ward.work, MARIA, words)
    ward.tap(MARIA, ward.buttons(MARIA)[0])


def test_further_words_of_a_case_reach_nobody_who_has_left() -> None:
    ward = with_nadia()
    ward.says(ANNA, PUS)
    staff(ward, f"remove {NADIA.account}")

    ward.later(minutes=5)
    ward.says(ANNA, MORE)

    assert not any(MORE in text for text in ward.heard(NADIA))
    assert any(MORE in text for text in ward.heard(CLARA))


def test_where_all_who_were_told_have_left_others_read_what_follows() -> None:
    ward = a_ward(desk=False)
    ward.work.team.remove(MARIA.account)
    ward.says(ANNA, PUS)
    ward.work.team.add(a_member(MARIA, Role.ADMIN))
    ward.work.team.remove(CLARA.account)

    ward.later(minutes=5)
    ward.says(ANNA, MORE)

    assert not any(MORE in text for text in ward.heard(CLARA))
    assert any(MORE in text for text in ward.heard(MARIA))


def test_what_only_they_were_told_of_is_told_to_others_when_they_leave() -> None:
    ward = a_ward(desk=False)
    maria = ward.work.team.member(MARIA.account)
    assert maria is not None
    ward.work.team.save(replace(maria, tested_at=None))
    ward.says(ANNA, "there is one small blister on my cheek")
    assert not any("blister" in text for text in ward.heard(MARIA))

    staff(ward, "remove Clara")

    assert any("blister" in text for text in ward.heard(MARIA))


def test_a_question_asked_while_they_talked_is_answered_by_the_bot_once_they_have_left() -> None:
    ward = with_nadia()
    ward.says(ANNA, PUS)
    ward.says(NADIA, "hello Anna, I am looking at it", reply_to=ward.message_of(Purpose.ALERT, NADIA.chat))
    ward.work.team.remove(NADIA.account)
    before = len(ward.heard(NADIA))

    ward.says(ANNA, "can i wear makeup tomorrow")

    assert len(ward.heard(NADIA)) == before
    assert ward.last(ANNA).startswith("Makeup:")


def test_what_waited_for_their_chat_when_they_left_never_arrives_there() -> None:
    ward = with_nadia()
    ward.says(ANNA, PUS)
    said = Said(ANNA, MORE, next(ward.ids))
    assert not ward.listening.raises(ward.work, said, at=ward.clock.now())
    ward.listening.hear(ward.work, said)
    nadia = ward.work.team.member(NADIA.account)
    assert nadia is not None

    withdraw(ward.work, nadia, at=ward.clock.now())

    assert not any(MORE in text for text in ward.heard(NADIA))
    assert any(MORE in text for text in ward.heard(CLARA))


def test_what_waits_for_a_colleague_as_a_patient_arrives_all_the_same() -> None:
    ward = with_nadia()
    ward.work.patients.save(replace(ward.anna(), contact=Contact(NADIA.chat)))
    nadia, patient = ward.work.team.member(NADIA.account), ward.work.patients.by_chat(NADIA.chat)
    assert nadia is not None
    assert patient is not None
    tell(ward.work, patient, Html("your plan"), at=ward.clock.now())

    withdraw(ward.work, nadia, at=ward.clock.now())

    assert ward.last(NADIA) == "your plan"


def test_removal_takes_back_what_waits() -> None:
    ward = with_nadia()
    ward.office.staffing.command(ward.work, MARIA, f"remove {NADIA.account}")
    label = ward.buttons(MARIA)[0]
    post(ward.work, Contact(NADIA.chat), MORE, at=ward.clock.now() + timedelta(minutes=1))

    ward.tap(MARIA, label)
    ward.later(minutes=2)

    assert MORE not in ward.heard(NADIA)


@pytest.mark.parametrize("change", ["remove 4", "role 4 reception"])
def test_how_a_case_of_self_harm_ended_is_told_to_clinicians_alone(change: str) -> None:
    ward = with_nadia(desk=True)
    ward.says(ANNA, "i want to kill myself")
    staff(ward, change)
    before = len(ward.heard(NADIA))

    for label in ("I have it", "Close", "Advice given"):
        ward.tap(CLARA, label)
    ward.says(CLARA, "She has pills at home and a plan", reply_to=ward.message_of(Purpose.NOTE_ASKED, CLARA.chat))

    assert any("pills at home" in text for text in ward.heard(CLARA))
    assert ward.heard(NADIA)[before:] == []


def test_a_colleague_who_is_still_one_sees_how_it_stands() -> None:
    ward = with_nadia(desk=True)
    ward.says(ANNA, "i want to kill myself")

    ward.tap(CLARA, "I have it")

    assert "Clara has it" in ward.last(NADIA)

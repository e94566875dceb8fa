"""Whatever became of a message to a patient, somebody of the clinic hears of it, with or without a desk."""

from dataclasses import replace

import pytest

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, MessageRef
from bot.care.model.inbound import Sender
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.sent_file import FileKind, SentFile
from bot.care.model.sheet import Card, Sheet
from bot.care.services.posting import post, put
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, at_desk

PHOTO = SentFile("photo-1", FileKind.PHOTO, 90_000, "image/jpeg")


def ends(ward: Ward, state: DeliveryState, *, purpose: Purpose = Purpose.ANSWER, step: str = "") -> None:
    """A message to Anna ends so; of her plan, if a step is named."""
    now, anna = ward.clock.now(), ward.anna()
    message = post(ward.work, Contact(ANNA.chat), "Hello", at=now, purpose=purpose, patient_id=anna.id)
    if step:
        enrolment = ward.work.enrolments.course(anna.id)[-1].id
        message = replace(message, enrolment_id=enrolment, step=step, occurrence="2026-11-20")
        ward.records.memory.deliveries[message.id] = message
    ward.work.outbox.settle(message.id, DeliveryState.UNCERTAIN, at=now)
    ended: Delivery = replace(message, state=state)
    ward.records.memory.deliveries[message.id] = ended
    follow(ward, ended)


def follow(ward: Ward, ended: Delivery) -> None:
    ward.furniture.aftermath.ended(ward.work, ended, at=ward.clock.now())
    ward.deliver()


TOLD = [
    pytest.param(DeliveryState.UNREACHABLE, "blocked the chat", id="blocked"),
    pytest.param(DeliveryState.FAILED, "refused by Telegram", id="refused"),
    pytest.param(DeliveryState.UNCERTAIN, "may not have arrived", id="unclear"),
]


@pytest.mark.parametrize(("state", "words"), TOLD)
def test_the_desk_is_told(state: DeliveryState, words: str) -> None:
    ward = a_ward()

    ends(ward, state)

    assert words in ward.last(DESK)


@pytest.mark.parametrize(("state", "words"), TOLD)
def test_without_a_desk_clinicians_and_admins_are_told_privately(state: DeliveryState, words: str) -> None:
    ward = a_ward(desk=False)

    ends(ward, state)

    assert words in ward.last(CLARA)
    assert words in ward.last(MARIA)
    assert not ward.heard(RITA)


VITAL = [
    pytest.param("PS-00", DeliveryState.FAILED, "message of day 0 (PS-00) did not arrive", id="day 0 refused"),
    pytest.param("PS-02", DeliveryState.UNCERTAIN, "message of day 2 (PS-02) may not have arrived", id="alarm unclear"),
]


@pytest.mark.parametrize(("step", "state", "words"), VITAL)
def test_of_what_warns_of_danger_signs_the_desk_is_told_at_once_whom_to_phone(
    step: str, state: DeliveryState, words: str
) -> None:
    ward = a_ward()
    ward.work.patients.save(replace(ward.anna(), phone="+442079460111"))

    ends(ward, state, step=step)

    assert ward.last(DESK).startswith("🟡 SAME DAY. Anna (A-17)")
    assert words in ward.last(DESK)
    assert "please phone: +442079460111" in ward.last(DESK)


def test_what_warns_of_danger_signs_waits_silently_for_the_clinic_to_open() -> None:
    ward = a_ward()
    ward.clock.later(hours=12)

    ends(ward, DeliveryState.FAILED, step="PS-02")

    assert ward.arrived[-1][1].silent


def test_a_refused_message_can_be_sent_again_on_its_own_day_only() -> None:
    ward = a_ward()

    ends(ward, DeliveryState.FAILED, step="PS-02")
    assert ward.buttons(DESK) == ["Send it again", "Let it be"]
    ward.clock.later(days=1)
    ward.tap(at_desk(RITA), "Send it again")

    assert ward.last(DESK).startswith("Not sent: it was for another day")


def test_an_evening_line_is_told_like_any_other_message() -> None:
    ward = a_ward()

    ends(ward, DeliveryState.FAILED, step="PS-07-evening")

    assert ward.last(DESK).startswith("Anna (A-17): one message was refused")


def test_that_somebody_cannot_be_reached_is_told_once() -> None:
    ward = a_ward()

    ends(ward, DeliveryState.UNREACHABLE)
    ends(ward, DeliveryState.UNREACHABLE)
    ward.office.leaving.reachable(ward.work, contact=Contact(ANNA.chat), reachable=False)

    assert len(ward.heard(DESK)) == 1
    assert ward.anna().unreachable_since == ward.clock.now()


@pytest.mark.parametrize(("message_id", "found"), [(77, True), (None, False)], ids=["a message", "a change of one"])
def test_whoever_a_message_reaches_can_be_reached_again(message_id: int | None, *, found: bool) -> None:
    ward = a_ward()
    ends(ward, DeliveryState.UNREACHABLE)

    answer = post(ward.work, Contact(ANNA.chat), "Yes", at=ward.clock.now(), purpose=Purpose.ANSWER, patient_id=1)
    follow(ward, replace(answer, state=DeliveryState.SENT, message_id=message_id))

    assert (ward.anna().unreachable_since is None) is found
    assert ("opened the chat again" in ward.last(DESK)) is found


def test_a_notice_that_fails_brings_no_further_notice() -> None:
    ward = a_ward(desk=False)

    ends(ward, DeliveryState.FAILED, purpose=Purpose.NOTICE)

    assert not ward.heard(CLARA)


SHEETS = [
    pytest.param(DeliveryState.FAILED, RITA, "refused by Telegram", ["Send it again", "Let it be"], id="refused"),
    pytest.param(
        DeliveryState.UNCERTAIN,
        RITA,
        "may not have arrived",
        ["It arrived", "Send it again", "Let it be"],
        id="unclear",
    ),
    pytest.param(DeliveryState.UNREACHABLE, MARIA, "cannot be reached", [], id="blocked"),
]


@pytest.mark.parametrize(("state", "who", "words", "buttons"), SHEETS)
def test_of_a_sheet_of_links_that_did_not_arrive_somebody_is_told_what_to_do(
    state: DeliveryState, who: Sender, words: str, buttons: list[str]
) -> None:
    ward = a_ward()

    sheet_ends(ward, state)

    assert words in ward.last(who)
    assert "/patient CODE" in ward.last(who)
    assert ward.buttons(who) == buttons


def test_a_sheet_of_links_that_was_refused_can_be_sent_again() -> None:
    ward = a_ward()

    sheet_ends(ward, DeliveryState.FAILED)
    ward.tap(RITA, "Send it again")

    sheets = [act for chat, act in ward.arrived if chat == RITA.chat and act.sheet is not None]
    assert [act.sheet.file for act in sheets if act.sheet] == ["links.pdf"]


def sheet_ends(ward: Ward, state: DeliveryState) -> None:
    """The links that Rita asked for end so."""
    now, sheet = ward.clock.now(), Sheet("links.pdf", "Links", "Scan this", (Card("Ben", "B-1", "link", "code"),))
    act = Act(ActKind.SEND, Contact(RITA.chat), text="Links to print", sheet=sheet)
    ended = replace(put(ward.work, act, at=now, purpose=Purpose.LINKS), state=state)
    ward.records.memory.deliveries[ended.id] = ended
    follow(ward, ended)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        pytest.param(DeliveryState.UNREACHABLE, "they have blocked the bot", id="blocked"),
        pytest.param(DeliveryState.FAILED, "Telegram refused it", id="refused"),
        pytest.param(DeliveryState.UNCERTAIN, "unclear whether this has reached the patient", id="unclear"),
    ],
)
def test_who_wrote_privately_hears_there_why_it_did_not_arrive(state: DeliveryState, why: str) -> None:
    ward = a_ward()
    ward.says(ANNA, "I want to kill myself")
    written = ward.says(CLARA, "Anna, I am calling you now", reply_to=ward.message_of(Purpose.ALERT, CLARA.chat))
    sent = next(row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.STAFF_REPLY)
    ended = replace(sent, state=state)
    ward.records.memory.deliveries[sent.id] = ended

    follow(ward, ended)

    assert why in ward.last(CLARA)
    assert [act.reply_to for chat, act in ward.arrived if chat == CLARA.chat][-1] == written
    assert bool(ward.heard(DESK)) is (state is not DeliveryState.FAILED)


def copied(ward: Ward, *chats: int, reason: str) -> None:
    """A picture of Anna's went to these chats, and ended so."""
    now, anna = ward.clock.now(), ward.anna()
    for chat in chats:
        act = Act(ActKind.COPY, Contact(chat), source=MessageRef(ANNA.chat, 77), file=PHOTO)
        row = put(ward.work, act, at=now, purpose=Purpose.COPY, patient_id=anna.id)
        ended = replace(row, state=DeliveryState.SENT, reason=reason)
        ward.records.memory.deliveries[row.id] = ended
        follow(ward, ended)


def test_who_sent_a_picture_that_cannot_be_opened_hears_so_once_and_what_to_do() -> None:
    ward = a_ward()

    copied(ward, DESK, CLARA.chat, reason="unreadable")

    (told,) = ward.heard(ANNA)
    assert "nobody has seen or heard it. Please send it once more (a picture as a photo, not as a file)" in told
    assert [act.reply_to for chat, act in ward.arrived if chat == ANNA.chat] == [77]


def test_of_a_picture_that_was_seen_nothing_more_is_said() -> None:
    ward = a_ward()

    copied(ward, DESK, reason="")

    assert not ward.heard(ANNA)


def test_who_of_staff_sent_a_picture_that_cannot_be_opened_hears_what_to_do() -> None:
    ward = a_ward()
    ward.says(ANNA, "pus is coming out and I have fever")
    ward.says(at_desk(CLARA), "Like this", reply_to=ward.message_of(Purpose.ALERT), media="photo")
    sent = next(row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.STAFF_REPLY)

    follow(ward, replace(sent, state=DeliveryState.FAILED, reason="unreadable"))

    assert "I cannot open it (" in ward.last(DESK)
    assert "as a photo, not as a file" in ward.last(DESK)

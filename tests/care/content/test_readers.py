"""Who was sent the words of a revision: whoever has to put something right finds them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.inbound import Said
from bot.care.model.revision import FileChange, Item, Revision, Rewording
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import ANNA, BERT, CLARA, MARIA

FILE = "en/steps/picosure/PS-03.toml"
ITEM = Item("en", "steps/picosure/PS-03")


def had(room: Newsroom, chat: int, *, hours: float) -> None:
    """The third day's message has left so long after now."""
    patient = room.work.patients.by_chat(chat)
    assert patient is not None
    row = next(row for row in room.work.outbox.of_patient(patient.id) if row.step == "PS-03")
    sent_at = room.clock.now() + timedelta(hours=hours)
    room.records.memory.deliveries[row.id] = replace(row, state=DeliveryState.SENT, sent_at=sent_at)


def revised(room: Newsroom, item: Item = ITEM, file: str = FILE) -> None:
    change = FileChange(file, "", "", (Rewording(item, "old", "new"),))
    room.work.revisions.add(Revision(room.clock.now(), MARIA.account, "edit", change))


def test_whoever_was_sent_the_words_while_they_were_live_is_named() -> None:
    room = a_newsroom()
    for who in (ANNA, BERT):
        room.enrol(f"{who.name} picosure")
        room.join(who)
    revised(room)
    had(room, ANNA.chat, hours=2)
    had(room, BERT.chat, hours=9)
    room.clock.at += timedelta(hours=6)
    revised(room)
    room.clock.at += timedelta(hours=6)

    for number in ("1", "2"):
        room.opens(CLARA, "Latest changes", number, "Who got it")

    assert room.audited()[-1] == "readers"
    first, second = (text for text in room.heard(CLARA) if "with these words" in text)
    assert "Anna (A-1)" in first
    assert "Bert" not in first
    assert "Bert (A-2)" in second
    assert "Anna" not in second


def test_words_that_nobody_got_are_nobody_s_and_of_an_answer_nothing_is_offered() -> None:
    room = a_newsroom()
    revised(room)
    revised(room, Item("en", "faq/makeup"), "en/faq/makeup.toml")

    room.opens(CLARA, "Latest changes", "1", "Who got it")
    nobody = room.last(CLARA)
    room.opens(CLARA, "Latest changes", "2")

    assert "nobody who is in care was sent these words" in nobody
    assert "Who got it" not in room.buttons(CLARA)


def a_room_where_anna_got_it() -> Newsroom:
    room = a_newsroom()
    room.enrol("Anna picosure")
    room.join(ANNA)
    revised(room)
    had(room, ANNA.chat, hours=2)
    room.clock.at += timedelta(hours=6)
    room.opens(CLARA, "Latest changes", "1", "Who got it")
    return room


def correct(room: Newsroom, words: str) -> bool:
    room.tap(CLARA, "Send them a correction")
    typed = room.office.browsing.putting_right.typed(room.work, Said(CLARA, words, 4_711, html=words))
    room.deliver()
    return typed


def test_whoever_got_them_gets_a_clinician_s_correction_once_she_has_read_it_again() -> None:
    room = a_room_where_anna_got_it()
    before = len(room.heard(ANNA))

    assert correct(room, "Please wait a day <longer>.")
    shown, meanwhile = room.last(CLARA), room.heard(ANNA)[before:]
    room.tap(CLARA, "Yes, do this")

    assert "Patients who get this now: 1" in shown
    assert meanwhile == []
    assert room.last(ANNA).endswith("Clinic:</b>\nPlease wait a day &lt;longer&gt;.")
    assert room.last(ANNA).startswith("<b>Clara, ")
    assert "put-right" in room.audited()


@pytest.mark.parametrize("words", ["", "x" * 1_501])
def test_a_correction_that_is_none_is_asked_for_again(words: str) -> None:
    room = a_room_where_anna_got_it()

    assert correct(room, words)
    again = room.last(CLARA)
    assert room.office.browsing.putting_right.typed(room.work, Said(CLARA, "Wait.", 4_712, html="Wait."))

    assert "nothing was sent" in again


def test_who_stopped_gets_none_and_an_admin_is_not_offered_it() -> None:
    room = a_room_where_anna_got_it()
    patient = room.work.patients.by_chat(ANNA.chat)
    assert patient is not None
    room.work.patients.save(replace(patient, stopped_at=room.clock.now()))

    assert not correct(room, "Wait.")
    assert "Nobody who can be written to" in room.last(CLARA)
    room.opens(MARIA, "Latest changes", "1", "Who got it")
    assert "Send them a correction" not in room.buttons(MARIA)

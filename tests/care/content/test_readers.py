"""Who was sent the words of a revision: whoever has to put something right finds them."""

from dataclasses import replace
from datetime import timedelta

from bot.care.model.delivery import DeliveryState
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

"""What is changed in the files needs no tap: clinicians read at once what of it is clinical."""

from bot.care.model.revision import FileChange, Item, Rewording
from bot.care.services.publishing import MOST_SHOWN, Publishing
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import CLARA, MARIA, RITA

SAFETY = Item("en", "steps/picosure/PS-03/safety")
TITLE = Item("en", "treatments/picosure/name")


def changed(room: Newsroom, *items: Item) -> None:
    words = tuple(Rewording(item, "Call <b>now</b>.", "All is well.") for item in items)
    change = FileChange("en/some.toml", "old", "new", words, "1", "2")
    Publishing(room.library).note(room.work, [change], version="v", held_back={}, at=room.clock.now())
    room.deliver()


def test_clinicians_and_admins_read_old_and_new_of_what_is_clinical() -> None:
    room = a_newsroom()

    changed(room, SAFETY, TITLE)
    room.tap(CLARA, "Latest changes")

    (told,) = [text for text in room.heard(MARIA) if "without a clinician's tap" in text]
    assert told in room.heard(CLARA)
    assert "live now: 1 texts" in told
    assert "Before: Call &lt;b&gt;now&lt;/b&gt;.\nNow: All is well." in told
    assert room.heard(RITA) == []
    assert "what was changed, newest first" in room.last(CLARA)


def test_of_what_is_not_clinical_nothing_is_told() -> None:
    room = a_newsroom()

    changed(room, TITLE)

    assert room.heard(CLARA) == []


def test_of_many_the_first_are_shown() -> None:
    room = a_newsroom()

    changed(room, *(Item("en", "red_flags/RF-E1", n) for n in range(MOST_SHOWN + 2)))

    assert room.last(CLARA).count("Before:") == MOST_SHOWN
    assert "... and 2 more." in room.last(CLARA)


def test_the_same_change_is_told_once() -> None:
    room = a_newsroom()

    for _ in range(2):
        changed(room, SAFETY)

    assert len(room.heard(CLARA)) == 1

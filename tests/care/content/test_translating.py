"""Translations whose source was changed since are listed until somebody translates them anew."""

from dataclasses import replace

import pytest

from bot.care.model.revision import FileChange, Item, Revision, Rewording
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import FRIDAY_NOON, MARIA


@pytest.fixture
def room() -> Newsroom:
    room = a_newsroom()
    shelf = room.library.shelf
    clinic = replace(shelf.clinic, languages=("en", "fr"))
    words, topics = {**shelf.words, "fr": shelf.words["en"]}, {**shelf.topics_of, "fr": shelf.topics_of["en"]}
    room.library.shelf = replace(shelf, clinic=clinic, words=words, topics_of=topics)
    return room


def reworded(room: Newsroom, language: str, key: str = "faq/makeup") -> None:
    change = FileChange(f"{language}/{key}.toml", None, None, (Rewording(Item(language, key), "old", "new"),))
    room.work.revisions.add(Revision(FRIDAY_NOON, MARIA.account, "edit", change))


def test_nothing_is_stale_before_the_source_is_changed(room: Newsroom) -> None:
    reworded(room, "fr")

    room.opens(MARIA, "Translations")

    assert "<b>FR</b>: complete, and nothing in EN was changed since" in room.last(MARIA)


def test_what_was_changed_in_the_source_is_listed_and_opened(room: Newsroom) -> None:
    reworded(room, "fr")
    reworded(room, "en")

    room.opens(MARIA, "Translations")
    listed, shown = room.last(MARIA), room.buttons(MARIA)[0]
    room.tap(MARIA, shown)

    assert "of 1 of its words the EN ones were changed later" in listed
    assert shown.startswith("Makeup: Answer")
    assert "As Anna" in room.last(MARIA)


def test_what_was_translated_anew_is_no_longer_listed(room: Newsroom) -> None:
    reworded(room, "en")
    reworded(room, "en", "faq/sunscreen")
    reworded(room, "fr")

    room.opens(MARIA, "Translations")

    assert "Sunscreen" in room.last(MARIA)
    assert "Makeup" not in room.last(MARIA)


def test_a_clinic_of_one_language_is_offered_none_of_it() -> None:
    room = a_newsroom()

    room.opens(MARIA)

    assert "Translations" not in room.buttons(MARIA)

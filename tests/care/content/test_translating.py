"""Translations whose source was changed since are listed until somebody translates them anew."""

from dataclasses import replace

import pytest

from bot.care.model.revision import Checked, FileChange, Item, Revision, Rewording, Verdict
from bot.care.services.publishing import Publishing
from bot.care.services.stale_translations import StaleTranslations
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import CLARA, FRIDAY_NOON, MARIA, RITA


@pytest.fixture
def room() -> Newsroom:
    room = a_newsroom()
    shelf = room.library.shelf
    clinic = replace(shelf.clinic, languages=("en", "fr"))
    words, topics = {**shelf.words, "fr": shelf.words["en"]}, {**shelf.topics_of, "fr": shelf.topics_of["en"]}
    room.library.shelf = replace(shelf, clinic=clinic, words=words, topics_of=topics)
    return room


def reworded(
    room: Newsroom,
    language: str,
    key: str = "faq/makeup",
    variant: int = 0,
    *,
    old: str = "old",
    new: str = "new",
    version: str = "",
    why: str = "edit",
) -> int:
    change = FileChange(f"{language}/{key}.toml", None, None, (Rewording(Item(language, key, variant), old, new),))
    return room.work.revisions.add(Revision(FRIDAY_NOON, MARIA.account, why, change, version)).id


def with_variants(room: Newsroom, **counts: int) -> str:
    """A message of which each language has so many variants."""
    key, shelf = "steps/picosure/PS-03", room.library.shelf
    words = dict(shelf.words)
    for language, count in counts.items():
        said = words[language][key]
        words[language] = {**words[language], key: replace(said, variants=said.variants[:1] * count)}
    room.library.shelf = replace(shelf, words=words)
    return key


def stale(room: Newsroom) -> list[Item]:
    return StaleTranslations(room.library).of(room.work, "fr")


def held(room: Newsroom) -> frozenset[str]:
    return StaleTranslations(room.library).held(room.work)["fr"]


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


def test_what_was_taken_back_is_as_it_was_translated(room: Newsroom) -> None:
    reworded(room, "en", "steps/picosure/PS-03", old="old", new="new")
    assert held(room) == {"steps/picosure/PS-03"}

    reworded(room, "en", "steps/picosure/PS-03", old="new", new="old")

    assert held(room) == set()


def test_a_variant_is_held_until_it_is_translated_itself(room: Newsroom) -> None:
    key = with_variants(room, en=2, fr=2)
    reworded(room, "en", key, 1)

    reworded(room, "fr", key, 0)

    assert stale(room) == [Item("fr", key, 1)]
    assert held(room) == {key}


def test_the_last_variant_of_a_translation_stands_for_what_it_lacks(room: Newsroom) -> None:
    key = with_variants(room, en=3, fr=2)
    reworded(room, "en", key, 2)
    assert stale(room) == [Item("fr", key, 1)]

    reworded(room, "fr", key, 1)

    assert stale(room) == []


def test_the_variant_that_was_changed_is_opened(room: Newsroom) -> None:
    key = with_variants(room, en=2, fr=2)
    reworded(room, "en", key, 1)

    room.opens(MARIA, "Translations")

    room.deliver()
    _, act = room.arrived[-1]
    (button,) = (one for row in act.keyboard for one in row if one.deed == "content-item")
    assert button.args == (str(Item("fr", key, 1)),)


def test_who_takes_a_translation_back_translates_nothing(room: Newsroom) -> None:
    key = "steps/picosure/PS-03"
    reworded(room, "en", key)
    translation = reworded(room, "fr", key, old="alt", new="neu")
    assert held(room) == set()

    undo = reworded(room, "fr", key, old="neu", new="alt", why=f"undo:{translation}")
    assert held(room) == {key}

    reworded(room, "fr", key, old="alt", new="neu", why=f"undo:{undo}")
    assert held(room) == set()


@pytest.mark.parametrize("languages", [("en", "fr"), ("fr", "en")])
def test_what_was_changed_together_with_its_translation_is_not_stale(
    room: Newsroom, languages: tuple[str, str]
) -> None:
    for language in languages:
        reworded(room, language, "steps/picosure/PS-03", version="v")

    assert held(room) == set()


@pytest.mark.parametrize(
    ("key", "is_held"),
    [
        pytest.param("steps/picosure/PS-03", True, id="a message"),
        pytest.param("red_flags/RF-E1", True, id="advice"),
        pytest.param("faq/redness", True, id="an answer about a symptom"),
        pytest.param("phrases/window/open", True, id="what is said of days"),
        pytest.param("phrases/selfcare/help-now", True, id="whom to reach"),
        pytest.param("faq/makeup", False, id="another answer"),
        pytest.param("phrases/signing/open", False, id="what staff read"),
        pytest.param("phrases/listening/yes-words", False, id="what a yes is known by in their language"),
    ],
)
def test_what_is_about_symptoms_recovery_or_whom_to_reach_is_held(room: Newsroom, key: str, is_held: bool) -> None:  # noqa: FBT001
    reworded(room, "en", key)

    assert held(room) == ({key} if is_held else set())


def test_a_translation_that_was_made_anew_is_said_again(room: Newsroom) -> None:
    reworded(room, "en", "red_flags/RF-E1")
    reworded(room, "fr", "red_flags/RF-E1")

    assert held(room) == set()


def of_revised(room: Newsroom, key: str) -> list[str]:
    """What is told after somebody changed these words in their file."""
    change = FileChange("en/some.toml", "old", "new", (Rewording(Item("en", key), "old", "new"),), "1", "2")
    publishing, at = Publishing(room.library), room.clock.now()
    held_back = publishing.held_back(room.work, [change], version="v", at=at)
    publishing.note(room.work, [change], version="v", held_back=held_back, at=at)
    return [text for text in room.heard(MARIA) if "held until they are translated anew" in text]


def test_admins_and_clinicians_read_what_is_held_and_from_whom(room: Newsroom) -> None:
    anna = room.enrol("Anna picosure lang=fr")
    room.enrol("Bert picosure lang=fr test=yes")
    room.enrol("Cleo picosure")

    (told,) = of_revised(room, "steps/picosure/PS-03")
    room.tap(CLARA, "Translations")

    assert "<b>FR: held" in told
    assert "• steps/picosure/PS-03" in told
    assert f"who read FR (2), for a person to look after:\nAnna ({anna.code})\nBert (TEST)" in told
    assert "Cleo" not in told
    assert "Day 3 (PS-03)" in room.last(CLARA)
    assert not any("held until" in text for text in room.heard(RITA))


def test_nothing_is_told_of_what_is_not_held(room: Newsroom) -> None:
    assert of_revised(room, "faq/makeup") == []


async def test_it_is_told_as_well_of_words_that_were_published_in_the_chat(room: Newsroom) -> None:
    await room.drafts(MARIA, "New.", "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Short safety line")
    room.tap(MARIA, "Publish")
    room.tap(CLARA, "Publish")
    await room.works()

    assert any("• steps/picosure/PS-03/safety" in text for text in room.heard(CLARA))


async def test_whoever_sends_the_same_words_again_says_that_they_are_still_true(room: Newsroom) -> None:
    item = Item("fr", "steps/picosure/PS-03/safety")
    reworded(room, "en", item.key)
    same = FileChange("fr/some.toml", "old", "old", (Rewording(item, "Same.", "Same."),), "0", "0")
    room.press.finds = Checked(Verdict.SAME, (), "Same.", same)

    room.begins(MARIA, item)
    room.writes(MARIA, "Same.")
    await room.works()
    asked = room.last(MARIA)
    room.tap(MARIA, "Publish")
    room.tap(CLARA, "Publish")
    await room.works()

    assert "still true" in asked
    assert "Published" in room.last(CLARA)
    assert held(room) == set()


async def test_the_same_words_of_what_is_not_stale_are_no_news(room: Newsroom) -> None:
    item = Item("fr", "steps/picosure/PS-03/safety")
    room.press.finds = Checked(Verdict.SAME, (), "Same.", FileChange("fr/some.toml", "old", "old", (), "0", "0"))

    room.begins(MARIA, item)
    room.writes(MARIA, "Same.")
    await room.works()

    assert "Nothing was changed" in room.last(MARIA)
    assert room.work.revisions.latest(limit=9) == []


def test_a_clinic_of_one_language_is_offered_none_of_it() -> None:
    room = a_newsroom()

    room.opens(MARIA)

    assert "Translations" not in room.buttons(MARIA)

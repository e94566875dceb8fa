"""A translation that is no longer true is not said: the first language's words stand in, and say that they do."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.care.model.words import EXTRA, PLACEHOLDERS
from bot.library.keeping import LibraryKeeper
from bot.library.proof import ALONE
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts
from tests.library.shelves import a_folder, write
from tests.standing_library import the_shelf

FACTS = {**EXTRA, **PLACEHOLDERS}
SAYS_SO = "<i>These words were changed and are not translated yet, so here they are in anglais.</i>\n\n"


def in_french(*held: str) -> ContentShelf:
    """Every French word stands there as `fr`, but what is said around those in English."""
    shelf = the_shelf()
    english = shelf.words["en"]
    kept = ("phrases/delivery/", "phrases/lists/")
    french = {
        key: words if key.startswith(kept) else english["phrases/listening/yes"] for key, words in english.items()
    }
    clinic = replace(shelf.clinic, languages=("en", "fr"))
    return replace(shelf, clinic=clinic, words={"en": english, "fr": french}, held={"fr": frozenset(held)})


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("steps/picosure/PS-03", id="a message"),
        pytest.param("steps/picosure/PS-03/reply/signs/none", id="a reply"),
        pytest.param("faq/redness", id="an answer"),
        pytest.param("red_flags/RF-U1", id="advice"),
        pytest.param("out_of_scope/price", id="what is not ours"),
    ],
)
def test_a_whole_text_comes_in_the_first_language_and_says_so_on_top(key: str) -> None:
    assert in_french(key).say(key, "fr", FACTS) == SAYS_SO + the_shelf().say(key, "en", FACTS)


@pytest.mark.parametrize("key", ["steps/picosure/PS-03/safety", "phrases/window/open", "phrases/asks/person"])
def test_a_piece_is_marked_with_its_language(key: str) -> None:
    assert in_french(key).say(key, "fr", FACTS) == f"(EN) {the_shelf().say(key, 'en', FACTS)}"


def test_everything_else_is_said_in_its_language() -> None:
    shelf = in_french("red_flags/RF-U1")

    assert shelf.say("red_flags/RF-U2", "fr", FACTS) == "Yes, now"
    assert shelf.say("red_flags/RF-U1", "en", FACTS) == the_shelf().say("red_flags/RF-U1", "en", FACTS)
    assert "Yes, now" in shelf.written("red_flags/RF-U1", "fr")[0].text


def test_what_is_held_stays_so_when_other_words_go_live(tmp_path: Path) -> None:
    content = a_folder(tmp_path / "content")
    verdicts = Verdicts(tmp_path / "verdicts")
    keeper = LibraryKeeper(content, tmp_path / "var", fictitious_allowed=True, proof=ALONE, verdicts=verdicts)
    keeper.hold({"fr": {"faq/makeup"}})

    write(content, "en/phrases/menu.toml", '[menu]\nhelp = "New words."\n')
    news = keeper.look() or keeper.look()

    assert news is not None
    assert news.accepted
    assert keeper.shelf.held == {"fr": {"faq/makeup"}}

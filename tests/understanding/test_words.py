"""Text becomes words: plain, cut, stemmed, put right, found."""

import pytest

from bot.understanding.normalise import LONGEST, plain
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.spelling import Speller
from bot.understanding.words import Cutter, Stemmer

STEMMER = Stemmer("en")
CUTTER = Cutter(STEMMER, {"b4": "before", "rn": "right now"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HELLO", "hello"),
        ("naïve café", "naive cafe"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("se\u200bcret", "secret"),
        ("soooooo", "soo"),
        ("can’t", "can't"),
        ("1000000", "1000000"),
    ],
)
def test_text_is_made_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_nothing_after_the_limit_is_read() -> None:
    assert len(plain("ab" * LONGEST)) == LONGEST


def test_words_know_their_sentence_and_clause() -> None:
    words = CUTTER.cut("I can't wait, b4 noon. Now rn")

    assert [word.surface for word in words] == ["i", "cant", "wait", "before", "noon", "now", "right", "now"]
    assert [word.sentence for word in words] == [0, 0, 0, 0, 0, 1, 1, 1]
    assert words[3].clause == 1


def test_a_phrase_matches_by_stem_exactly_or_across_a_gap() -> None:
    book = Phrasebook({"swell": ["swelling"], "only": ["=stops"], "eye": ["pain in _ eye"]}, STEMMER)

    found = {hit.concept for hit in book.find(CUTTER.cut("it swells and stopped, pain in my left eye"))}

    assert found == {"swell", "eye"}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("skin feels rough", True),
        ("face feels really rough", True),
        ("skin feels so rough", True),
        ("i feel rough", False),
    ],
)
def test_one_phrase_may_stand_for_many(text: str, *, is_found: bool) -> None:
    book = Phrasebook({"thing": ["skin|face feel really|so| rough"]}, STEMMER)

    assert bool(book.find(CUTTER.cut(text))) is is_found
    assert "|" not in "".join(book.words)


def test_a_phrase_of_nothing_is_never_found() -> None:
    assert Phrasebook({"nothing": ["| |"]}, STEMMER).find(CUTTER.cut("nothing at all")) == []


def test_a_phrase_never_reaches_into_the_next_sentence() -> None:
    book = Phrasebook({"eye": ["pain in _ eye"]}, STEMMER)

    assert book.find(CUTTER.cut("no pain in. my eye is fine")) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("infcted", "infected"),
        ("blsiter", "blister"),
        ("lbister", "blister"),
        ("swellling", "swelling"),
        ("itchyy", "itchy"),
        ("smelling", "smelling"),
        ("cat", "cat"),
        ("poked", "poked"),
    ],
)
def test_only_what_is_no_word_is_put_right(typed: str, meant: str) -> None:
    speller = Speller(["infected", "blister", "swelling", "itchy", "puked"], ["smelling", "itchy"], STEMMER)

    assert speller.right(typed) == meant

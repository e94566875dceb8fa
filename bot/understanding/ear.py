"""How one language is taken in: words put right, danger signs and topics named, terms counted out."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Self

from bot.understanding.features import features, grams
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.shelf import WordShelf
from bot.understanding.signs import Signs, signs_in
from bot.understanding.spelling import Speller
from bot.understanding.terms import Kinds
from bot.understanding.timing import Timing, timing
from bot.understanding.usual_words import UsualWords
from bot.understanding.words import Cutter, Stemmer, Word

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

CONCEPT_WEIGHT = 3
"""A concept counts as much as three words (cross-validated: two to three; one lets chatter win)."""

TOPIC_SAYS = (1.0, 0.25)
"""Words with concepts, and letters."""
SIGN_SAYS = (1.0, 1.0, 0.5)
"""Words, the signs that hold, and letters."""


@dataclass(frozen=True)
class Ear:
    cutter: Cutter
    speller: Speller
    signs: Phrasebook
    concepts: Phrasebook
    treatments: Phrasebook
    """What patients call each treatment."""
    silent: frozenset[str]
    """Words that say nothing about the topic."""
    leaning: frozenset[str]
    """Words that only ask more about what was said before."""
    said: Mapping[str, int]
    """How often the content's lines use each word."""
    targets: frozenset[str]

    def among(self, words: Container[str]) -> Self:
        """Puts more words right, as it can tell a mistyped word from one of the language that the content lacks."""
        return replace(self, speller=self.speller.with_usual(UsualWords(self.said, self.targets, words)))

    def read(self, text: str) -> tuple[Word, ...]:
        return self.speller.correct(self.cutter.cut(text))

    def as_written(self, text: str) -> str:
        return " ".join(word.surface for word in self.cutter.cut(text))

    def put_right(self, text: str) -> str:
        """As it was written, but for the words that `read` takes for others."""
        return _LETTERS.sub(lambda found: self._meant(found.group()), text)

    def _meant(self, written: str) -> str:
        surface = written.lower().replace("'", "").replace("’", "")
        right = self.speller.right(surface)
        return written if right == surface else right

    def signs_in(self, text: str, words: Sequence[Word]) -> Signs:
        return signs_in(text, words, self.signs)

    def timing(self, words: Sequence[Word]) -> Timing:
        return timing(words, self.treatments.find(words))

    def topic_terms(self, words: Sequence[Word]) -> Kinds:
        named = [hit.concept for hit in self.concepts.find(words)]
        return features(words, named, silent=self.silent, weight=CONCEPT_WEIGHT), _letters(words)

    def sign_terms(self, signs: Signs) -> Kinds:
        return features(signs.words, ()), signs.tags, _letters(signs.words)

    def telling(self, words: Sequence[Word]) -> list[str]:
        """Stems of the words that carry meaning."""
        return [word.stem for word in self._telling(words)]

    def leans(self, words: Sequence[Word], before: Sequence[Word]) -> bool:
        """It brings no word of its own to what was said `before`: "and tomorrow?", "is that normal"."""
        said = {word.stem for word in before}
        return all(word.surface in self.leaning or word.stem in said for word in self._telling(words))

    def _telling(self, words: Sequence[Word]) -> list[Word]:
        return [word for word in words if word.surface not in self.silent and not word.surface.isdigit()]


def _letters(words: Sequence[Word]) -> list[str]:
    return [gram for size in (3, 5) for gram in grams(words, size=size)]


def ear_of(shelf: WordShelf) -> Ear:
    """For the same words the same one: it is proved with, and then listened with."""
    return _ear(_Words(shelf.as_json(), shelf))


@dataclass(frozen=True)
class _Words:
    text: str
    shelf: WordShelf = field(compare=False)


@lru_cache(maxsize=2)
def _ear(words: _Words) -> Ear:
    shelf = words.shelf
    stemmer = _stemmer(shelf.language)
    signs, concepts = Phrasebook(shelf.signs, stemmer), Phrasebook(shelf.concepts, stemmer)
    cutter = Cutter(stemmer, shelf.short)
    # mistyped examples stay as they are: known, but never what another word is corrected to
    said = cutter.counted((*shelf.ordinary(), *shelf.dangerous()))
    targets = frozenset({*signs.words, *concepts.words})
    known = frozenset({*said, *shelf.words("plain"), *shelf.short})
    return Ear(
        cutter,
        Speller(targets, known, stemmer),
        signs,
        concepts,
        Phrasebook(shelf.treatments, stemmer),
        shelf.words("silent"),
        shelf.words("leaning"),
        said,
        targets,
    )


@cache
def _stemmer(language: str) -> Stemmer:
    """Stems stay what they are when the words of the content change."""
    return Stemmer(language)

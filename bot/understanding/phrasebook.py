"""Find the phrases of named concepts in a text, each word or gap as the content wrote it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from bot.understanding.words import Stemmer, Word

GAP = "_"
"""Stands for up to three words that may come between."""

OR = "|"
"""Between words of which one is said; with nothing after it, perhaps none of them."""

WIDEST_GAP = 3
MOST_HITS = 64
"""Of one concept in one message; a patient who repeats a sign more often is heard all the same."""


class Hit(NamedTuple):
    """A concept found in words `start` (included) to `end` (excluded)."""

    concept: str
    start: int
    end: int
    sentence: int = 0


class Form(NamedTuple):
    concept: str
    parts: tuple[str, ...]
    """A stem, `=surface` for a word that must stand exactly so, or the gap."""


class Starting:
    """Forms that start with the same part, by the next one: a look at the next word rules most of them out."""

    def __init__(self) -> None:
        self.free: list[Form] = []
        """Forms of one part, or with a gap after the first."""
        self.led_to: defaultdict[str, list[Form]] = defaultdict(list)

    def add(self, form: Form) -> None:
        free = len(form.parts) == 1 or form.parts[1] == GAP
        (self.free if free else self.led_to[form.parts[1]]).append(form)

    def before(self, word: Word | None) -> Iterator[Form]:
        """Those that may stand where `word` is the next one."""
        yield from self.free
        if word is not None:
            yield from self.led_to.get(word.stem, ())
            yield from self.led_to.get("=" + word.surface, ())


class Phrasebook:
    """Concept -> forms. Words match by stem, `=word` exactly, `_` skips up to three words of the same sentence;
    `hot|warm` is either, `really|so|` either or none."""

    def __init__(self, concepts: Mapping[str, Iterable[str]], stemmer: Stemmer) -> None:
        self._by_first: defaultdict[str, Starting] = defaultdict(Starting)
        self.words: set[str] = set()
        for concept, forms in concepts.items():
            ways = [way for text in forms for way in _ways(text)]
            self.words.update(word.lstrip("=") for way in ways for word in way if word != GAP)
            for parts in dict.fromkeys(tuple(_part(word, stemmer) for word in way) for way in ways):
                self._by_first[parts[0]].add(Form(concept, parts))

    def find(self, words: Sequence[Word]) -> list[Hit]:
        hits: list[Hit] = []
        counts: defaultdict[str, int] = defaultdict(int)
        for start, word in enumerate(words):
            following = words[start + 1] if start + 1 < len(words) else None
            starting = (self._by_first.get(word.stem), self._by_first.get("=" + word.surface))
            for form in (form for group in starting if group for form in group.before(following)):
                end = _follow(form.parts, 1, words, start, start + 1)
                if end is not None and counts[form.concept] < MOST_HITS:
                    counts[form.concept] += 1
                    hits.append(Hit(form.concept, start, end, word.sentence))
        return hits


def _ways(text: str) -> Iterator[tuple[str, ...]]:
    """All that one form stands for, each a sequence of words."""
    for way in product(*(word.split(OR) for word in text.split())):
        if any(way):
            yield tuple(filter(None, way))


def _part(word: str, stemmer: Stemmer) -> str:
    return word if word == GAP or word.startswith("=") else stemmer.stem(word)


def _fits(part: str, word: Word) -> bool:
    return word.surface == part[1:] if part.startswith("=") else word.stem == part


def _follow(parts: tuple[str, ...], at: int, words: Sequence[Word], start: int, index: int) -> int | None:
    """Where the form ends if its parts from `at` on fit the words from `index` on, in the sentence of `start`."""
    if at == len(parts):
        return index
    if parts[at] == GAP:
        ends = (_follow(parts, at + 1, words, start, index + skip) for skip in range(WIDEST_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if index >= len(words) or words[index].sentence != words[start].sentence or not _fits(parts[at], words[index]):
        return None
    return _follow(parts, at + 1, words, start, index + 1)

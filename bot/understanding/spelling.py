"""Put mistyped words right, towards words that the clinic's own content uses."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.usual_words import UsualWords
from bot.understanding.words import Stemmer, Word

SHORTEST = 5
"""Shorter words have too many honest neighbours."""

LONG = 10
"""From this length on two slips are forgiven."""


class Speller:
    """`targets` are words worth reaching; `known` are words that are right as they stand."""

    _usual: UsualWords | None = None

    def __init__(self, targets: Iterable[str], known: Iterable[str], stemmer: Stemmer) -> None:
        self._stem = stemmer.stem
        targets = list(targets)
        reachable = sorted({word for word in targets if len(word) >= SHORTEST and word.isalpha()})
        self._known = {*known, *targets}
        self._known_stems = {self._stem(word) for word in self._known}
        self._by_initial: defaultdict[str, list[str]] = defaultdict(list)
        for word in reachable:
            self._by_initial[word[0]].append(word)
        # four letters are enough to see that two of them were swapped (`cnat`)
        self._swaps: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for word in sorted(word for word in targets if len(word) == SHORTEST - 1 and word.isalpha()):
            self._swaps["".join(sorted(word))][word[0] + word[-1]] = word
        self.right = lru_cache(maxsize=20_000)(self._right)

    def with_usual(self, usual: UsualWords) -> Self:
        """The same words, 1 MB of them, and `usual` guesses the rest."""
        more = copy(self)
        more._usual = usual  # noqa: SLF001 - its own kind
        more.right = lru_cache(maxsize=20_000)(more._right)  # noqa: SLF001
        return more

    def correct(self, words: Iterable[Word]) -> tuple[Word, ...]:
        return tuple(self._corrected(word) for word in words)

    def _corrected(self, word: Word) -> Word:
        right = self.right(word.surface)
        return word if right == word.surface else word._replace(surface=right, stem=self._stem(right))

    def knows(self, surface: str) -> bool:
        return surface in self._known or self._stem(surface) in self._known_stems

    def _right(self, surface: str) -> str:
        if self.knows(surface) or not surface.isalpha():
            return surface
        right = self._towards_targets(surface)
        return right if right != surface or self._usual is None else self._usual.nearest(surface) or surface

    def _towards_targets(self, surface: str) -> str:
        single = _undoubled(surface)
        if single in self._known:
            return single
        if len(surface) < SHORTEST:
            return self._swaps.get("".join(sorted(surface)), {}).get(surface[0] + surface[-1], surface)
        return self._nearest(surface) or surface

    def _nearest(self, surface: str) -> str | None:
        slips = 2 if len(surface) >= LONG else 1
        # a slip at the very first letters is a swap (`lbister`) far more often than another letter
        initials = {surface[0], surface[1]}
        nearest: tuple[int, str] | None = None
        for initial in sorted(initials):
            found = process.extractOne(surface, self._by_initial[initial], scorer=OSA.distance, score_cutoff=slips)
            if found and _plausible(surface, found[0]) and (nearest is None or found[1] < nearest[0]):
                nearest = (int(found[1]), found[0])
        return nearest[1] if nearest else None


def _plausible(surface: str, target: str) -> bool:
    """In words of five letters another letter makes another word (`poked`, `puked`): only swapped letters count."""
    return len(surface) > SHORTEST or len(target) != len(surface) or sorted(surface) == sorted(target)


def _undoubled(surface: str) -> str:
    """`itchyy` -> `itchy`: only the end of a drawn-out word, and any letter pair where that is a known word."""
    return "".join(char for index, char in enumerate(surface) if index == 0 or char != surface[index - 1])

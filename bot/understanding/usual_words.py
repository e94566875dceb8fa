"""Guess which often used word a mistyped one was meant to be."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LEAST = 3, 3
"""Letters of a word that may be guessed at, and times that the content's lines use a word that may be meant."""
SURELY = 6
"""Times from which on a word of the content need be none of the language's: `picosure`."""
SHORT, BY_FAR = 4, 4
"""A short word has many neighbours: one of them must be so many times as likely as the next."""
SWAPPED, MISSED, OTHER = 4.0, 2.0, 1.0
"""How likely two swapped letters, a missed or doubled one, and a wrong one are; measured on mistyped messages."""
OTHER_INITIAL = 0.2


class UsualWords:
    """`said`: how often the content's lines use each word; `targets`: words that may be meant however rare they are.

    `language`: words of the language, which are right as they stand though the content does not use them.
    """

    def __init__(self, said: Mapping[str, int], targets: Iterable[str], language: Container[str]) -> None:
        # most words are rare: only of the others is it worth asking whether the language has them
        common = (word for word, times in said.items() if times >= LEAST)
        often = (word for word in common if said[word] >= SURELY or word in language)
        self._said, self._language = said, language
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted({*often, *targets}):
            if word.isalpha() and len(word) > SHORTEST:
                self._by_length[len(word)].append(word)

    def nearest(self, surface: str) -> str | None:
        """One slip away and likelier than all others; None for a word of the language, or where nothing is near."""
        if len(surface) < SHORTEST or surface in self._language:
            return None
        lengths = (len(surface) - 1, len(surface), len(surface) + 1)
        found = [
            word
            for length in lengths
            for word, *_ in process.extract(
                surface, self._by_length[length], scorer=OSA.distance, score_cutoff=1, limit=None
            )
        ]
        ranked = sorted(found, key=lambda word: -self._likelihood(word, surface))
        if not ranked or (len(surface) <= SHORT and not self._is_clear(ranked, surface)):
            return None
        return ranked[0]

    def _is_clear(self, ranked: list[str], surface: str) -> bool:
        best, *others = (self._likelihood(word, surface) for word in ranked)
        return not others or best >= BY_FAR * others[0]

    def _likelihood(self, word: str, surface: str) -> float:
        slip = SWAPPED if sorted(word) == sorted(surface) else MISSED if len(word) != len(surface) else OTHER
        return slip * (1.0 if word[0] == surface[0] else OTHER_INITIAL) * (self._said.get(word, 0) + 1)

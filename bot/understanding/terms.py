"""What a message is made of, as numbers: rare terms weigh more, every kind of term has its own say."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from bot.understanding.arrays import Array, Keys, Truths, Whole

Kinds = Sequence[Sequence[str]]
"""The terms of one text, kind by kind (words, letters, concepts)."""

Row = tuple[Whole, Array]
"""Columns of a text's known terms, and what each weighs."""


@dataclass(frozen=True)
class Vocabulary:
    """Terms seen in the content, each kind behind the one before; `says` is how much a kind counts.

    A term is known by its key alone: as text all of them would take 12 MB of a running bot. `keys`: in order;
    `places`: where the term of each key stands within its kind, as `rarity` does.
    """

    keys: tuple[Keys, ...]
    places: tuple[Whole, ...]
    rarity: tuple[Array, ...]
    says: tuple[float, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.keys))

    def knows(self, term: str) -> bool:
        """Of the first kind, the words."""
        return bool(self._known(0, [term])[0][0])

    def row(self, kinds: Kinds) -> Row:
        parts = [self._part(kind, terms) for kind, terms in enumerate(kinds)]
        return np.concatenate([columns for columns, _ in parts]), np.concatenate([values for _, values in parts])

    def _part(self, kind: int, terms: Sequence[str]) -> Row:
        counts = Counter(terms)
        known, found = self._known(kind, counts)
        weights = np.fromiter((1 + math.log(count) for count in counts.values()), np.float32, len(counts))[known]
        weights *= self.rarity[kind][found]
        length = float(np.linalg.norm(weights))
        columns = found + sum(map(len, self.keys[:kind]))
        return columns, weights * np.float32(math.sqrt(self.says[kind]) / length) if length else weights

    def _known(self, kind: int, terms: Collection[str]) -> tuple[Truths, Whole]:
        """Which of these terms are known, and the places of those that are."""
        wanted = np.fromiter(map(_key, terms), np.uint64, len(terms))
        first = np.searchsorted(self.keys[kind], wanted)
        known: Truths = np.searchsorted(self.keys[kind], wanted, "right") > first
        return known, self.places[kind][first[known]]


def _key(term: str) -> int:
    """Eight bytes: that two of 60 000 terms share one is less likely than one in a thousand million."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def learn_terms(texts: Sequence[Kinds], says: Sequence[float]) -> Vocabulary:
    """Every term of the texts, in order of appearance."""
    keys: list[Keys] = []
    places: list[Whole] = []
    rarity: list[Array] = []
    for kind in range(len(says)):
        counts = Counter(term for kinds in texts for term in dict.fromkeys(kinds[kind]))
        own = np.fromiter(map(_key, counts), np.uint64, len(counts))
        places.append(np.argsort(own))
        keys.append(own[places[-1]])
        seen = np.fromiter(counts.values(), np.float32, len(counts))
        rarity.append(np.log((1 + len(texts)) / (1 + seen)).astype(np.float32) + 1)
    return Vocabulary(tuple(keys), tuple(places), tuple(rarity), tuple(says))


OFTEN = 100
"""Texts from which on a term is multiplied with all others at once."""


def overlap(rows: Sequence[Row], size: int) -> Array:
    """How much each text has in common with each other: the products of all rows."""
    owners = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    order = np.argsort(columns, kind="stable")
    owners, values = owners[order], values[order]
    edges = np.searchsorted(columns[order], np.arange(size + 1))
    often = np.flatnonzero(np.diff(edges) > OFTEN)
    dense = np.zeros((len(rows), len(often)), np.float32)
    for at, column in enumerate(often.tolist()):
        here = slice(edges[column], edges[column + 1])
        dense[owners[here], at] = values[here]
    common: Array = dense @ dense.T
    for start, end in pairwise(edges.tolist()):
        if 1 < end - start <= OFTEN:
            rare, weights = owners[start:end], values[start:end]
            common[np.ix_(rare, rare)] += np.outer(weights, weights)
    np.fill_diagonal(common, [float(values @ values) for _, values in rows])
    return common


def weigh(rows: Iterable[Row], says: Array, size: int) -> Array:
    """What each term says about each target, when each text says `says` about it."""
    weights = np.zeros((size, says.shape[1]), np.float32)
    for (columns, values), said in zip(rows, says, strict=True):
        weights[columns] += values[:, None] * said
    return weights

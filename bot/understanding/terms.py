"""What a message is made of, as numbers: rare terms weigh more, every kind of term has its own say."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from bot.understanding.arrays import Array, Whole

Kinds = Sequence[Sequence[str]]
"""The terms of one text, kind by kind (words, letters, concepts)."""

Row = tuple[Whole, Array]
"""Columns of a text's known terms, and what each weighs."""


@dataclass(frozen=True)
class Vocabulary:
    """Terms seen in the content, each kind behind the one before; `says` is how much a kind counts."""

    terms: tuple[tuple[str, ...], ...]
    rarity: tuple[Array, ...]
    says: tuple[float, ...]

    @cached_property
    def _columns(self) -> tuple[Mapping[str, int], ...]:
        starts = np.cumsum([0, *map(len, self.terms)])
        return tuple(
            {term: at for at, term in enumerate(terms, start=int(start))}
            for terms, start in zip(self.terms, starts, strict=False)
        )

    @property
    def size(self) -> int:
        return sum(map(len, self.terms))

    def knows(self, term: str) -> bool:
        """Of the first kind, the words."""
        return term in self._columns[0]

    def row(self, kinds: Kinds) -> Row:
        parts = [self._part(kind, terms) for kind, terms in enumerate(kinds)]
        return np.concatenate([columns for columns, _ in parts]), np.concatenate([values for _, values in parts])

    def _part(self, kind: int, terms: Sequence[str]) -> Row:
        columns, start = self._columns[kind], sum(map(len, self.terms[:kind]))
        counts = Counter(columns[term] for term in terms if term in columns)
        found = np.fromiter(counts.keys(), np.int64, len(counts))
        weights = np.fromiter((1 + math.log(count) for count in counts.values()), np.float32, len(counts))
        weights *= self.rarity[kind][found - start]
        length = float(np.linalg.norm(weights))
        return found, weights * np.float32(math.sqrt(self.says[kind]) / length) if length else weights


def learn_terms(texts: Sequence[Kinds], says: Sequence[float]) -> Vocabulary:
    """Every term of the texts, in order of appearance."""
    terms: list[tuple[str, ...]] = []
    rarity: list[Array] = []
    for kind in range(len(says)):
        counts = Counter(term for kinds in texts for term in dict.fromkeys(kinds[kind]))
        terms.append(tuple(counts))
        seen = np.fromiter(counts.values(), np.float32, len(counts))
        rarity.append(np.log((1 + len(texts)) / (1 + seen)).astype(np.float32) + 1)
    return Vocabulary(tuple(terms), tuple(rarity), tuple(says))


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

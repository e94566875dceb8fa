"""Which topic a text is about, by everything learned from the phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.arrays import Array, log_shares
from bot.understanding.logistic import Logistic
from bot.understanding.sureness import Labels, Opinions, speaks
from bot.understanding.terms import Kinds, Vocabulary

NARROW = 2.0
"""How quickly a sentence stops resembling another as their directions part."""


@dataclass(frozen=True)
class Verdict:
    """`shares` over all labels; `sure`: how likely the best topic is right to answer with."""

    shares: Array
    sure: float
    unknown: float


@dataclass(frozen=True)
class Meaning:
    """What sentences say by where their vector points: of every line, and what each says about each label."""

    vectors: Array
    says: Array
    heat: float


@dataclass(frozen=True)
class TopicModel:
    labels: Labels
    vocabulary: Vocabulary
    says: Array
    """What each term says about each label."""
    heat: float
    meaning: Meaning | None
    sureness: Logistic
    threshold: float

    def by_words(self, kinds: Kinds) -> tuple[int, float]:
        """The best label by the words alone, and its share: quick, for a first look."""
        columns, values = self.vocabulary.row(kinds)
        shares = log_shares(values @ self.says[columns] / np.float32(self.heat))
        return int(shares.argmax()), float(np.exp(shares.max()))

    def judge(self, kinds: Kinds, telling: Sequence[str], length: int, vector: Array | None) -> Verdict:
        columns, values = self.vocabulary.row(kinds)
        members = [log_shares((values @ self.says[columns])[None] / np.float32(self.heat))]
        nearest = None
        if self.meaning is not None and vector is not None:
            alike = self.meaning.vectors @ vector
            members.append(log_shares((resemblance(alike) @ self.meaning.says)[None] / np.float32(self.meaning.heat)))
            nearest = np.maximum.reduceat(alike, self.labels.starts)[None]
        unknown = 1 - sum(map(self.vocabulary.knows, telling)) / len(telling) if telling else 1.0
        opinions = Opinions(members, nearest, _one(unknown), _one(length))
        sure = self.sureness.sure(speaks(opinions, self.labels))[0]
        return Verdict(opinions.together[0], float(sure), unknown)


def resemblance(alike: Array) -> Array:
    return np.exp(np.float32(NARROW) * (alike - 1))  # type: ignore[no-any-return]


def _one(value: float) -> Array:
    return np.array([value], np.float32)

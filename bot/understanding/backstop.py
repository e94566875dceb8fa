"""A learned ear for danger: hears what no rule names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.care.model.triage import Level
from bot.understanding.arrays import Array
from bot.understanding.terms import Kinds, Vocabulary
from bot.understanding.topic_model import resemblance

MEANING_SAYS = 2.0
"""What a sentence means counts twice as much as its words (cross-validated)."""


@dataclass(frozen=True)
class Suspicion:
    """`danger`: about 1 for a danger sign, about -1 for anything else. `flag`: the sign that it resembles most."""

    danger: float
    flag: str
    level: Level


@dataclass(frozen=True)
class Backstop:
    """The first target is danger itself, the others are the flags."""

    flags: tuple[tuple[str, Level], ...]
    vocabulary: Vocabulary
    says: Array
    vectors: Array | None
    """Of every line, where there is an encoder; `meaning`: what each line says about each target."""
    meaning: Array | None
    certain: float
    """From here on it is taken as a danger sign."""
    asking: float
    """From here on it is asked about."""
    paging: float
    """How much an emergency's own examples must be resembled before one is named."""

    def by_words(self, kinds: Kinds) -> Array:
        """Every target's score by the words alone."""
        columns, values = self.vocabulary.row(kinds)
        return values @ self.says[columns]

    def by_meaning(self, vector: Array | None) -> Array:
        if self.vectors is None or self.meaning is None or vector is None:
            return np.zeros(1 + len(self.flags), np.float32)
        return np.float32(MEANING_SAYS) * (resemblance(self.vectors @ vector) @ self.meaning)

    def suspect(self, scores: Array) -> Suspicion:
        """A mere resemblance pages nobody at night: an emergency is named only where it is close."""
        order = np.argsort(-scores[1:])
        flag, level = next(
            (
                self.flags[at]
                for at in order
                if self.flags[at][1] is not Level.EMERGENCY or scores[1 + at] >= self.paging
            ),
            self.flags[order[0]],
        )
        return Suspicion(float(scores[0]), flag, level)


def worst(suspicions: Sequence[Suspicion]) -> Suspicion:
    return max(suspicions, key=lambda one: one.danger)

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

NEARLY = 0.55
"""Of what names an emergency: from here on a sign is urgent at least (cross-validated: no emergency waits)."""


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
    """How much emergencies must be resembled, all together, before one is named."""

    def by_words(self, kinds: Kinds) -> Array:
        """Every target's score by the words alone."""
        columns, values = self.vocabulary.row(kinds)
        return values @ self.says[columns]

    def by_meaning(self, vector: Array | None) -> Array:
        if self.vectors is None or self.meaning is None or vector is None:
            return np.zeros(1 + len(self.flags), np.float32)
        return np.float32(MEANING_SAYS) * (resemblance(self.vectors @ vector) @ self.meaning)

    def suspect(self, scores: Array) -> Suspicion:
        """A mere resemblance calls no ambulance: an emergency is named only where it is close, and nothing that comes
        near one waits till tomorrow."""
        emergencies = sum(
            float(score) for (_, level), score in zip(self.flags, scores[1:], strict=True) if level is Level.EMERGENCY
        )
        levels = {Level.EMERGENCY} if emergencies >= self.paging else {Level.URGENT, Level.SAME_DAY}
        if emergencies >= self.paging * NEARLY:
            levels -= {Level.SAME_DAY}
        best = max(range(len(self.flags)), key=lambda at: (self.flags[at][1] in levels, scores[1 + at]))
        return Suspicion(float(scores[0]), *self.flags[best])


def worst(suspicions: Sequence[Suspicion]) -> Suspicion:
    return max(suspicions, key=lambda one: one.danger)

"""Which messages ask the same, said in other words."""

from collections.abc import Sequence

import numpy as np

from bot.understanding.taking_in import Taken, mean_together

SAME_MEANING = 0.7
"""Cosine from which two short messages ask the same."""
SAME_WORDS = 0.6
"""Without the encoder: share of the telling words that two messages have in common."""
AT_ONCE = 16
"""Texts whose meaning is looked up in one go: patients who write meanwhile wait no longer than that."""


def nearest(one: Taken, others: Sequence[Taken]) -> int | None:
    """The place of the one that asks the same; None when none does."""
    if not others:
        return None
    shares, enough = _by_meaning(one, others), SAME_MEANING
    if shares is None:
        shares, enough = [_in_common(one, other) for other in others], SAME_WORDS
    best = int(np.argmax(shares))
    return best if shares[best] >= enough else None


def _by_meaning(one: Taken, others: Sequence[Taken]) -> Sequence[float] | None:
    for start in range(0, len(others), AT_ONCE):
        mean_together(others[start : start + AT_ONCE])
    if one.vector is None:
        return None
    return [0.0 if other.vector is None else float(one.vector @ other.vector) for other in others]


def _in_common(one: Taken, other: Taken) -> float:
    mine, theirs = set(one.telling), set(other.telling)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0

"""What speaks for and against the best topic: the features of the confidence in an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.arrays import Array, Whole, log_shares


@dataclass(frozen=True)
class Labels:
    """Topics first, then out-of-scope families; `starts` is where each label's lines begin."""

    names: tuple[str, ...]
    topics: int
    starts: Whole


@dataclass(frozen=True)
class Opinions:
    """For each text (rows): every member's log-shares, nearness to each label's lines, unknown words, length."""

    members: Sequence[Array]
    nearest: Array | None
    """None where there is no encoder."""
    unknown: Array
    length: Array

    @property
    def together(self) -> Array:
        return log_shares(sum(self.members[1:], self.members[0]) * np.float32(FUSED))


FUSED = 0.65
"""Members agree more than strangers would: their sum is toned down (cross-validated)."""


def speaks(opinions: Opinions, labels: Labels) -> Array:
    """One row of features for each text."""
    together = opinions.together
    rows = np.arange(len(together))
    best = together[:, : labels.topics].argmax(axis=1)
    ranked = np.sort(together, axis=1)[:, ::-1]
    columns = [
        together[rows, best],
        _lead(together, best),
        ranked[:, min(1, ranked.shape[1] - 1)] - ranked[:, min(3, ranked.shape[1] - 1)],
        _outside(together, labels),
        opinions.unknown,
        np.log1p(opinions.length),
    ]
    for member in opinions.members:
        columns += [member[rows, best], _lead(member, best), _outside(member, labels)]
    if opinions.nearest is not None:
        topics, families = opinions.nearest[:, : labels.topics], opinions.nearest[:, labels.topics :]
        outside = families.max(axis=1) if families.shape[1] else np.zeros(len(rows), np.float32)
        columns += [opinions.nearest[rows, best], topics.max(axis=1) - outside]
    return np.column_stack(columns).astype(np.float32)


def _lead(shares: Array, best: Whole) -> Array:
    """How far the best topic is before all other labels; negative if another is before it."""
    rows = np.arange(len(shares))
    others = shares.copy()
    others[rows, best] = -np.inf
    return shares[rows, best] - np.maximum(others.max(axis=1), -30)  # type: ignore[no-any-return]


def _outside(shares: Array, labels: Labels) -> Array:
    """Share of all out-of-scope families."""
    return np.exp(shares[:, labels.topics :]).sum(axis=1)  # type: ignore[no-any-return]

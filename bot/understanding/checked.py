"""How well the content does on its own lines, each judged by a fit that had not seen it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import numpy as np

from bot.understanding.arrays import Array, Truths, Whole
from bot.understanding.corpus import FAMILY, Line
from bot.understanding.sureness import Labels

OFFERED = 3
STEPS = 41
MOST = 40
"""Lines that are named."""

Count = tuple[int, int]
"""So many of so many."""


@dataclass(frozen=True)
class Checked:
    """Counts, so that intervals can be given. `curve`: (coverage, precision, out-of-scope answered) by strictness."""

    counts: dict[str, Count] = field(default_factory=dict)
    by_topic: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Topic -> lines, first right, among the first three."""
    curve: tuple[tuple[float, float, float], ...] = ()
    pairs: tuple[tuple[str, str, int], ...] = ()
    """Topic, the one it is taken for, how often."""
    astray: tuple[tuple[str, str, str], ...] = ()
    """Topic, its line, the topic that would be answered with."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        return cls(
            {name: (part, whole) for name, (part, whole) in told["counts"].items()},
            {name: (lines, first, three) for name, (lines, first, three) in told["by_topic"].items()},
            tuple((covered, right, outside) for covered, right, outside in told["curve"]),
            tuple((own, other, count) for own, other, count in told["pairs"]),
            tuple((own, line, other) for own, line, other in told["astray"]),
        )


@dataclass(frozen=True)
class Seen:
    """Topic lines and out-of-scope lines as the fit without them judges: shares, and how sure it is of the best."""

    lines: Sequence[Line]
    owners: Whole
    together: Array
    right: Truths
    """The best topic is the line's own, or one that answers it as well."""
    sure: Array
    """0 where an out-of-scope family is before all topics."""


def check_topics(seen: Seen, labels: Labels, threshold: float) -> Checked:
    inside = seen.owners < labels.topics
    order = np.argsort(-seen.together[:, : labels.topics], axis=1, kind="stable")[:, :OFFERED]
    first = order[:, 0] == seen.owners
    among = (order == seen.owners[:, None]).any(axis=1)
    answered = seen.sure >= threshold
    counts = {
        "top1": _count(seen.right[inside]),
        "top1_strict": _count(first[inside]),
        "top3": _count((among | seen.right)[inside]),
        "coverage": _count(answered[inside]),
        "precision": _count(seen.right[inside & answered]),
        "out_of_scope_answered": _count(answered[~inside]),
    }
    by_topic = {
        name: (int(own.sum()), int(seen.right[own].sum()), int((among | seen.right)[own].sum()))
        for name, own in ((name, seen.owners == at) for at, name in enumerate(labels.names[: labels.topics]))
    }
    wrong = np.flatnonzero(inside & ~seen.right).tolist()
    names = [(str(seen.lines[at].label), labels.names[int(order[at, 0])]) for at in wrong]
    pairs = [(own, other, count) for (own, other), count in Counter(names).most_common(MOST) if count > 1]
    far = sorted((at for at in wrong if answered[at]), key=lambda at: -float(seen.sure[at]))[:MOST]
    astray = [(str(seen.lines[at].label), seen.lines[at].text, labels.names[int(order[at, 0])]) for at in far]
    return Checked(counts, by_topic, _curve(seen, inside), tuple(pairs), tuple(astray))


def check_danger(lines: Sequence[Line], danger: Array, *, certain: float, asking: float) -> dict[str, Count]:
    """What the backstop alone would do with lines that it has not seen."""
    kinds = {
        "red_flags": [line.flag is not None for line in lines],
        "questions": [line.label is not None and not line.label.startswith(FAMILY) for line in lines],
        "out_of_scope": [line.label is not None and line.label.startswith(FAMILY) for line in lines],
        "calm": [line.flag is None and line.label is None for line in lines],
    }
    return {
        f"{kind}_{name}": _count(danger[own] >= limit)
        for kind, own in kinds.items()
        for name, limit in (("certain", certain), ("asked", asking))
    }


def _count(truths: Truths) -> Count:
    return int(truths.sum()), len(truths)


def _curve(seen: Seen, inside: Truths) -> tuple[tuple[float, float, float], ...]:
    points = []
    for share in np.linspace(0.05, 1, STEPS):
        answered = seen.sure >= np.quantile(seen.sure[inside], 1 - share) if inside.any() else inside
        good = answered & inside
        right = float(seen.right[good].mean()) if good.any() else 1.0
        outside = float(answered[~inside].mean()) if (~inside).any() else 0.0
        points.append((round(float(good.sum() / max(1, inside.sum())), 4), round(right, 4), round(outside, 4)))
    return tuple(points)

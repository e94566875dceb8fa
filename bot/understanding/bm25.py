"""A member of the fusion: which topic's phrasings share the rarest words with the message (BM25)."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

K1 = 1.2
B = 0.6
SHARPNESS = 0.75
"""How far apart two scores must lie to mean something: divides scores before they become log-shares."""


class Bm25:
    """Built from label -> lines of features; a label scores as its best line, a little helped by the next two."""

    def __init__(self, lines: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._labels = tuple(lines)
        flat = [(label, Counter(line)) for label, group in lines.items() for line in group]
        self._owner = [label for label, _ in flat]
        mean = sum(counts.total() for _, counts in flat) / max(1, len(flat))
        spread: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, (_, counts) in enumerate(flat):
            norm = K1 * (1 - B + B * counts.total() / mean)
            for name, count in counts.items():
                spread[name].append((index, count * (K1 + 1) / (count + norm)))
        self._postings = {
            name: [
                (index, math.log(1 + (len(flat) - len(found) + 0.5) / (len(found) + 0.5)) * weight)
                for index, weight in found
            ]
            for name, found in spread.items()
        }

    def shares(self, features: Sequence[str]) -> dict[str, float]:
        """Log-share of every label."""
        scores: defaultdict[int, float] = defaultdict(float)
        for name in set(features):
            for index, weight in self._postings.get(name, ()):
                scores[index] += weight
        best: defaultdict[str, list[float]] = defaultdict(list)
        for index, score in scores.items():
            best[self._owner[index]].append(score)
        scale = SHARPNESS * math.sqrt(1 + len(features) / 4)
        return log_shares({label: _strength(best[label]) / scale for label in self._labels})


def _strength(scores: list[float]) -> float:
    first, second, third = [*sorted(scores, reverse=True)[:3], 0.0, 0.0, 0.0][:3]
    return first + 0.25 * second + 0.15 * third


def log_shares(scores: Mapping[str, float]) -> dict[str, float]:
    """Softmax in logarithms."""
    top = max(scores.values(), default=0.0)
    total = math.log(sum(math.exp(score - top) for score in scores.values()) or 1.0) + top
    return {label: score - total for label, score in scores.items()}

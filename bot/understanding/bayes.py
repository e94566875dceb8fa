"""A member of the fusion: which topic's words taken together resemble the message (complement naive Bayes)."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.understanding.bm25 import log_shares

SMOOTHING = 0.5


class Bayes:
    """Weighs a feature by how much rarer it is in all other labels (Rennie 2003): kind to small, uneven heaps."""

    def __init__(self, lines: Mapping[str, Sequence[Sequence[str]]], *, sharpness: float) -> None:
        self._sharpness = sharpness
        self._labels = tuple(lines)
        heaps = {label: Counter(name for line in group for name in set(line)) for label, group in lines.items()}
        whole: Counter[str] = Counter()
        for heap in heaps.values():
            whole.update(heap)
        total, size = whole.total(), len(whole)
        norm = {label: math.log(total - heap.total() + SMOOTHING * size) for label, heap in heaps.items()}
        own = {label: math.log(heap.total() + SMOOTHING * size) for label, heap in heaps.items()}
        # features a label does not have get one common weight per label: only the others are stored
        self._base = {label: norm[label] - own[label] for label in heaps}
        self._weights: dict[str, dict[str, float]] = {}
        for label, heap in heaps.items():
            for name, count in heap.items():
                self._weights.setdefault(name, {})[label] = math.log(count + SMOOTHING) - math.log(
                    whole[name] - count + SMOOTHING
                )
        self._absent = {name: math.log(SMOOTHING) - math.log(count + SMOOTHING) for name, count in whole.items()}

    def shares(self, features: Sequence[str]) -> dict[str, float]:
        """Log-share of every label."""
        known = [name for name in set(features) if name in self._weights]
        floor = sum(self._absent[name] for name in known)
        scores = {label: floor + self._base[label] * len(known) for label in self._labels}
        for name in known:
            for label, weight in self._weights[name].items():
                scores[label] += weight - self._absent[name]
        scale = self._sharpness * math.sqrt(1 + len(known))
        return log_shares({label: score / scale for label, score in scores.items()})

"""How much a message sounds like the danger signs of the content rather than like an ordinary question."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

Features = Sequence[str]


class Likeness:
    """Log-odds per feature from two heaps of examples, smoothed; the score is their damped sum."""

    def __init__(self, signs: Iterable[Features], ordinary: Iterable[Features]) -> None:
        sign_counts, ordinary_counts = _heap(signs), _heap(ordinary)
        total_signs, total_ordinary = sign_counts.total(), ordinary_counts.total()
        names = sign_counts.keys() | ordinary_counts.keys()
        size = len(names)
        self._odds = {
            name: math.log((sign_counts[name] + 0.4) / (total_signs + 0.4 * size))
            - math.log((ordinary_counts[name] + 0.4) / (total_ordinary + 0.4 * size))
            for name in names
        }

    def score(self, features: Features) -> float:
        """About 0 for text that says nothing either way; above 0 leans to a danger sign."""
        known = [self._odds[name] for name in set(features) if name in self._odds]
        return sum(known) / math.sqrt(len(known)) if known else 0.0


def _heap(lines: Iterable[Features]) -> Counter[str]:
    return Counter(name for line in lines for name in set(line))

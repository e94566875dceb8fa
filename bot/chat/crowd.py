"""Notice who writes faster than a person can."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

MOST = 20
"""Updates of one person in one chat within `WINDOW` that are nothing to wonder about."""
WINDOW = 60.0
"""Seconds, machine time."""


@dataclass
class Crowd:
    """Counts per line (chat and sender); forgets everybody who has been quiet for a minute."""

    now: Callable[[], float] = monotonic
    _came: dict[str, deque[float]] = field(default_factory=dict)
    _swept: float = 0.0

    def hurries(self, line: str) -> bool:
        """Counts one more update of this line; True when there were more than enough already."""
        now = self.now()
        self._sweep(now)
        came = self._came.setdefault(line, deque(maxlen=MOST))
        hurries = len(came) == MOST and now - came[0] < WINDOW
        came.append(now)
        return hurries

    def _sweep(self, now: float) -> None:
        if now - self._swept < WINDOW:
            return
        self._came = {line: came for line, came in self._came.items() if now - came[-1] < WINDOW}
        self._swept = now

"""A practice alert: to everybody who would be told of a real one, and measured until somebody takes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(minutes=10)
"""As long as a real urgent alert waits before it climbs."""


@dataclass(frozen=True)
class Drill:
    """`rows`: the deliveries it went out by. `taken_by=None` at its end: nobody took it."""

    begun_at: datetime
    begun_by: int
    chat: int
    """Where its result is told."""
    rows: tuple[int, ...] = ()
    id: int = 0
    ended_at: datetime | None = None
    taken_by: int | None = None

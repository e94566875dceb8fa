"""Which words and answers must not wait, and how little they may be argued with."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    EMERGENCY = "emergency"
    URGENT = "urgent"
    SAME_DAY = "same-day"

    @property
    def weight(self) -> int:
        return (Level.SAME_DAY, Level.URGENT, Level.EMERGENCY).index(self)


def weight(level: Level | None) -> int:
    """To compare by: what has no level, a question or a wish, weighs least."""
    return -1 if level is None else level.weight


@dataclass(frozen=True)
class Assessment:
    """What triage found in one message; `flag=None` is clear, `certain=False` is AMBER: ask once, numbers included."""

    flag: str | None = None
    level: Level | None = None
    certain: bool = True
    reason: str = ""

    @property
    def raised(self) -> bool:
        return self.flag is not None


CLEAR = Assessment()

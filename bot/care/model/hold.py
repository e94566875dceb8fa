"""Planned messages that wait until somebody lets them go."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Hold:
    """Of one step of a protocol; of every planned message where both are empty."""

    treatment: str
    step: str
    by: int
    at: datetime

    @property
    def subject(self) -> tuple[str, str]:
        return self.treatment, self.step


EVERYTHING = ("", "")

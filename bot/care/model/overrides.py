"""What a clinician settled for one patient: own days for one thing, which beat the table."""

from dataclasses import dataclass, replace
from typing import Self

from bot.care.model.things import Thing


@dataclass(frozen=True)
class Override:
    """Days after the session and before the next one; None leaves what the table says."""

    thing: Thing
    after: int | None = None
    """The first day allowed, whatever the area."""
    before: int | None = None
    by: int = 0
    """The account of who settled it."""
    reason: str = ""
    """Always given where the days lie outside least and most."""
    confirmed: bool = True
    """False once a newer session began: until somebody confirms it again it may only make things stricter."""

    def carry(self) -> Self:
        return replace(self, confirmed=False)

    def days_after(self, usual: int) -> int:
        return self._days(self.after, usual)

    def days_before(self, usual: int) -> int:
        return self._days(self.before, usual)

    def _days(self, own: int | None, usual: int) -> int:
        if own is None:
            return usual
        return own if self.confirmed else max(own, usual)

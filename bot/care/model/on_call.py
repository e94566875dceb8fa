"""Who is on call: whoever took a stretch of time, else whoever the clinic's week names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.localtime import instant, local_day

A_WEEK = 7
"""Days after which the week's turns come again."""


@dataclass(frozen=True)
class Shift:
    """One stretch of time, as instants; where two overlap the newer one counts. `account=None`: nobody."""

    account: int | None
    since: datetime
    until: datetime
    id: int = 0


@dataclass(frozen=True)
class Turn:
    """From this hour of each such weekday on, in the clinic's zone, until the week's next turn. `None`: nobody."""

    weekday: int
    at: time
    account: int | None


@dataclass(frozen=True)
class Stretch:
    """Who is on call without a change; `until=None`: nothing changes within the week."""

    account: int | None
    until: datetime | None


@dataclass(frozen=True)
class Roster:
    """Everything that was entered and is not over; `is_kept`: whether anything ever was."""

    shifts: Sequence[Shift]
    """Oldest first."""
    turns: Sequence[Turn]
    zone: ZoneInfo
    is_kept: bool = True

    def at(self, moment: datetime) -> int | None:
        """The account of whoever is on call."""
        taken = [shift for shift in self.shifts if shift.since <= moment < shift.until]
        if taken:
            return max(taken, key=lambda shift: shift.id).account
        begun = [(start, turn.account) for start, turn in self._turns_around(moment) if start <= moment]
        return max(begun, key=lambda each: each[0])[1] if begun else None

    def stretch(self, moment: datetime) -> Stretch:
        """Who it is, and until when that stays so."""
        now = self.at(moment)
        return Stretch(now, next((edge for edge in self.changes(moment) if self.at(edge) != now), None))

    def changes(self, after: datetime) -> list[datetime]:
        """Every later moment, a week ahead at least, at which somebody's turn begins or ends."""
        ends = {edge for shift in self.shifts for edge in (shift.since, shift.until)}
        starts = {start for start, _ in self._turns_around(after)}
        return sorted(edge for edge in ends | starts if edge > after)

    def _turns_around(self, moment: datetime) -> Iterator[tuple[datetime, Turn]]:
        today = local_day(moment, self.zone)
        for away in range(-A_WEEK, A_WEEK + 1):
            day = today + timedelta(days=away)
            yield from (
                (instant(day, turn.at, self.zone), turn) for turn in self.turns if turn.weekday == day.weekday()
            )

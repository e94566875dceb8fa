"""The patients on whom all words are tried: each protocol, area, next session and day that can change what is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.care.model.enrolment import Area, Enrolment
from bot.care.model.protocol import Anchor, Protocol, Step

TODAY = date(2025, 12, 31)
"""A Wednesday from which each coming day is said with its year: dates are never longer than on this day."""
INTERVALS: tuple[int | None, ...] = (28, 84, None)
"""Days to the next session that matter for what is said: things go off again before they opened; they open, and go off
again; nobody knows. Other intervals say the same sentences on other dates."""
SHORT = 28
"""What this interval alone brings are things that never open: day 0 and the days before the next session show them."""
EVERY_INTERVAL: tuple[int | None, ...] = (14, 21, 28, 35, 42, 56, 84, None)


@dataclass(frozen=True)
class Case:
    """One patient on one day. `day`: after the session, or minus the days that are left before a first one."""

    protocol: Protocol
    area: Area
    day: int
    interval: int | None = None

    def __str__(self) -> str:
        coming = "no next session" if self.interval is None else f"next session after {self.interval} days"
        when = f"day {self.day}, {coming}" if self.day >= 0 else f"{-self.day} days before a first session"
        return f"{self.protocol.id}, {self.area}, {when}"

    def enrolment(self) -> Enrolment:
        session = TODAY - timedelta(days=self.day)
        if self.day < 0:
            return self._enrolled(None, session)
        return self._enrolled(session, None if self.interval is None else session + timedelta(days=self.interval))

    def says(self, step: Step) -> bool:
        """The step belongs to this day, whatever else it asks for."""
        if step.anchor is Anchor.SESSION:
            return self.day >= 0 and step.day <= self.day <= max(step.until.day, step.day)
        left = -self.day if self.day < 0 else None if self.interval is None else self.interval - self.day
        return left is not None and min(step.until.day, step.day) <= left <= step.day

    def _enrolled(self, session_on: date | None, next_on: date | None) -> Enrolment:
        return Enrolment(
            patient_id=0,
            treatment=self.protocol.id,
            surface=self.protocol.surface,
            area=self.area,
            created_at=datetime.min.replace(tzinfo=UTC),
            created_by=0,
            session_on=session_on,
            next_on=next_on,
        )


def cases(protocol: Protocol, *, every: bool) -> Iterator[Case]:
    """The surface ticked picks the protocol (C4), so the protocols stand for treatment x surface."""
    for area in Area if every else areas(protocol):
        for interval in EVERY_INTERVAL if every else INTERVALS:
            for day in days(protocol, interval, every=every):
                if every or _matters(area, interval, day):
                    yield Case(protocol, area, day, interval)
        for left in _before_first(protocol, every=every):
            yield Case(protocol, area, -left)


def _matters(area: Area, interval: int | None, day: int) -> bool:
    """Off the face the same sentences come back with later dates: the longest are those of day 0 and of long gaps."""
    if area is Area.FACE:
        return True
    return interval != SHORT and (interval is not None or day == 0)


def areas(protocol: Protocol) -> list[Area]:
    """The face, and one of those areas that move the same windows by the same days."""
    alike: dict[tuple[bool, tuple[int, ...]], Area] = {}
    for area in Area:
        moved = tuple(dict(rule.extra_days).get(area, 0) for rule in protocol.windows)
        alike.setdefault((area is Area.FACE, moved), area)
    return list(alike.values())


def days(protocol: Protocol, interval: int | None, *, every: bool) -> list[int]:
    """Days on which a message leaves; every day up to the end of the plan or the day before the next session."""
    last = protocol.ends if interval is None else interval - 1
    if every:
        return list(range(last + 1))
    found = {
        step.day for step in protocol.steps if step.anchor is Anchor.SESSION and (step.day == 0 or interval != SHORT)
    }
    if interval is not None:
        found |= {interval - step.day for step in protocol.steps if step.anchor is Anchor.NEXT_SESSION}
    return sorted(day for day in found if 0 <= day <= last)


def _before_first(protocol: Protocol, *, every: bool) -> list[int]:
    steps = {step.day for step in protocol.steps if step.anchor is Anchor.NEXT_SESSION}
    return list(range(1, max(steps, default=0) + 1)) if every else sorted(steps)

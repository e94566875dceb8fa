"""One patient's care after one session, and the course that several of them make."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple, Self

from bot.care.model.overrides import Override
from bot.care.model.things import Thing


class Surface(StrEnum):
    """What the laser left of the skin's surface: decides the wound rules (facts: C4)."""

    INTACT = "intact"
    MICRO_WOUNDS = "micro-wounds"
    REMOVED = "removed"

    @property
    def depth(self) -> int:
        return list(Surface).index(self)


class Area(StrEnum):
    """Where the skin was treated; off the face it heals more slowly (E48)."""

    FACE = "face"
    NECK = "neck"
    CHEST = "chest"
    BACK = "back"
    HANDS = "hands"


class EnrolmentStatus(StrEnum):
    BOOKED = "booked"
    """A first session is planned; no day 0 yet."""
    ACTIVE = "active"
    CLOSED = "closed"
    """A newer session took over, or the course ended."""
    CANCELLED = "cancelled"


class Retinol(StrEnum):
    """Variants of every retinol line (facts 3.0)."""

    START = "R1"
    NOTHING = "R2"
    NO_START = "R3"


@dataclass(frozen=True)
class HealthFacts:
    """What the patient told us that changes advice; `None` means not answered."""

    cold_sores: bool | None = None
    isotretinoin: str | None = None
    """`never`, `now`, or the ISO date of the last dose."""
    pregnancy: bool | None = None
    retinol_user: bool | None = None
    dark_marks: bool | None = None
    tone: str | None = None
    """`burns`, `tans` or `deep`: what the sun does to the skin (C18)."""
    retinol_recommended: bool = False
    """By this clinic; only staff say so."""
    antiviral_on: str | None = None
    """The ISO date on which a prescribed antiviral starts; only staff record it (C21)."""

    @property
    def marks_easily(self) -> bool:
        return bool(self.dark_marks) or self.tone == "deep"

    @property
    def retinol(self) -> Retinol:
        """R3 also when unanswered: words then say what to do first."""
        if self.pregnancy is None or self.pregnancy or self.isotretinoin == "now":
            return Retinol.NO_START
        return Retinol.START if self.retinol_user or self.retinol_recommended else Retinol.NOTHING


class KeptTiming(NamedTuple):
    """When a step of a protocol stays due for whoever was on their way when it was put on another day or hour."""

    treatment: str
    step: str
    timing: str
    """As `model/timing.py` writes a place: its day and hour, its rule for the late, and until when it is of use."""


@dataclass(frozen=True)
class Enrolment:
    """A session and what follows it. `session_on` is day 0 in the patient's own calendar, never converted."""

    patient_id: int
    treatment: str
    surface: Surface
    area: Area
    created_at: datetime
    created_by: int
    id: int = 0
    also: tuple[str, ...] = ()
    """Further treatments of the same day; the deepest surface leads."""
    surface_confirmed: bool = False
    session_on: date | None = None
    ended: time = time(17, 0)
    next_on: date | None = None
    next_at: time | None = None
    status: EnrolmentStatus = EnrolmentStatus.ACTIVE
    closed_at: datetime | None = None
    provisional: bool = False
    """Day 0 rests on the patient's word until staff confirm it."""
    health: HealthFacts = field(default_factory=HealthFacts)
    overrides: tuple[Override, ...] = ()
    """At most one a thing."""
    kept_timings: tuple[KeptTiming, ...] = ()
    """At most one a step."""

    @property
    def treatments(self) -> tuple[str, ...]:
        return self.treatment, *self.also

    def day(self, on: date) -> int | None:
        """Days after the session; `None` before a first session."""
        return None if self.session_on is None else (on - self.session_on).days

    def days_to_next(self, on: date) -> int | None:
        return None if self.next_on is None else (self.next_on - on).days

    def is_due(self, on: date) -> bool:
        """The day of the next session has come, and nobody has said yet what became of it."""
        return self.next_on is not None and self.next_on <= on

    def move_next(self, day: date | None) -> Self:
        """The hour belonged to the old date and goes with it."""
        return replace(self, next_on=day, next_at=None)

    def override(self, thing: Thing) -> Override | None:
        return next((own for own in self.overrides if own.thing is thing), None)

    def settle(self, own: Override) -> Self:
        """In place of what was settled for this thing before."""
        return replace(self, overrides=(*(other for other in self.overrides if other.thing is not own.thing), own))

    def unsettle(self, thing: Thing) -> Self:
        """The table holds again."""
        return replace(self, overrides=tuple(own for own in self.overrides if own.thing is not thing))

    def keep_timing(self, kept: KeptTiming) -> Self:
        """What was kept for this step before stays: it is the older plan."""
        if any(own[:2] == kept[:2] for own in self.kept_timings):
            return self
        return replace(self, kept_timings=(*self.kept_timings, kept))

    def follow_timing(self, treatment: str, step: str) -> Self:
        """The protocol's own again."""
        return replace(self, kept_timings=tuple(own for own in self.kept_timings if own[:2] != (treatment, step)))

    def carried(self) -> tuple[Override, ...]:
        """What people settled, for the next session: to be confirmed again (facts 3.8)."""
        return tuple(own.carry() for own in self.overrides if own.by)

    def close(self, status: EnrolmentStatus = EnrolmentStatus.CLOSED, *, at: datetime) -> Self:
        return replace(self, status=status, closed_at=at)

    def reopen(self) -> Self:
        return replace(self, status=EnrolmentStatus.ACTIVE, closed_at=None)


def newest(course: Sequence[Enrolment]) -> Enrolment | None:
    """The last session that was not cancelled; the last one of all when every one was."""
    kept = [enrolment for enrolment in course if enrolment.status is not EnrolmentStatus.CANCELLED]
    return next(reversed(kept or course), None)

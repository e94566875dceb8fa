"""Random courses: who, what was done, when, what changes on the way, and how the patient answers."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.care.model.enrolment import Area, HealthFacts, Surface
from bot.care.model.overrides import Override
from bot.care.model.things import Thing
from tests.care.courses.tables import SURFACES, TREATMENTS

ZONES = ("Europe/London", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo")
FIRST, LAST = date(2026, 9, 1), date(2027, 11, 30)
INTERVALS = (14, 21, 28, 35, 42, 56, 84)


class Change(StrEnum):
    """What may happen on the way."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    TOOK_PLACE = "took-place"
    CASES_CLOSED = "cases-closed"
    PAUSED = "paused"
    HOUR = "hour"


@dataclass(frozen=True)
class Event:
    """`after`: days after the newest session; `days` means what the change needs."""

    change: Change
    after: int
    days: int


@dataclass(frozen=True)
class Treated:
    treatment: str
    surface: Surface
    area: Area
    also: tuple[str, ...] = ()
    interval: int = 28
    """Days to the session after it, where there is one."""


@dataclass(frozen=True)
class Story:
    zone: ZoneInfo
    first_on: date
    ended: time
    sessions: tuple[Treated, ...]
    """Oldest first; all but the last are over."""
    next_in: int | None
    late: timedelta
    """From the session's end to the patient's consent."""
    health: HealthFacts
    photos: bool
    overrides: tuple[Override, ...]
    events: tuple[Event, ...]
    seed: int
    """Decides each answer."""
    calm: int
    """How often of ten an answer is a good one."""
    silent: int
    """How often of ten a question stays open."""
    down: tuple[datetime, ...] = field(default=())

    @property
    def session_on(self) -> date:
        return self.first_on + timedelta(days=sum(one.interval for one in self.sessions[:-1]))


def _surfaces(treatment: str) -> st.SearchStrategy[Surface]:
    own = SURFACES.get(treatment, Surface.INTACT)
    return st.sampled_from((own, own, own, *Surface))


@st.composite
def _treated(draw: st.DrawFn) -> Treated:
    treatment = draw(st.sampled_from(TREATMENTS))
    others = [other for other in TREATMENTS if other != treatment]
    also = draw(st.sampled_from(((), (), (), *((other,) for other in others))))
    area = draw(st.sampled_from((Area.FACE, Area.FACE, *Area)))
    interval = draw(st.sampled_from(INTERVALS) | st.integers(3, 100))
    return Treated(treatment, draw(_surfaces(treatment)), area, also, interval)


@st.composite
def _override(draw: st.DrawFn) -> Override:
    thing = draw(st.sampled_from([thing for thing in Thing if thing is not Thing.PICKING]))
    after, before = draw(st.none() | st.integers(0, 60)), draw(st.none() | st.integers(0, 30))
    return Override(thing, after, before, by=7, reason="settled", confirmed=draw(st.booleans()))


EVENTS = st.builds(Event, st.sampled_from(Change), st.integers(0, 70), st.integers(-20, 60))
HEALTH = st.builds(
    HealthFacts,
    isotretinoin=st.sampled_from((None, "never", "now", "2026-03-01")),
    pregnancy=st.sampled_from((None, True, False, False, False)),
    retinol_user=st.sampled_from((None, True, True, False)),
)
LATE = st.sampled_from((0, 0, 0, 0, 1, 5, 20, 30, 50, 80, 200, 400, 900)).map(lambda hours: timedelta(hours=hours))

STORIES = st.builds(
    Story,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    first_on=st.dates(FIRST, LAST),
    ended=st.times(time(8), time(20, 30)).map(lambda at: at.replace(second=0, microsecond=0)),
    sessions=st.lists(_treated(), min_size=1, max_size=3).map(tuple),
    next_in=st.none() | st.sampled_from(INTERVALS) | st.integers(1, 130),
    late=LATE,
    health=HEALTH,
    photos=st.booleans(),
    overrides=st.lists(_override(), max_size=2, unique_by=lambda own: own.thing).map(tuple),
    events=st.lists(EVENTS, max_size=3).map(tuple),
    seed=st.integers(0, 2**32),
    calm=st.integers(3, 10),
    silent=st.integers(0, 5),
    down=st.just(()),
)

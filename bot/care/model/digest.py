"""When the morning digest is due, and how much of it fits into one message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.hours import LOOK_AHEAD, opening
from bot.care.model.texts import units
from bot.care.model.words import Html
from scheduler.localtime import instant, local_day

MOST = 3_600
"""UTF-16 units of the 4,096 that Telegram takes: what staff decide is written below it."""
MOST_LINES = 12
"""Of one section: more is a list of its own."""
STILL_GOOD = timedelta(hours=1)
"""A digest whose hour is near closing, or after it, may come so much late."""


@dataclass(frozen=True)
class DigestWish:
    """`hour=None`: when the clinic opens. `told_on`, `told_at`: the last day that had its digest, and when."""

    hour: time | None = None
    is_off: bool = False
    told_on: date | None = None
    told_at: datetime | None = None
    closing_told_on: date | None = None
    """The last day whose unconnected patients were told before closing."""

    def is_told(self, on: date) -> bool:
        return self.told_on is not None and self.told_on >= on

    def is_first_of_week(self, on: date) -> bool:
        """No day of this week has had its digest yet."""
        return self.told_on is None or self.told_on < on - timedelta(days=on.weekday())


def moment(clinic: Clinic, wish: DigestWish, on: date) -> datetime | None:
    """Only on days on which the clinic is open."""
    that_day = opening(clinic, on)
    if that_day is None:
        return None
    return that_day.opens if wish.hour is None else instant(on, wish.hour, clinic.zone)


def due_day(clinic: Clinic, wish: DigestWish, *, since: datetime, at: datetime) -> date | None:
    """The day whose digest is to be told now; what a standstill passed over is told once, while it is still that day's.

    `since`: from when on there was somebody to tell.
    """
    today = local_day(at, clinic.zone)
    that_day, due = opening(clinic, today), moment(clinic, wish, today)
    if wish.is_off or wish.is_told(today) or that_day is None or due is None:
        return None
    until = max(that_day.closes, due + STILL_GOOD)
    return today if since <= due <= at < until else None


def next_moment(clinic: Clinic, wish: DigestWish, *, since: datetime, after: datetime) -> datetime | None:
    """The next instant at which one falls due."""
    if wish.is_off:
        return None
    today = local_day(after, clinic.zone)
    days = (today + timedelta(days=n) for n in range(LOOK_AHEAD))
    coming = (moment(clinic, wish, day) for day in days if not wish.is_told(day))
    return next((one for one in coming if one is not None and one > after and one >= since), None)


@dataclass(frozen=True)
class Section:
    """A title, the first lines of `count`, and where to find what is left out."""

    title: Html
    lines: Sequence[Html]
    count: int
    more: Callable[[int], Html]

    def shown(self, most: int) -> Html:
        left = self.count - most
        return Html("\n".join([self.title, *self.lines[:most], *([self.more(left)] if left else [])]))


def fitted(sections: Sequence[Section], *, most: int = MOST) -> list[tuple[Section, int]]:
    """Each section with how many lines of it are shown: the longest gives way, of two the later one."""
    shown = [min(len(section.lines), MOST_LINES) for section in sections]
    while any(shown) and _size(sections, shown) > most:
        longest = max(range(len(shown)), key=lambda place: (shown[place], place))
        shown[longest] -= 1
    return list(zip(sections, shown, strict=True))


def _size(sections: Sequence[Section], shown: Sequence[int]) -> int:
    # tags are counted though Telegram does not: rather a line too few
    return sum(units(section.shown(most)) + 2 for section, most in zip(sections, shown, strict=True))

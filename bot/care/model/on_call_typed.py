"""Read what staff type about who is on call: `me until Mon 08:00`, `Maria from Fri 18:00 until Mon 08:00`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.care.model.dates_typed import WEEKDAYS, read_hour, read_staff_date
from scheduler.localtime import instant, local_day

LONGEST = timedelta(days=31)
"""Of one stretch: a longer one is a typing error, or belongs into the week."""
SHORTEST_NAME = 2
"""Letters of a weekday."""
_STRETCH = re.compile(
    r"(?P<who>.+?)(?:\s+from\s+(?P<since>.+?))?(?:\s+(?:until|till|to)\s+(?P<until>.+))?", re.IGNORECASE
)


@dataclass(frozen=True)
class Asked:
    """Whom somebody typed, from when and until when; empty where nothing was said."""

    who: str
    since: str = ""
    until: str = ""


def read_stretch(words: str) -> Asked:
    found = _STRETCH.fullmatch(" ".join(words.split()))
    if found is None:
        return Asked(words)
    return Asked(found["who"], found["since"] or "", found["until"] or "")


def read_moment(text: str, *, after: datetime, zone: ZoneInfo) -> datetime | None:
    """`20:00`, `Mon 08:00`, `tomorrow 08:00` or `24.12 18:00`: the first such moment after `after`; None for others."""
    day, _, hour = text.strip().rpartition(" ")
    at = read_hour(hour)
    if at is None:
        return None
    today = local_day(after, zone)
    if not day:
        days = [today, today + timedelta(days=1)]
    elif (weekday := read_weekday(day)) is not None:
        days = [today + timedelta(days=n) for n in range(8) if (today + timedelta(days=n)).weekday() == weekday]
    else:
        days = _one(read_staff_date(day, today=today))
    return next((moment for moment in (instant(each, at, zone) for each in days) if moment > after), None)


def read_turn(words: str) -> tuple[int, time, str] | None:
    """`Mon 08:00 Maria`: weekday, hour, and whoever it is from then on."""
    named, _, rest = words.strip().partition(" ")
    hour, _, who = rest.strip().partition(" ")
    weekday, at = read_weekday(named), read_hour(hour)
    if weekday is None or at is None or not who.strip():
        return None
    return weekday, at, who.strip()


def read_weekday(text: str) -> int | None:
    typed = text.strip().lower()
    if len(typed) < SHORTEST_NAME:
        return None
    return next((n for n, weekday in enumerate(WEEKDAYS) if weekday.startswith(typed)), None)


def _one(day: date | None) -> list[date]:
    return [] if day is None else [day]

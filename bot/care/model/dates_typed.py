"""Understand dates and hours as people type them."""

import re
from datetime import date, time, timedelta

WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1}
UNITS = {"d": 1, "w": 7}

STEP = re.compile(r"\+(\d{1,3})([dw])")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?(?: (\d{4}))?")
NAMED_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
WEEKDAY = re.compile(r"(last|next) ([a-z]{3,9})")
SPAN = re.compile(r"(?:in )?\+?(\d{1,3}) ?(d|w)(?:ays?|eeks?|ks?)?")
LIKE_A_DATE = re.compile(r"\d{1,4}[./-]\d{1,4}([./-]\d{0,4})?")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOUR = re.compile(r"(\d{1,2})[:.h](\d{2})")


def read_date(text: str, *, today: date, counted_from: date | None = None) -> date | None:
    """`today`, `yesterday`, `+4w`, `20.11`, `20.11.2026` or `2026-11-20`; None when it is none of these.

    `+4w` and `+28d` count from `counted_from`, else from today. A date without a year is the one nearest to today.
    Slashes are not read: day and month change places between countries.
    """
    typed = text.strip().lower()
    if typed in WORDS:
        return today + timedelta(days=WORDS[typed])
    if step := STEP.fullmatch(typed):
        return (counted_from or today) + timedelta(days=int(step[1]) * UNITS[step[2]])
    if iso := ISO.fullmatch(typed):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if dotted := DOTTED.fullmatch(typed):
        day, month = int(dotted[1]), int(dotted[2])
        return _date(int(dotted[3]), month, day) if dotted[3] else _nearest(month, day, today)
    return None


def read_staff_date(text: str, *, today: date, counted_from: date | None = None) -> date | None:
    """Also `17/11`, day first as the clinic writes it, `17 Nov`, `Nov 17` and `last Tuesday`."""
    day = read_date(text, today=today, counted_from=counted_from)
    if day is not None:
        return day
    typed = " ".join(text.lower().split())
    if slashed := SLASHED.fullmatch(typed):
        return _dated(int(slashed[1]), int(slashed[2]), slashed[3], today)
    if named := NAMED.fullmatch(typed):
        return _dated(int(named[1]), _month(named[2]), named[3], today)
    if named := NAMED_FIRST.fullmatch(typed):
        return _dated(int(named[2]), _month(named[1]), named[3], today)
    weekday = WEEKDAY.fullmatch(typed)
    return _weekday(weekday[1], weekday[2], today) if weekday else None


def is_like_a_date(text: str) -> bool:
    """Typed as a date, whether or not there is such a day: `32.11`."""
    return LIKE_A_DATE.fullmatch(text.strip()) is not None


def as_step(text: str) -> str:
    """`4 weeks` as it is written here, `+4w`; empty when it is no span of time."""
    span = SPAN.fullmatch(" ".join(text.lower().split()))
    return f"+{span[1]}{span[2]}" if span else ""


def read_hour(text: str) -> time | None:
    """`16:30`, `16.30` or `16h30`; None when it is no hour of a day."""
    hour = HOUR.fullmatch(text.strip().lower())
    if hour is None or int(hour[1]) > 23 or int(hour[2]) > 59:
        return None
    return time(int(hour[1]), int(hour[2]))


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    return _date(int(year), month, day) if year else _nearest(month, day, today)


def _month(name: str) -> int:
    """0, which no date has, when it names none."""
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(name)), 0)


def _weekday(which: str, name: str, today: date) -> date | None:
    """The last one before today, or the next one after it."""
    wanted = next((n for n, weekday in enumerate(WEEKDAYS) if weekday.startswith(name)), None)
    if wanted is None:
        return None
    away = (today.weekday() - wanted if which == "last" else wanted - today.weekday()) % 7 or 7
    return today + timedelta(days=-away if which == "last" else away)


def _nearest(month: int, day: int, today: date) -> date | None:
    found = (_date(today.year + n, month, day) for n in (-1, 0, 1))
    return min((day for day in found if day is not None), key=lambda day: abs(day - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Understand dates and hours as people type them."""

import re
from datetime import date, time, timedelta

WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1}
UNITS = {"d": 1, "w": 7}

STEP = re.compile(r"\+(\d{1,3})([dw])")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
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


def read_hour(text: str) -> time | None:
    """`16:30`, `16.30` or `16h30`; None when it is no hour of a day."""
    hour = HOUR.fullmatch(text.strip().lower())
    if hour is None or int(hour[1]) > 23 or int(hour[2]) > 59:
        return None
    return time(int(hour[1]), int(hour[2]))


def _nearest(month: int, day: int, today: date) -> date | None:
    found = (_date(today.year + n, month, day) for n in (-1, 0, 1))
    return min((day for day in found if day is not None), key=lambda day: abs(day - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

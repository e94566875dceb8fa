"""Whether a file writes the day or the month first: one date that can only be read one way settles it for all."""

import re
from collections.abc import Iterable
from enum import StrEnum

SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})")
MIDNIGHT = re.compile(r"(.{6,10})[ T]00:00(?::00(?:\.0+)?)?")
"""How some programs save a day: with an hour that nobody entered."""
NAMED = re.compile(r"(\d{1,2})-([A-Za-z]{3,9})(?:-(\d{2}|\d{4}))?")
MONTHS = 12


class DayOrder(StrEnum):
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def settled(cells: Iterable[str]) -> DayOrder | None:
    """None when every date can be read both ways. A file that does both is read as the clinic writes: day first."""
    found = [SLASHED.fullmatch(_without_hour(cell)) for cell in cells]
    pairs = {(int(one[1]), int(one[2])) for one in found if one}
    if any(first > MONTHS >= second for first, second in pairs):
        return DayOrder.DAY_FIRST
    if any(second > MONTHS >= first for first, second in pairs):
        return DayOrder.MONTH_FIRST
    return None if any(first != second for first, second in pairs) else DayOrder.DAY_FIRST


def as_typed(cell: str, order: DayOrder) -> str:
    """The date as staff would type it; what is no such date stays as it is."""
    plain = _without_hour(cell)
    if dotted := DOTTED.fullmatch(plain):
        return f"{dotted[1]}.{dotted[2]}.20{dotted[3]}"
    if named := NAMED.fullmatch(plain):
        return f"{named[1]} {named[2]} {_year(named[3] or '')}".strip()
    if slashed := SLASHED.fullmatch(plain):
        day, month = (slashed[1], slashed[2]) if order is DayOrder.DAY_FIRST else (slashed[2], slashed[1])
        if int(month) <= MONTHS:
            return f"{day}/{month}/{_year(slashed[3])}"
    return plain


def _without_hour(cell: str) -> str:
    midnight = MIDNIGHT.fullmatch(cell)
    return midnight[1] if midnight else cell


def _year(digits: str) -> str:
    return f"20{digits}" if len(digits) == 2 else digits

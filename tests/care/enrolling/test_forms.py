"""Dates, hours, codes and lines as people type them."""

from datetime import date, time

import pytest

from bot.care.model.codes import read_code
from bot.care.model.dates_typed import read_date, read_hour

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 20)),
        ("Yesterday", date(2026, 11, 19)),
        ("+4w", date(2026, 12, 18)),
        ("+10d", date(2026, 11, 30)),
        ("20.11", date(2026, 11, 20)),
        ("3.1.", date(2027, 1, 3)),
        ("20.11.2026", date(2026, 11, 20)),
        ("2026-11-20", date(2026, 11, 20)),
        ("29.2", date(2028, 2, 29)),
        ("31.2", None),
        ("11/20/2026", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str, meant: date | None) -> None:
    # the only leap day within a year either way is looked for where there is one
    today = date(2027, 12, 1) if typed == "29.2" else TODAY

    assert read_date(typed, today=today) == meant


def test_weeks_for_the_next_session_count_from_the_session() -> None:
    assert read_date("+4w", today=TODAY, counted_from=date(2026, 11, 1)) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "meant"), [("16:30", time(16, 30)), ("9.05", time(9, 5)), ("25:00", None), ("4", None)]
)
def test_an_hour_is_read_as_it_is_typed(typed: str, meant: time | None) -> None:
    assert read_hour(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abcd-1234", "ABCD1234"),
        (" AbCd 12 34 ", "ABCD1234"),
        ("ilo0 1234", "11001234"),
        ("abcd123", None),
        ("uuuu1234", None),
    ],
)
def test_a_code_is_read_forgivingly(typed: str, meant: str | None) -> None:
    assert read_code(typed) == meant

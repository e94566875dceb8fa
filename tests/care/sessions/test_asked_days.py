"""On which days staff are asked what became of a session."""

from datetime import date
from itertools import islice

from bot.care.model.session_day import staff_moments
from tests.builders import a_clinic


def test_staff_are_asked_twice_that_day_each_morning_of_a_week_and_then_once_a_week() -> None:
    planned = date(2026, 11, 20)

    asked = [(moment.date() - planned).days for moment in islice(staff_moments(a_clinic(), planned, None), 12)]

    assert asked == [0, 0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28]

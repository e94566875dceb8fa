"""Days and hours as a patient would say them."""

from datetime import date, time

import pytest

from bot.care.ports.words import Dates
from bot.library.dates import BabelDates

DATES: Dates = BabelDates()
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "day", "weekday"),
    [
        ("en", "24 November", "Tuesday"),
        ("fr", "24 novembre", "mardi"),
        ("es", "24 de noviembre", "martes"),
        ("de", "24. November", "Dienstag"),
        ("pt-BR", "24 de novembro", "terça-feira"),
        ("klingon", "24 November", "Tuesday"),
    ],
)
def test_a_day_is_said_in_the_patients_language(language: str, day: str, weekday: str) -> None:
    assert DATES.say_day(DAY, language, year=2026) == day
    assert DATES.say_weekday(DAY, language) == weekday


def test_the_year_is_said_when_it_is_another() -> None:
    assert DATES.say_day(DAY, "en", year=2025) == "24 November 2026"


def test_an_hour_is_said_without_seconds() -> None:
    assert DATES.say_time(time(9, 30), "en") == "09:30"
    assert DATES.say_time(time(20, 0), "es") == "20:00"

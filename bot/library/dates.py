"""Say days and hours as a patient would, in their language."""

from datetime import date, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

BRITISH = Locale.parse("en_GB")
"""The day before the month, hours from 0 to 24; also for languages nobody knows."""


class BabelDates:
    """Fills `bot.care.ports.words.Dates`."""

    def say_day(self, day: date, language: str, *, year: int) -> str:
        return _day(day, language, day.year != year)

    def say_weekday(self, day: date, language: str) -> str:
        return _weekday(day, language)

    def say_time(self, at: time, language: str) -> str:
        return _time(at, language)


def language_name(language: str, said_in: str) -> str:
    """`English`, or however the other language calls it."""
    return _locale(language.partition("-")[0]).get_language_name(_locale(said_in).language) or language


@lru_cache(maxsize=4096)
def _day(day: date, language: str, with_year: bool) -> str:  # noqa: FBT001 - part of what is remembered
    locale = _locale(language)
    return format_date(day, "long", locale=locale) if with_year else format_skeleton("MMMMd", day, locale=locale)


@lru_cache(maxsize=4096)
def _weekday(day: date, language: str) -> str:
    return format_date(day, "EEEE", locale=_locale(language))


@lru_cache(maxsize=4096)
def _time(at: time, language: str) -> str:
    return format_time(at, "short", locale=_locale(language))


def _locale(language: str) -> Locale:
    if language.casefold() == "en":
        return BRITISH
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return BRITISH

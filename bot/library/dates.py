"""Say days and hours as a patient would, in their language."""

from datetime import date, time

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

BRITISH = Locale.parse("en_GB")
"""The day before the month, hours from 0 to 24; also for languages nobody knows."""


class BabelDates:
    """Fills `bot.care.ports.Dates`."""

    def say_day(self, day: date, language: str, *, year: int) -> str:
        locale = _locale(language)
        if day.year != year:
            return format_date(day, "long", locale=locale)
        return format_skeleton("MMMMd", day, locale=locale)

    def say_weekday(self, day: date, language: str) -> str:
        return format_date(day, "EEEE", locale=_locale(language))

    def say_time(self, at: time, language: str) -> str:
        return format_time(at, "short", locale=_locale(language))


def _locale(language: str) -> Locale:
    if language.casefold() == "en":
        return BRITISH
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return BRITISH

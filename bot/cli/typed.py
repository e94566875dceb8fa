"""Read what was typed after a verb: a day, an hour, a zone; or say what is wrong with it."""

from datetime import date, time
from zoneinfo import ZoneInfo

from bot.cli.says import refuse
from bot.library.shelf import ContentShelf

YEARS = range(2000, 2101)


def a_date(typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        refuse(f"{typed!r} is no date: write it as year-month-day, like 2026-11-20")
    if day.year not in YEARS:
        refuse(f"{typed!r} is not a date of this century: write it as year-month-day, like 2026-11-20")
    return day


def an_hour(typed: str) -> time:
    try:
        hour = time.fromisoformat(typed)
    except ValueError:
        refuse(f"{typed!r} is no time of day: write it as hours and minutes, like 14:30")
    if hour.tzinfo is not None:
        refuse(f"{typed!r} has an offset: write the hour on the patient's own clock, like 14:30")
    return hour


def a_zone(typed: str) -> ZoneInfo:
    try:
        return ZoneInfo(typed)
    # zone names are paths: a folder, a file that is no zone and a path out of the data are other errors
    except (LookupError, OSError, ValueError):
        refuse(f"{typed!r} is no time zone: name a city, like Europe/London or America/New_York")


def treatment_of(shelf: ContentShelf, typed: str) -> str:
    """The treatment's id, from it or from anything staff may type for it."""
    found = shelf.aliases.get(typed.casefold())
    if found is None or found not in shelf.protocols:
        refuse(f"there is no treatment {typed!r}: choose from {', '.join(shelf.protocols)}")
    return found


def language_of(shelf: ContentShelf, typed: str | None) -> str:
    """The clinic's first language unless another one it offers is named."""
    offered = shelf.clinic.languages
    if typed is not None and typed not in offered:
        refuse(f"there are no words in {typed!r}: choose from {', '.join(offered)}")
    return typed or offered[0]

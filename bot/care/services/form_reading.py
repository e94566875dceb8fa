"""What a line typed by staff is read against."""

from datetime import date, datetime

from bot.care.model.hours import opening
from bot.care.model.typed_line import Known, Remark
from bot.care.ports.words import Shelf
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day, local_hour


def known_now(shelf: Shelf, *, at: datetime) -> Known:
    """The clinic's own names and the moment there; a treatment may also be typed by its id."""
    zone = shelf.clinic.zone
    aliases = {**{one: one for one in shelf.protocols}, **shelf.aliases}
    return Known(aliases, shelf.protocols, shelf.clinic.languages, local_day(at, zone), local_hour(at, zone))


def closed_on(speaking: Speaking, day: date | None, *, at: datetime) -> tuple[Remark, ...]:
    """A remark when the clinic is closed on the day somebody is to come; nothing without a day."""
    if day is None or opening(speaking.shelf.clinic, day) is not None:
        return ()
    return (Remark("closed", {"new_date": weekday_and_day(speaking, day, at=at)}),)


def weekday_and_day(speaking: Speaking, day: date, *, at: datetime) -> str:
    """`Friday 18 December`, to staff: a mistyped day shows by its weekday first."""
    return f"{speaking.dates.say_weekday(day, speaking.staff_language)} {speaking.day(day, at=at)}"

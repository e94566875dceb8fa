"""What a line typed by staff is read against."""

from datetime import datetime

from bot.care.model.typed_line import Known
from bot.care.ports import Shelf
from scheduler.localtime import local_day, local_hour


def known_now(shelf: Shelf, *, at: datetime) -> Known:
    """The clinic's own names and the moment there; a treatment may also be typed by its id."""
    zone = shelf.clinic.zone
    aliases = {**{one: one for one in shelf.protocols}, **shelf.aliases}
    return Known(aliases, shelf.protocols, shelf.clinic.languages, local_day(at, zone), local_hour(at, zone))

"""When staff are told, before they go home, who of today is not connected yet."""

from datetime import date, datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.digest import DigestWish
from bot.care.model.hours import opening
from scheduler.localtime import local_day

AHEAD = timedelta(minutes=30)
"""Of closing: enough to try once more with whoever is still there, or to print."""


def moment(clinic: Clinic, on: date) -> datetime | None:
    """Only on days on which the clinic is open."""
    that_day = opening(clinic, on)
    return None if that_day is None else max(that_day.opens, that_day.closes - AHEAD)


def due_day(clinic: Clinic, wish: DigestWish, *, at: datetime) -> date | None:
    """The day of which is told now; what a standstill passed over is told the same day, after closing too."""
    today = local_day(at, clinic.zone)
    due = moment(clinic, today)
    is_told = wish.closing_told_on is not None and wish.closing_told_on >= today
    return None if is_told or due is None or at < due else today

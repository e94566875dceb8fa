"""When a person of the clinic really answers, and what to do now when it cannot wait."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.care.model.clinic import Clinic, Hours
from scheduler.localtime import instant, local_day

LOOK_AHEAD = 60
"""Days within which a clinic opens again, whatever the holidays."""
ENOUGH_LEFT = timedelta(hours=1)
"""With less than this to closing, an answer is promised for the next opening."""
LONG_WAIT = timedelta(hours=16)
"""Longer than this before opening, a same-day sign also needs to know what cannot wait (facts 0)."""


@dataclass(frozen=True)
class Opening:
    """One stretch in which the clinic is open, as instants."""

    opens: datetime
    closes: datetime

    def holds(self, at: datetime) -> bool:
        return self.opens <= at < self.closes


@dataclass(frozen=True)
class Promise:
    """A person answers on the day `on` by the hour `at`, in the clinic's zone. None when no opening is known."""

    on: date | None
    at: time | None
    today: bool = False
    opens: time | None = None
    long_wait: bool = False


class Way(StrEnum):
    CLINIC = "clinic"
    ON_CALL = "on-call"
    OUT_OF_HOURS = "out-of-hours"


@dataclass(frozen=True)
class Route:
    """Whom to reach at once, and after how many minutes without an answer it is urgent care."""

    way: Way
    phone: str = ""
    limit: int = 0


def opening(clinic: Clinic, on: date) -> Opening | None:
    """The opening of one calendar day of the clinic; None on closed days and holidays."""
    hours: Hours | None = None if on in clinic.holidays else clinic.hours[on.weekday()]
    if hours is None:
        return None
    return Opening(instant(on, hours.opens, clinic.zone), instant(on, hours.closes, clinic.zone))


def is_open(clinic: Clinic, at: datetime) -> bool:
    today = opening(clinic, local_day(at, clinic.zone))
    return today is not None and today.holds(at)


def next_opening(clinic: Clinic, at: datetime) -> Opening | None:
    """The opening that holds now, else the coming one."""
    today = local_day(at, clinic.zone)
    coming = (opening(clinic, today + timedelta(days=n)) for n in range(LOOK_AHEAD))
    return next((each for each in coming if each is not None and each.closes > at), None)


def promise(clinic: Clinic, at: datetime) -> Promise:
    """When a same-day message written now is answered at the latest: by the closing of the current or next opening."""
    found = next_opening(clinic, at)
    if found is not None and found.holds(at) and found.closes - at < ENOUGH_LEFT:
        found = next_opening(clinic, found.closes)
    if found is None:
        return Promise(None, None)
    on = local_day(found.opens, clinic.zone)
    closes, opens = (each.astimezone(clinic.zone).time() for each in (found.closes, found.opens))
    waits = not found.holds(at)
    return Promise(
        on=on,
        at=closes,
        today=on == local_day(at, clinic.zone),
        opens=opens if waits else None,
        long_wait=waits and found.opens - at > LONG_WAIT,
    )


def promised_until(clinic: Clinic, at: datetime) -> datetime | None:
    """The instant that a promise made now ends at."""
    found = promise(clinic, at)
    return None if found.on is None or found.at is None else instant(found.on, found.at, clinic.zone)


def route(clinic: Clinic, at: datetime) -> Route:
    """Somebody on duty: their phone now. Nobody: out-of-hours care at once, no waiting (facts 0)."""
    if is_open(clinic, at):
        return Route(Way.CLINIC, clinic.phone, clinic.urgent_limit)
    if clinic.on_call_phone:
        return Route(Way.ON_CALL, clinic.on_call_phone, clinic.urgent_limit)
    return Route(Way.OUT_OF_HOURS)

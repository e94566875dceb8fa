"""When staff and the patient are asked what became of a session on the day it was planned for."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, count

from bot.care.model.clinic import Clinic
from bot.care.model.hours import opening
from bot.care.model.people import Patient
from scheduler.localtime import SENDING_HOURS, instant, local_day, next_inside

USUAL_END = time(17)
"""When a session is taken to be over whose hour nobody entered (facts 3.0)."""
VISIT = timedelta(hours=1)
"""How long after its own hour a session is taken to be over."""
A_DAY = timedelta(days=1)
DAILY = 7
"""Days on each of which staff are asked; after them a message a day would only teach to pass over messages."""
MORNING = time(9)
"""When staff are asked on a morning on which the clinic is closed."""


def staff_moments(clinic: Clinic, planned_on: date, planned_at: time | None) -> Iterator[datetime]:
    """At the planned end, at closing, each morning of a week, then each week's, without an end: until somebody says."""
    end = planned_end(clinic, planned_on, planned_at)
    that_day = opening(clinic, planned_on)
    yield end
    if that_day is not None and that_day.closes > end:
        yield that_day.closes
    yield from (_morning(clinic, planned_on + A_DAY * day) for day in chain(range(1, DAILY), count(DAILY, DAILY)))


def planned_end(clinic: Clinic, planned_on: date, planned_at: time | None) -> datetime:
    """Never later than closing: afterwards nobody is there to ask."""
    if planned_at is not None:
        end = instant(planned_on, planned_at, clinic.zone) + VISIT
    else:
        end = instant(planned_on, USUAL_END, clinic.zone)
    that_day = opening(clinic, planned_on)
    return end if that_day is None else min(end, that_day.closes)


def last_before(moments: Iterable[datetime], *, at: datetime) -> datetime | None:
    """The last of these (in order, without an end) that has come."""
    found = None
    for moment in moments:
        if moment > at:
            break
        found = moment
    return found


def first_after(moments: Iterable[datetime], *, after: datetime) -> datetime:
    return next(moment for moment in moments if moment > after)


def patient_moment(patient: Patient, planned_on: date, end: datetime) -> datetime:
    """The evening of the day, once the session should be over; never at night."""
    evening = instant(planned_on, SENDING_HOURS.nearest(patient.evening), patient.zone)
    return next_inside(max(evening, end), SENDING_HOURS, patient.zone)


def is_still_fresh(moment: datetime, patient: Patient, *, at: datetime) -> bool:
    """Asked late is asked the same day, and not at night; after that only staff are asked."""
    same_day = local_day(at, patient.zone) == local_day(moment, patient.zone)
    return moment <= at and same_day and next_inside(at, SENDING_HOURS, patient.zone) <= at


def _morning(clinic: Clinic, on: date) -> datetime:
    that_day = opening(clinic, on)
    return that_day.opens if that_day is not None else instant(on, MORNING, clinic.zone)

"""Call the roll: everybody in care, read in a few statements however many they are."""

from datetime import datetime, time, timedelta

from bot.care.model.escalation import flagged
from bot.care.model.roll import InCare, Roll
from bot.care.model.windows import followed
from bot.care.ports.records import Work
from bot.care.ports.words import Shelf
from bot.care.services.call_days import calls_today
from scheduler.localtime import instant, local_day

LOOK_BACK = timedelta(days=120)
"""For silence: a question that old is nobody's call of today."""
RECENT = timedelta(days=7)
"""For what did not arrive."""


def take_roll(work: Work, shelf: Shelf, *, at: datetime) -> Roll:
    """For readers: it may take longer than the writer can be held."""
    zone = shelf.clinic.zone
    today = local_day(at, zone)
    midnights = (instant(day, time(), zone) for day in (today, today + timedelta(days=1)))
    people, protocols = work.survey.people(), shelf.protocols
    newest = {enrolment.patient_id: enrolment for enrolment in work.enrolments.running()}
    by_phone = [one for one in newest.values() if people[one.patient_id].no_telegram_at is not None]
    return Roll(
        [InCare(people[one], enrolment, followed(protocols, enrolment)) for one, enrolment in newest.items()],
        at,
        zone,
        work.survey.planned(since=next(midnights), until=next(midnights)),
        work.survey.sent(since=at - LOOK_BACK, until=at),
        work.survey.last_heard(since=at - LOOK_BACK),
        flagged(work.escalations.open()),
        frozenset(row.patient_id for row in work.survey.undelivered(since=at - RECENT) if row.patient_id is not None),
        {one.id: calls_today(one, people[one.patient_id], shelf, today=today) for one in by_phone},
    )

"""On which days somebody without Telegram is phoned: those of the check-ins that they would have had."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.enrolment import Enrolment
from bot.care.model.hours import LOOK_AHEAD, opening
from bot.care.model.pausing import is_silenced
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, AskKind
from bot.care.model.roll import Call
from bot.care.model.timetable import Timetable
from bot.care.model.windows import leading
from bot.care.ports.words import Shelf
from bot.care.services.foretelling import ANSWERED, is_shown
from scheduler.localtime import local_day


def calls_of(enrolment: Enrolment, patient: Patient, shelf: Shelf) -> Sequence[Call]:
    """In order, each once; none for a treatment that is no longer offered."""
    if enrolment.treatment not in shelf.protocols:
        return ()
    protocol = leading(shelf.protocols, enrolment)
    begun = enrolment.created_at
    rows = Timetable(protocol, enrolment, patient, shelf.clinic, begun, kept={}).plan(at=begun)
    asked = [row for row in rows if any(ask.kind is not AskKind.ACK for ask in row.step.asks)]
    # what only an answer brings is not asked of somebody who was not phoned yet
    sure = [row for row in asked if not ANSWERED & set(row.step.only_if) and is_shown(row, enrolment, patient, shelf)]
    days = [(local_day(row.due_at, patient.zone), row.step) for row in sure]
    heard = [(on, step) for on, step in days if not is_silenced(step, protocol.surface, patient.paused_until, on=on)]
    calls = (_call(on, enrolment, is_before=step.anchor is Anchor.NEXT_SESSION) for on, step in heard)
    return list({call.on: call for call in calls}.values())


def calls_today(enrolment: Enrolment, patient: Patient, shelf: Shelf, *, today: date) -> Sequence[Call]:
    """Also those of the closed days before today, on which nobody was there to phone."""
    since = _closed_since(shelf.clinic, today)
    return [call for call in calls_of(enrolment, patient, shelf) if since <= call.on <= today]


def _call(on: date, enrolment: Enrolment, *, is_before: bool) -> Call:
    day = enrolment.days_to_next(on) if is_before else enrolment.day(on)
    return Call(on, day or 0, is_before=is_before)


def _closed_since(clinic: Clinic, today: date) -> date:
    """The first day after the last one before today on which the clinic was open."""
    first = today
    while opening(clinic, first - timedelta(days=1)) is None and (today - first).days < LOOK_AHEAD:
        first -= timedelta(days=1)
    return first

"""Take back what waits for a patient's chat and shall no longer arrive there."""

from datetime import datetime

from bot.care.model.delivery import DeliveryState, Lane
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work

OUR_OWN = frozenset(
    {Purpose.MOVED, Purpose.HEALTH, Purpose.CORRECTION, Purpose.ENDED, Purpose.PAUSED, Purpose.SESSION_ASKED}
)
"""Messages that nobody asked for, beside those of a plan."""


def withdraw_unasked(work: Work, patient: Patient, *, at: datetime, reason: str) -> None:
    """After STOP: answers to what somebody wrote still arrive."""
    _withdraw(work, patient, OUR_OWN, at=at, reason=reason)


def withdraw_all(work: Work, patient: Patient, *, at: datetime, reason: str) -> None:
    """For the wrong person: everything but safety advice on their own words."""
    _withdraw(work, patient, None, at=at, reason=reason)


def _withdraw(work: Work, patient: Patient, purposes: frozenset[Purpose] | None, *, at: datetime, reason: str) -> None:
    for row in work.outbox.of_patient(patient.id):
        waits = row.contact == patient.contact and row.lane not in (Lane.URGENT, Lane.BESIDE) and not row.state.final
        if waits and (purposes is None or row.purpose in purposes):
            work.outbox.settle(row.id, DeliveryState.CANCELLED, at=at, reason=reason)

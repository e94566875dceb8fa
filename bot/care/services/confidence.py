"""What a patient confided to clinicians only."""

from datetime import datetime, timedelta

from bot.care.model.escalation import EscalationState
from bot.care.model.people import Patient
from bot.care.ports import Work
from bot.care.services.ringing import for_clinicians_only

LASTS = timedelta(hours=24)
"""Also after the case is closed: who wrote of it goes on about it."""


def confided_since(work: Work, patient: Patient, *, at: datetime) -> datetime | None:
    """From when on the talk is nothing for the whole desk: a case of self-harm that is open, or was a day ago."""
    cases = (one for one in work.escalations.of_patient(patient.id) if for_clinicians_only(one))
    lasting = (
        one.opened_at
        for one in cases
        if one.state is not EscalationState.CLOSED or at - (one.closed_at or one.opened_at) <= LASTS
    )
    return min(lasting, default=None)

"""What a patient confided to clinicians only."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.people import Patient
from bot.care.model.raising import SELF_HARM
from bot.care.ports.records import Work
from bot.care.services.whose import own_cases

LASTS = timedelta(hours=24)
"""Also after the case is closed: who wrote of it goes on about it."""


def confided_since(work: Work, patient: Patient, *, at: datetime) -> datetime | None:
    """From when on what was said at this moment is nothing for the whole desk; None where it may be read there."""
    return min((_since(case) for case in _lasting(work, patient, at=at)), default=None)


def confided(work: Work, patient: Patient, *, at: datetime) -> Escalation | None:
    """The case that whatever is written now belongs to: one that is open or asked about, else the last one closed.

    What was found to be no such thing comes last.
    """
    return max(_lasting(work, patient, at=at), key=_nearest, default=None)


def is_confiding(work: Work, patient: Patient, *, at: datetime) -> bool:
    """As above, but for what was found to be no such thing: another danger sign is everybody's again then."""
    return any(not was_denied(case) for case in _lasting(work, patient, at=at))


def was_denied(case: Escalation) -> bool:
    """The patient said no, or a clinician found that it was nothing."""
    return case.closing is Closing.FALSE_ALARM


def _lasting(work: Work, patient: Patient, *, at: datetime) -> Iterator[Escalation]:
    """Self-harm that was open at this moment, asked about too, or had been not long before."""
    for case in own_cases(work, patient, at=at):
        if case.reason == SELF_HARM and _since(case) <= at and _until(case) >= at:
            yield case


def _since(case: Escalation) -> datetime:
    """A case that grew worse, or changed hands, was opened anew; what was confided before stays confided."""
    return case.private_since or case.opened_at


def _until(case: Escalation) -> datetime:
    if case.state is not EscalationState.CLOSED:
        return datetime.max.replace(tzinfo=case.opened_at.tzinfo)
    return (case.closed_at or case.opened_at) + LASTS


def _nearest(case: Escalation) -> tuple[bool, bool, int]:
    return case.state is not EscalationState.CLOSED, not was_denied(case), case.id

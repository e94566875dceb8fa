"""Whether a person has been in touch with a patient: words of theirs left, or they said that they called."""

from collections.abc import Iterable
from datetime import datetime

from bot.care.model.delivery import UNHEARD, ActKind, Delivery
from bot.care.model.escalation import Escalation
from bot.care.ports import Work

STAFF_REPLY = "staff-reply"
"""The purpose of what a member of staff writes to a patient."""


def has_written(rows: Iterable[Delivery], *, since: datetime) -> bool:
    """Somebody of the team, to the patient of these rows; what surely never reached them is no contact."""
    return any(row.purpose == STAFF_REPLY and row.due_at >= since and _may_have_arrived(row) for row in rows)


def is_contacted(work: Work, escalation: Escalation, *, since: datetime | None = None) -> bool:
    """Since it was raised, or grew worse, unless said otherwise."""
    since = since or escalation.opened_at
    if escalation.called_at is not None and escalation.called_at >= since:
        return True
    if escalation.patient_id is None:
        return False
    return has_written(work.outbox.of_patient(escalation.patient_id), since=since)


def _may_have_arrived(row: Delivery) -> bool:
    return row.state not in UNHEARD and row.act is not None and row.act.kind in (ActKind.SEND, ActKind.COPY)

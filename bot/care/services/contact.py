"""Whether a person has been in touch with a patient: words of theirs left, or they said that they called."""

from datetime import datetime

from bot.care.model.delivery import UNHEARD, ActKind, Delivery
from bot.care.model.escalation import Escalation
from bot.care.model.people import Role
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.ringing import CANNOT_WAIT, for_clinicians_only, may_hear
from bot.care.services.whose import left_at


def is_contacted(work: Work, escalation: Escalation, *, since: datetime | None = None) -> bool:
    """Since it was raised, or grew worse, unless said otherwise. What never arrived, or was taken back, is none."""
    since = since or escalation.opened_at
    if escalation.called_at is not None and escalation.called_at >= since:
        return True
    if escalation.patient_id is None:
        return False
    # what was written after somebody was unlinked went to another
    until = left_at(work, escalation)
    mine = work.outbox.of_patient(escalation.patient_id, (Purpose.STAFF_REPLY, Purpose.UNSEND))
    rows = [row for row in mine if row.due_at >= since and (until is None or row.due_at <= until)]
    taken_back = {row.after for row in rows if row.purpose is Purpose.UNSEND and row.state not in UNHEARD}
    stands = (row for row in rows if _may_have_arrived(row) and row.id not in taken_back)
    return any(_is_meant(work, escalation, row) for row in stands)


def answers(work: Work, escalation: Escalation, *, under: int | None, writer: int) -> bool:
    """Whether words of this writer, under that alert or under none, may be taken for an answer to this one.

    Words about a bill must not end the ringing for somebody in danger: what cannot wait is answered under its own
    alert, or in the talk with the patient by whoever has it or looks after patients.
    """
    if under is not None and under in (escalation.id, escalation.told_with):
        return True
    member = work.team.member(writer)
    is_caring = member is not None and member.role is not Role.RECEPTION and may_hear(work, escalation, member)
    if escalation.level in CANNOT_WAIT:
        return under is None and (is_caring or writer == escalation.owner)
    return is_caring or not for_clinicians_only(escalation)


def _is_meant(work: Work, escalation: Escalation, row: Delivery) -> bool:
    return row.act is not None and answers(work, escalation, under=row.escalation_id, writer=row.act.member)


def _may_have_arrived(row: Delivery) -> bool:
    is_words = row.act is not None and row.act.kind in (ActKind.SEND, ActKind.COPY)
    return row.purpose is Purpose.STAFF_REPLY and row.state not in UNHEARD and is_words

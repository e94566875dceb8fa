"""Red flags that one patient tells within one hour stand on one card, and what nobody has yet rings with one clock."""

from datetime import datetime, timedelta

from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM, is_flag
from bot.care.model.triage import weight
from bot.care.ports.records import Work
from bot.care.services.ringing import CANNOT_WAIT, rows_of
from bot.care.services.whose import own_cases

WITHIN = timedelta(hours=1)
CALLS = frozenset({Purpose.CLIMB, Purpose.PAGE_UNTAKEN})
"""What calls anew for what nobody takes."""


def leading(work: Work, patient: Patient, new: Escalation, *, at: datetime) -> Escalation | None:
    """The alert on whose card this sign belongs, and with whose clock it rings: nobody has it, and it is no milder.

    Where it has called already, its clock may run out before anybody hears of this sign.
    """
    for head in reversed([one for one in _near(work, patient, new, at=at) if one.told_with is None]):
        is_fresh = new.level not in CANNOT_WAIT or not has_called(work, head)
        if head.state is EscalationState.OPEN and weight(head.level) >= weight(new.level) and is_fresh:
            return head
    return None


def taken_along(work: Work, patient: Patient, new: Escalation, *, at: datetime) -> list[Escalation]:
    """What nobody has, and what is no worse, rings with this one from now on."""
    near = _near(work, patient, new, at=at)
    return [one for one in near if one.state is EscalationState.OPEN and weight(one.level) <= weight(new.level)]


def named_with(work: Work, case: Escalation) -> list[Escalation]:
    """Every sign that its card names, in the order they came: its own, and what else was told within the hour."""
    if case.patient_id is None or not is_flag(case.reason):
        return [case]
    near = {one.id for one in _near(work, work.patients.get(case.patient_id), case, at=case.opened_at)}
    mine = {case.id, *near, *(one.id for one in _group(work, case))}
    return [one for one in work.escalations.of_patient(case.patient_id) if one.id in mine]


def covered(work: Work, case: Escalation) -> list[Escalation]:
    """What is taken and closed with it: all that rings by its clock, unless somebody else has that by now."""
    if case.told_with is not None:
        return [case]
    return [one for one in _group(work, case) if one.owner in (None, case.owner) or one.id == case.id]


def head_of(work: Work, case: Escalation) -> Escalation:
    """The alert by whose clock this one rings, often itself."""
    return case if case.told_with is None else work.escalations.get(case.told_with)


def rings_with_another(work: Work, case: Escalation) -> bool:
    head = head_of(work, case)
    return head.id != case.id and head.told_with is None and head.state is EscalationState.OPEN


def has_called(work: Work, case: Escalation) -> bool:
    """Nobody took it in time."""
    return any(row.due_at >= case.opened_at for row in rows_of(work, case, *CALLS))


def leads_first(case: Escalation) -> bool:
    """To sort by: what rings with another is done after that one."""
    return case.told_with is not None


def _group(work: Work, case: Escalation) -> list[Escalation]:
    if case.patient_id is None or not is_flag(case.reason):
        return [case]
    return [one for one in work.escalations.of_patient(case.patient_id) if case.id in (one.id, one.told_with)]


def _near(work: Work, patient: Patient, case: Escalation, *, at: datetime) -> list[Escalation]:
    """The patient's other signs of that hour; what is confided stands on no card but its own."""
    if not _joins(case):
        return []
    others = (one for one in own_cases(work, patient) if one.id != case.id and _joins(one))
    return [one for one in others if abs(at - one.opened_at) <= WITHIN]


def _joins(case: Escalation) -> bool:
    is_told = case.confirmed and case.state is not EscalationState.CLOSED
    return is_told and is_flag(case.reason) and case.reason != SELF_HARM and case.private_since is None

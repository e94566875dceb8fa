"""Red flags of one patient within one hour are one alert: one card names them all, and whoever takes it has them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.raising import SELF_HARM, is_flag
from bot.care.ports.records import Work

WITHIN = timedelta(hours=1)


def weight(case: Escalation) -> int:
    return -1 if case.level is None else case.level.weight


def leading(cases: Iterable[Escalation], new: Escalation, *, at: datetime) -> Escalation | None:
    """The open alert of the last hour whose card this sign belongs on; what is confided stands on none."""
    if not _joins(new):
        return None
    near = [one for one in cases if one.id != new.id and _joins(one) and at - one.opened_at <= WITHIN]
    return next((one for one in reversed(near) if one.told_with is None), None)


def head_of(work: Work, case: Escalation) -> Escalation:
    """The alert whose card names this one, often itself."""
    return case if case.told_with is None else work.escalations.get(case.told_with)


def group_of(work: Work, case: Escalation) -> list[Escalation]:
    """All that stand on one card, in the order they came."""
    if case.patient_id is None or not is_flag(case.reason):
        return [case]
    first = case.told_with or case.id
    return [one for one in work.escalations.of_patient(case.patient_id) if first in (one.id, one.told_with)]


def covered(work: Work, case: Escalation) -> list[Escalation]:
    """Those that are taken and closed with it; a worse one that came later has a card of its own and rings on."""
    return [one for one in group_of(work, case) if weight(one) <= weight(case)]


def rings_with_another(work: Work, case: Escalation) -> bool:
    """Its card is another's, and so is its clock."""
    return case.told_with is not None and head_of(work, case).state is EscalationState.OPEN


def leads_first(case: Escalation) -> bool:
    """To sort by: what rings with another is done after that one."""
    return case.told_with is not None


def _joins(case: Escalation) -> bool:
    is_told = case.confirmed and case.state is not EscalationState.CLOSED
    return is_told and is_flag(case.reason) and case.reason != SELF_HARM and case.private_since is None

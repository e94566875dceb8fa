"""Whose words a case holds: of what a wrong person wrote staff go on hearing, and the right one never does."""

from datetime import datetime

from bot.care.model.delivery import Delivery
from bot.care.model.escalation import Escalation
from bot.care.model.people import Patient
from bot.care.ports import Work

UNLINKED = "unlinked"
"""The purpose of telling staff that a wrong person is; its act names whose account that was."""


def own_cases(work: Work, patient: Patient, *, at: datetime | None = None) -> list[Escalation]:
    """Without those of somebody who was taken for this patient; `at` an earlier moment they may count still."""
    mine = work.escalations.of_patient(patient.id)
    return [one for one in mine if not is_of_another(work, one, at=at)]


def is_of_another(work: Work, case: Escalation, *, at: datetime | None = None) -> bool:
    """It was raised by whoever was unlinked since, and is not connected again."""
    return _is_from_another(work, case.patient_id, case.private_since or case.opened_at, at=at)


def was_another_s(work: Work, delivery: Delivery) -> bool:
    """What staff would answer was written to them of somebody who was unlinked since."""
    if delivery.escalation_id is not None and is_of_another(work, work.escalations.get(delivery.escalation_id)):
        return True
    return _is_from_another(work, delivery.patient_id, delivery.due_at)


def _is_from_another(work: Work, patient_id: int | None, began: datetime, *, at: datetime | None = None) -> bool:
    unlinked = None if patient_id is None else work.outbox.latest(patient_id, UNLINKED)
    if patient_id is None or unlinked is None or began > unlinked or (at is not None and at < unlinked):
        return False
    rows = work.outbox.of_patient(patient_id)
    since = [row for row in rows if row.purpose == UNLINKED and row.due_at >= began and row.act is not None]
    holders = {row.act.member for row in since if row.act is not None}
    contact = work.patients.get(patient_id).contact
    # unlinked by mistake, they may be back
    return contact is None or contact.chat not in holders

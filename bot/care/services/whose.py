"""Whose words a case holds: of what a wrong person wrote staff go on hearing, and the right one never does."""

from datetime import datetime

from bot.care.model.delivery import Delivery
from bot.care.model.escalation import Escalation
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work


def own_cases(work: Work, patient: Patient, *, at: datetime | None = None) -> list[Escalation]:
    """Without those of somebody who was taken for this patient; `at` an earlier moment they may count still."""
    mine = list(work.escalations.of_patient(patient.id))
    if not mine or _unlinked(work, patient.id) is None:
        return mine
    return [one for one in mine if not is_of_another(work, one, at=at)]


def is_of_another(work: Work, case: Escalation, *, at: datetime | None = None) -> bool:
    """It was raised by whoever was unlinked since, and is not connected again."""
    unlinked = _unlinked(work, case.patient_id)
    if unlinked is None or (at is not None and at < unlinked):
        return False
    return left_at(work, case) is not None


def left_at(work: Work, case: Escalation) -> datetime | None:
    """When whoever raised it was unlinked; None where they were not, or are connected again."""
    if case.patient_id is None or _unlinked(work, case.patient_id) is None:
        return None
    # a case that changed hands, or was given back, was opened anew
    left = (row.due_at for row in work.outbox.of_escalation(case.id))
    return _another_left_at(work, case.patient_id, min(left, default=case.private_since or case.opened_at))


def was_another_s(work: Work, delivery: Delivery) -> bool:
    """What staff would answer was written to them of somebody who was unlinked since."""
    if delivery.patient_id is None or _unlinked(work, delivery.patient_id) is None:
        return False
    if delivery.escalation_id is not None and is_of_another(work, work.escalations.get(delivery.escalation_id)):
        return True
    return _another_left_at(work, delivery.patient_id, delivery.due_at) is not None


def came_from_another(work: Work, patient: Patient, *, at: datetime) -> bool:
    """What was sent at this moment came from somebody who was unlinked since."""
    return _unlinked(work, patient.id) is not None and _another_left_at(work, patient.id, at) is not None


def _unlinked(work: Work, patient_id: int | None) -> datetime | None:
    return None if patient_id is None else work.outbox.latest(patient_id, Purpose.UNLINKED)


def _another_left_at(work: Work, patient_id: int, began: datetime) -> datetime | None:
    rows = [row for row in work.outbox.of_patient(patient_id, (Purpose.UNLINKED,)) if row.due_at >= began]
    holders = {row.act.member for row in rows if row.act is not None}
    contact = work.patients.get(patient_id).contact
    # unlinked by mistake, they may be back
    is_back = contact is not None and contact.chat in holders
    return None if is_back else min((row.due_at for row in rows), default=None)

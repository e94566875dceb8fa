"""Who is not there yet: patients of a file that is still being enrolled."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from bot.records.tables import BatchRow, PatientRow, table

patients, batches = table(PatientRow), table(BatchRow)
# nearly always none: next to nothing is paid for it
_OPEN = select(batches.c.id).where(batches.c.live_at.is_(None))
_HIDDEN = select(patients.c.id).where(patients.c.batch.in_(_OPEN))


def is_shown() -> ColumnElement[bool]:
    """Of a patient's row."""
    return or_(patients.c.batch.is_(None), patients.c.batch.not_in(_OPEN))


def of_shown(patient_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of a row that belongs to a patient."""
    return patient_id.not_in(_HIDDEN)

"""Escalations: who was handed to a person, for what, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.triage import Level, weight
from bot.records.tables import EscalationRow, table
from bot.records.transaction import Transaction

escalations = table(EscalationRow)
# asked every second of every day: built once
OPEN = select(escalations).where(escalations.c.state != EscalationState.CLOSED.value)
OF_PATIENT = select(escalations).where(escalations.c.patient_id == bindparam("whose")).order_by(escalations.c.id)


@dataclass(frozen=True)
class SqlEscalations:
    transaction: Transaction

    def add(self, escalation: Escalation) -> Escalation:
        return replace(escalation, id=self.transaction.insert(escalations, self._columns(escalation)))

    def save(self, escalation: Escalation) -> None:
        self.transaction.save(escalations, escalation.id, self._columns(escalation))

    def join(self, escalation_id: int, head: int) -> bool:
        is_open = escalations.c.state == EscalationState.OPEN.value
        joins = update(escalations).where(escalations.c.id == escalation_id, is_open).values(told_with=head)
        return self.transaction.change(joins) == 1

    def get(self, escalation_id: int) -> Escalation:
        return self._escalation(self.transaction.by_id(escalations, escalation_id))

    def open(self) -> Sequence[Escalation]:
        return sorted(map(self._escalation, self.transaction.rows(OPEN)), key=_worst_first)

    def of_patient(self, patient_id: int) -> Sequence[Escalation]:
        return [self._escalation(row) for row in self.transaction.rows(OF_PATIENT, whose=patient_id)]

    def _columns(self, escalation: Escalation) -> dict[str, object]:
        return {
            "patient_id": escalation.patient_id,
            "enrolment_id": escalation.enrolment_id,
            "level": escalation.level and escalation.level.value,
            "reason": escalation.reason,
            "words": self.transaction.seal(escalation.words),
            "told": self.transaction.seal(escalation.told),
            "confirmed": escalation.confirmed,
            "state": escalation.state.value,
            "owner": escalation.owner,
            "opened_at": escalation.opened_at,
            "acknowledged_at": escalation.acknowledged_at,
            "called_at": escalation.called_at,
            "promised_at": escalation.promised_at,
            "private_since": escalation.private_since,
            "closed_at": escalation.closed_at,
            "closing": escalation.closing and escalation.closing.value,
            "note": self.transaction.seal(escalation.note),
            "told_with": escalation.told_with,
        }

    def _escalation(self, row: Row[Any]) -> Escalation:
        return Escalation(
            id=row.id,
            patient_id=row.patient_id,
            enrolment_id=row.enrolment_id,
            level=None if row.level is None else Level(row.level),
            reason=row.reason,
            words=self.transaction.open(row.words),
            told=self.transaction.open(row.told),
            confirmed=row.confirmed,
            state=EscalationState(row.state),
            owner=row.owner,
            opened_at=row.opened_at,
            acknowledged_at=row.acknowledged_at,
            called_at=row.called_at,
            promised_at=row.promised_at,
            private_since=row.private_since,
            closed_at=row.closed_at,
            closing=None if row.closing is None else Closing(row.closing),
            note=self.transaction.open(row.note),
            told_with=row.told_with,
        )


def _worst_first(escalation: Escalation) -> tuple[object, ...]:
    return -weight(escalation.level), escalation.opened_at, escalation.id

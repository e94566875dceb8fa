"""Looks at the whole clinic for lists and figures: few statements, and no sealed word opened that is not shown."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, true

from bot.care.model.delivery import UNHEARD, Delivery, DeliveryState
from bot.care.model.enrolment import EnrolmentStatus, Surface
from bot.care.model.in_use import InUse
from bot.care.model.inbound import BY_STAFF, InboxState
from bot.care.model.people import Patient
from bot.care.model.survey import Alerted, Given, Joined, PlanRow, StepRow
from bot.care.model.triage import Level
from bot.records.delivery_rows import delivery_of
from bot.records.enrolments import RUNNING
from bot.records.hiding import is_shown
from bot.records.outbox_tables import DeliveryRow
from bot.records.patients import SqlPatients
from bot.records.tables import AnswerRow, EnrolmentRow, EntryRow, EscalationRow, InboxRow, PatientRow, table
from bot.records.transaction import Transaction

deliveries, patients, enrolments = table(DeliveryRow), table(PatientRow), table(EnrolmentRow)
answers, entries = table(AnswerRow), table(EntryRow)
escalations, inbox = table(EscalationRow), table(InboxRow)

PLAN = (
    deliveries.c.patient_id,
    deliveries.c.enrolment_id,
    deliveries.c.step,
    deliveries.c.due_at,
    deliveries.c.sent_at,
)
NOT_COMING = [state.value for state in UNHEARD]
TO_COME = [state.value for state in DeliveryState if not state.final]
DROPPED = (DeliveryState.FAILED.value, DeliveryState.EXPIRED.value)


@dataclass(frozen=True)
class SqlSurvey:
    transaction: Transaction

    def people(self) -> Mapping[int, Patient]:
        cared_for = select(enrolments.c.patient_id).where(enrolments.c.status.in_(RUNNING))
        found = SqlPatients(self.transaction).chosen(patients.c.id.in_(cared_for))
        return {patient.id: patient for patient in found}

    def planned(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        due = (deliveries.c.due_at >= since, deliveries.c.due_at < until)
        return self._plan(*due, deliveries.c.state.not_in(NOT_COMING))

    def sent(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        left = (deliveries.c.sent_at >= since, deliveries.c.sent_at < until)
        return self._plan(deliveries.c.state == DeliveryState.SENT.value, *left)

    def of_steps(self, steps: Collection[str]) -> Sequence[StepRow]:
        return self._of_steps(_saying(steps).order_by(deliveries.c.id))

    def coming(self, steps: Collection[str], *, limit: int) -> Sequence[StepRow]:
        to_come = _saying(steps).where(deliveries.c.open_lane.is_not(None))
        return self._of_steps(to_come.order_by(deliveries.c.due_at, deliveries.c.id).limit(limit))

    def in_use(self) -> Sequence[InUse]:
        having = (enrolments.c.treatment, enrolments.c.also, enrolments.c.surface)
        people = func.count(enrolments.c.patient_id.distinct()).label("people")
        all_ = select(*having, people).where(enrolments.c.status.in_(RUNNING)).group_by(*having)
        to_come = and_(deliveries.c.enrolment_id == enrolments.c.id, deliveries.c.step.is_not(None))
        steps = (
            select(*having, deliveries.c.step, people).join(deliveries, to_come).group_by(*having, deliveries.c.step)
        )
        steps = steps.where(enrolments.c.status.in_(RUNNING), deliveries.c.state.in_(TO_COME))
        found = [InUse(_treatments(row), "", row.people, Surface(row.surface)) for row in self.transaction.rows(all_)]
        return found + [
            InUse(_treatments(row), row.step, row.people, Surface(row.surface)) for row in self.transaction.rows(steps)
        ]

    def answers(self, *, since: datetime) -> Sequence[Given]:
        given = select(answers.c.enrolment_id, answers.c.step, answers.c.at).where(answers.c.at >= since)
        rows = self.transaction.rows(given.order_by(answers.c.at, answers.c.id))
        return [Given(row.enrolment_id, row.step, row.at) for row in rows]

    def last_heard(self, *, since: datetime) -> Mapping[int, datetime]:
        found: dict[int, datetime] = {}
        theirs = entries.c.heard.not_in([heard.value for heard in BY_STAFF])
        for said, which in ((entries, theirs), (answers, true())):
            newest = select(said.c.patient_id, func.max(said.c.at).label("at")).where(said.c.at >= since, which)
            for row in self.transaction.rows(newest.group_by(said.c.patient_id)):
                found[row.patient_id] = max(row.at, found.get(row.patient_id, row.at))
        return found

    def undelivered(self, *, since: datetime) -> Sequence[Delivery]:
        dropped = and_(deliveries.c.state.in_(DROPPED), deliveries.c.ended_at >= since)
        lost = or_(deliveries.c.state == DeliveryState.UNCERTAIN.value, dropped)
        theirs = patients.c.id == deliveries.c.patient_id
        # staff are told of patients too; what is planned was the patient's own, also in an account that they left
        planned = and_(deliveries.c.step.is_not(None), patients.c.chat.is_not(None))
        own = (theirs, or_(patients.c.chat == deliveries.c.chat, planned))
        rows = select(deliveries).join(patients, and_(*own)).where(lost).order_by(deliveries.c.due_at, deliveries.c.id)
        return [delivery_of(row, self.transaction) for row in self.transaction.rows(rows)]

    def quarantined(self, *, since: datetime) -> Sequence[str]:
        unread = (inbox.c.state == InboxState.QUARANTINED.value, inbox.c.received_at >= since)
        rows = self.transaction.rows(select(inbox.c.turn).where(*unread).order_by(inbox.c.id))
        return [row.turn for row in rows]

    def enrolled(self, *, since: datetime, until: datetime) -> Sequence[Joined]:
        new = (patients.c.created_at >= since, patients.c.created_at < until, patients.c.test.is_(False))
        undone = enrolments.c.status == EnrolmentStatus.CANCELLED.value
        kept = exists().where(enrolments.c.patient_id == patients.c.id, ~undone)
        rows = self.transaction.rows(
            select(patients).where(*new, kept, is_shown()).order_by(patients.c.created_at, patients.c.id)
        )
        return [Joined(row.created_at, row.consent_at is not None) for row in rows]

    def alerts(self, *, since: datetime, until: datetime) -> Sequence[Alerted]:
        columns = (escalations.c.opened_at, escalations.c.level, escalations.c.acknowledged_at, escalations.c.closed_at)
        opened = (escalations.c.opened_at >= since, escalations.c.opened_at < until, escalations.c.confirmed)
        rows = self.transaction.rows(select(*columns).where(*opened).order_by(escalations.c.opened_at))
        return [Alerted(row.opened_at, _level(row.level), row.acknowledged_at or row.closed_at) for row in rows]

    def _of_steps(self, chosen: Select[Any]) -> Sequence[StepRow]:
        return [
            StepRow(row.patient_id, row.enrolment_id, row.step, row.due_at, DeliveryState(row.state), row.sent_at)
            for row in self.transaction.rows(chosen)
        ]

    def _plan(self, *which: ColumnElement[bool]) -> Sequence[PlanRow]:
        of_a_plan = (deliveries.c.step.is_not(None), deliveries.c.enrolment_id.is_not(None))
        rows = self.transaction.rows(select(*PLAN).where(*of_a_plan, *which).order_by(deliveries.c.due_at))
        return [
            PlanRow(row.patient_id, row.enrolment_id, row.step, row.due_at, row.sent_at)
            for row in rows
            if row.patient_id is not None
        ]


def _saying(steps: Collection[str]) -> Select[Any]:
    """Rows of running plans for these steps."""
    running = deliveries.c.enrolment_id == enrolments.c.id
    columns = (*PLAN[1:], deliveries.c.state, enrolments.c.patient_id)
    rows = select(*columns).join(enrolments, running)
    return rows.where(deliveries.c.step.in_(steps), enrolments.c.status.in_(RUNNING))


def _treatments(row: Row[Any]) -> tuple[str, ...]:
    return (row.treatment, *json.loads(row.also))


def _level(named: str | None) -> Level | None:
    return None if named is None else Level(named)

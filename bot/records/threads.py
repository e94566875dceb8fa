"""Patients' own topics in the desk's forum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select

from bot.care.model.thread import Thread
from bot.records.enrolments import RUNNING
from bot.records.outbox_tables import DeliveryRow
from bot.records.tables import EnrolmentRow, EntryRow, PatientRow, ThreadRow, table
from bot.records.transaction import Transaction

threads, patients, enrolments = table(ThreadRow), table(PatientRow), table(EnrolmentRow)
entries, deliveries = table(EntryRow), table(DeliveryRow)


@dataclass(frozen=True)
class SqlThreads:
    transaction: Transaction

    def save(self, thread: Thread, *, was: Thread | None) -> bool:
        if was is None:
            return self.transaction.insert_unless_there(threads, vars(thread))
        same = (threads.c[name].is_not_distinct_from(value) for name, value in vars(was).items())
        return self.transaction.change(threads.update().where(*same).values(dict(vars(thread)))) == 1

    def of(self, patient_id: int) -> Thread | None:
        row = self.transaction.first(select(threads).where(threads.c.patient_id == patient_id))
        return None if row is None else _thread(row)

    def opened_by(self, delivery_id: int) -> Thread | None:
        row = self.transaction.first(select(threads).where(threads.c.opening == delivery_id).limit(1))
        return None if row is None else _thread(row)

    def missing(self, chat: int, *, limit: int) -> Sequence[int]:
        open_ = (threads.c.chat == chat, threads.c.closed.is_(False))
        there = exists().where(threads.c.patient_id == patients.c.id, *open_)
        agreed = (patients.c.consent_at.is_not(None), patients.c.chat.is_not(None))
        wanted = select(patients.c.id).where(*agreed, _in_care(patients.c.id), ~there)
        return self._ids(wanted.order_by(patients.c.id).limit(limit))

    def behind(self, chat: int, *, limit: int) -> Sequence[int]:
        newer = exists().where(entries.c.patient_id == threads.c.patient_id, entries.c.id > threads.c.shown)
        return self._ids(select(threads.c.patient_id).where(threads.c.chat == chat, newer).limit(limit))

    def unsummed(self, chat: int, *, before: datetime, limit: int) -> Sequence[int]:
        mine = and_(deliveries.c.patient_id == threads.c.patient_id, deliveries.c.enrolment_id.is_not(None))
        newer = or_(threads.c.summed_at.is_(None), deliveries.c.sent_at > threads.c.summed_at)
        due = or_(threads.c.summed_at.is_(None), threads.c.summed_at <= before)
        sent = exists().where(mine, deliveries.c.sent_at.is_not(None), newer)
        open_ = (threads.c.chat == chat, threads.c.closed.is_(False))
        return self._ids(select(threads.c.patient_id).where(*open_, due, sent).limit(limit))

    def ended(self, chat: int, *, before: datetime, limit: int) -> Sequence[int]:
        open_ = (threads.c.chat == chat, threads.c.closed.is_(False), threads.c.thread.is_not(None))
        heard = exists().where(entries.c.patient_id == threads.c.patient_id, entries.c.at >= before)
        over = (~_in_care(threads.c.patient_id), ~heard)
        return self._ids(select(threads.c.patient_id).where(*open_, *over).limit(limit))

    def _ids(self, statement: Select[Any]) -> Sequence[int]:
        return [row[0] for row in self.transaction.rows(statement)]


def _in_care(patient_id: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(enrolments.c.patient_id == patient_id, enrolments.c.status.in_(RUNNING))


def _thread(row: Row[Any]) -> Thread:
    return Thread(**row._asdict())

"""What patients said, what they answered, and what the bot asked last."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from bot.care.model.inbound import OF_ANOTHER, CheckInAnswer, Entry, Flow, Heard
from bot.records.codec import load_file
from bot.records.tables import AnswerRow, EntryRow, FlowRow, table
from bot.records.transaction import Transaction

entries, answers, flows = table(EntryRow), table(AnswerRow), table(FlowRow)
# asked every second of every day, or for every message: built once
HELD = select(entries).where(entries.c.heard == Heard.SUGGESTED.value).order_by(entries.c.id)
HERE = (flows.c.chat == bindparam("here"), flows.c.person == bindparam("whose"))
FLOW = select(flows).where(*HERE, flows.c.expires_at > bindparam("at"))
CLEAR = flows.delete().where(*HERE)


@dataclass(frozen=True)
class SqlDiary:
    transaction: Transaction

    def add(self, entry: Entry) -> Entry:
        columns = {
            "patient_id": entry.patient_id,
            "at": entry.at,
            "heard": entry.heard.value,
            "words": self.transaction.seal(entry.words),
            "chat": entry.chat,
            "message_id": entry.message_id,
            "topic": entry.topic,
            "file": self.transaction.seal(json.dumps(asdict(entry.file))) if entry.file is not None else None,
        }
        return replace(entry, id=self.transaction.insert(entries, columns))

    def of_patient(self, patient_id: int, *, limit: int = 50) -> Sequence[Entry]:
        newest = select(entries).where(entries.c.patient_id == patient_id).order_by(entries.c.id.desc()).limit(limit)
        return [self._entry(row) for row in reversed(self.transaction.rows(newest))]

    def by_message(self, chat: int, message_id: int) -> Entry | None:
        which = (entries.c.chat == chat, entries.c.message_id == message_id)
        row = self.transaction.first(select(entries).where(*which).order_by(entries.c.id.desc()).limit(1))
        return None if row is None else self._entry(row)

    def before(self, entry: Entry) -> Entry | None:
        same = (entries.c.chat == entry.chat, entries.c.message_id == entry.message_id)
        which = (entries.c.patient_id == entry.patient_id, *same, entries.c.id < entry.id)
        row = self.transaction.first(select(entries).where(*which).order_by(entries.c.id.desc()).limit(1))
        return None if row is None else self._entry(row)

    def with_files(self, patient_id: int) -> Sequence[Entry]:
        which = (entries.c.patient_id == patient_id, entries.c.file.is_not(None))
        return [self._entry(row) for row in self.transaction.rows(select(entries).where(*which).order_by(entries.c.id))]

    def later(self, patient_id: int, *, than: int, limit: int) -> Sequence[Entry]:
        which = (entries.c.patient_id == patient_id, entries.c.id > than)
        return [
            self._entry(row)
            for row in self.transaction.rows(select(entries).where(*which).order_by(entries.c.id).limit(limit))
        ]

    def decide(self, entry: Entry, heard: Heard) -> bool:
        which = (entries.c.id == entry.id, entries.c.heard == Heard.SUGGESTED.value)
        return self.transaction.change(entries.update().where(*which).values(heard=heard.value)) == 1

    def held(self) -> Sequence[Entry]:
        return [self._entry(row) for row in self.transaction.rows(HELD)]

    def _entry(self, row: Row[Any]) -> Entry:
        return Entry(
            id=row.id,
            patient_id=row.patient_id,
            at=row.at,
            heard=Heard(row.heard),
            words=self.transaction.open(row.words),
            chat=row.chat,
            message_id=row.message_id,
            topic=row.topic,
            file=load_file(json.loads(self.transaction.open(row.file))) if row.file is not None else None,
        )


@dataclass(frozen=True)
class SqlAnswers:
    transaction: Transaction

    def add(self, answer: CheckInAnswer) -> bool:
        columns = {
            "patient_id": answer.patient_id,
            "enrolment_id": answer.enrolment_id,
            "step": answer.step,
            "ask": answer.ask,
            "value": self.transaction.seal(answer.value),
            "at": answer.at,
            "day": answer.day,
        }
        return self.transaction.insert_unless_there(answers, columns)

    def of_enrolment(self, enrolment_id: int) -> Sequence[CheckInAnswer]:
        which = (answers.c.enrolment_id == enrolment_id) & ~answers.c.step.contains(OF_ANOTHER, autoescape=True)
        rows = self.transaction.rows(select(answers).where(which).order_by(answers.c.id))
        return [self._answer(row) for row in rows]

    def set_aside(self, patient_id: int, chat: int) -> None:
        theirs = (answers.c.patient_id == patient_id) & ~answers.c.step.contains(OF_ANOTHER, autoescape=True)
        self.transaction.change(update(answers).where(theirs).values(step=answers.c.step + f"{OF_ANOTHER}{chat}"))

    def give_back(self, patient_id: int, chat: int) -> None:
        mark = f"{OF_ANOTHER}{chat}"
        theirs = (answers.c.patient_id == patient_id) & answers.c.step.endswith(mark, autoescape=True)
        self.transaction.change(update(answers).where(theirs).values(step=func.replace(answers.c.step, mark, "")))

    def _answer(self, row: Row[Any]) -> CheckInAnswer:
        return CheckInAnswer(
            id=row.id,
            patient_id=row.patient_id,
            enrolment_id=row.enrolment_id,
            step=row.step,
            ask=row.ask,
            value=self.transaction.open(row.value),
            at=row.at,
            day=row.day,
        )


@dataclass(frozen=True)
class SqlFlows:
    transaction: Transaction

    def put(self, flow: Flow) -> None:
        self.clear(flow.chat, flow.person)
        columns = {
            "chat": flow.chat,
            "person": flow.person,
            "kind": flow.kind,
            "data": self.transaction.seal(json.dumps(flow.data)),
            "expires_at": flow.expires_at,
        }
        self.transaction.insert(flows, columns)

    def current(self, chat: int, person: int, *, at: datetime) -> Flow | None:
        row = self.transaction.first(FLOW, here=chat, whose=person, at=at)
        return None if row is None else self._flow(row)

    def clear(self, chat: int, person: int) -> None:
        self.transaction.change(CLEAR, here=chat, whose=person)

    def _flow(self, row: Row[Any]) -> Flow:
        data = json.loads(self.transaction.open(row.data))
        return Flow(row.chat, row.person, row.kind, data, row.expires_at)

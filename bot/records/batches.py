"""Patients enrolled from a file: staged out of sight, shown by one flag, or forgotten again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, func, select

from bot.care.model.people import Patient
from bot.care.ports.people import Newcomer
from bot.care.ports.records import NotRemembered
from bot.records.enrolments import SqlEnrolments
from bot.records.invitations import SqlInvitations
from bot.records.patients import SqlPatients
from bot.records.tables import BatchRow, EnrolmentRow, InvitationRow, Mark, PatientRow, table
from bot.records.transaction import Transaction

batches, patients, marks = table(BatchRow), table(PatientRow), table(Mark)
THEIRS = (table(InvitationRow), table(EnrolmentRow))
"""What is added for a hidden patient."""
GIVEN_UP = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SqlBatches:
    transaction: Transaction

    def begin(self, file_hash: str, *, rested: timedelta) -> int | None:
        self._wait_for_others()
        now = self.transaction.machine_now()
        at_work = (batches.c.file_hash == file_hash, batches.c.live_at.is_(None), batches.c.begun_at > now - rested)
        if self.transaction.first(select(batches.c.id).where(*at_work).limit(1)) is not None:
            return None
        return self.transaction.insert(batches, {"file_hash": file_hash, "begun_at": now, "live_at": None})

    def left_over(self, *, rested: timedelta) -> Sequence[int]:
        is_old = batches.c.begun_at <= self.transaction.machine_now() - rested
        rows = self.transaction.rows(select(batches.c.id).where(batches.c.live_at.is_(None), is_old))
        return [row.id for row in rows]

    def add(self, batch: int, newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
        if not self._touch(batch, self.transaction.machine_now()):
            raise NotRemembered(batch)
        added = SqlPatients(self.transaction).add_all([one.patient for one in newcomers], batch=batch)
        named = [one.of(patient) for one, patient in zip(newcomers, added, strict=True)]
        begun = SqlEnrolments(self.transaction).add_all([one.enrolment for one in named])
        invited = SqlInvitations(self.transaction).add_all([one.invitation for one in named])
        return [Newcomer(*one) for one in zip(added, begun, invited, strict=True)]

    def give_up(self, batch: int) -> None:
        self._touch(batch, GIVEN_UP)

    def clear(self, batch: int, *, most: int) -> bool:
        self.give_up(batch)
        hidden = select(batches.c.id).where(batches.c.id == batch, batches.c.live_at.is_(None))
        if self.transaction.first(hidden) is None:
            return False
        some = self.transaction.rows(select(patients.c.id).where(patients.c.batch == batch).limit(most))
        ids = [row.id for row in some]
        for rows in THEIRS:
            self.transaction.change(rows.delete().where(rows.c.patient_id.in_(ids)))
        self.transaction.change(patients.delete().where(patients.c.id.in_(ids)))
        if not ids:
            self.transaction.change(batches.delete().where(batches.c.id == batch))
        return bool(ids)

    def first_unseen(self) -> int:
        unfinished = select(batches.c.id).where(batches.c.live_at.is_(None))
        hidden = select(func.min(patients.c.id)).where(patients.c.batch.in_(unfinished))
        last = select(func.max(patients.c.id) + 1)
        either = func.coalesce(hidden.scalar_subquery(), last.scalar_subquery(), 1)
        return cast(int, self.transaction.connection.execute(select(either)).scalar_one())

    def seen(self, *, since: int) -> Sequence[Patient]:
        self._wait_for_others()
        return SqlPatients(self.transaction).chosen(patients.c.id >= since)

    def go_live(self, batch: int, *, at: datetime) -> bool:
        return self.transaction.change(batches.update().where(*_is_open(batch)).values(live_at=at)) == 1

    def _touch(self, batch: int, at: datetime) -> bool:
        # the row is locked where rows can be: the batch neither goes live nor goes away before the commit
        return self.transaction.change(batches.update().where(*_is_open(batch)).values(begun_at=at)) == 1

    def _wait_for_others(self) -> None:
        """Whoever enrols anybody draws a code, and holds this row until the commit."""
        self.transaction.first(select(marks.c.number).where(marks.c.name == "patient-code").with_for_update())


def _is_open(batch: int) -> tuple[ColumnElement[bool], ...]:
    return batches.c.id == batch, batches.c.live_at.is_(None), batches.c.begun_at > GIVEN_UP

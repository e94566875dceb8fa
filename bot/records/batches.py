"""Patients enrolled from a file: staged out of sight, shown by one flag, or forgotten again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from bot.care.ports import Newcomer, NotRemembered
from bot.records.enrolments import SqlEnrolments
from bot.records.invitations import SqlInvitations
from bot.records.patients import SqlPatients
from bot.records.tables import BatchRow, EnrolmentRow, InvitationRow, PatientRow, table
from bot.records.transaction import Transaction

batches, patients = table(BatchRow), table(PatientRow)
THEIRS = (table(InvitationRow), table(EnrolmentRow))
"""What is added for a hidden patient."""


@dataclass(frozen=True)
class SqlBatches:
    transaction: Transaction

    def begin(self, file_hash: str, *, at: datetime) -> int:
        return self.transaction.insert(batches, {"file_hash": file_hash, "begun_at": at, "live_at": None})

    def left_over(self, file_hash: str, *, before: datetime) -> Sequence[int]:
        forgotten = or_(batches.c.file_hash == file_hash, batches.c.begun_at < before)
        rows = self.transaction.rows(select(batches.c.id).where(batches.c.live_at.is_(None), forgotten))
        return [row.id for row in rows]

    def add(self, batch: int, newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
        if not self._is_open(batch):
            raise NotRemembered(batch)
        added = SqlPatients(self.transaction).add_all([one.patient for one in newcomers], batch=batch)
        named = [one.of(patient) for one, patient in zip(newcomers, added, strict=True)]
        begun = SqlEnrolments(self.transaction).add_all([one.enrolment for one in named])
        invited = SqlInvitations(self.transaction).add_all([one.invitation for one in named])
        return [Newcomer(*one) for one in zip(added, begun, invited, strict=True)]

    def clear(self, batch: int, *, most: int) -> bool:
        if not self._is_open(batch):
            return False
        some = self.transaction.rows(select(patients.c.id).where(patients.c.batch == batch).limit(most))
        ids = [row.id for row in some]
        for rows in THEIRS:
            self.transaction.change(rows.delete().where(rows.c.patient_id.in_(ids)))
        self.transaction.change(patients.delete().where(patients.c.id.in_(ids)))
        if not ids:
            self.transaction.change(batches.delete().where(batches.c.id == batch))
        return bool(ids)

    def go_live(self, batch: int, *, at: datetime) -> bool:
        hidden = batches.update().where(batches.c.id == batch, batches.c.live_at.is_(None))
        return self.transaction.change(hidden.values(live_at=at)) == 1

    def _is_open(self, batch: int) -> bool:
        # locked where rows can be: it neither goes live nor goes away while somebody is added
        row = select(batches.c.id).where(batches.c.id == batch, batches.c.live_at.is_(None))
        return self.transaction.first(row.with_for_update()) is not None

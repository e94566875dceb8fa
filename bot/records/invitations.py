"""One-time links: only keyed hashes, used once, and a short memory of bad tries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from bot.care.model.inbound import Invitation
from bot.records.hiding import of_shown
from bot.records.tables import InvitationRow, RejectionRow, table
from bot.records.transaction import Transaction

invitations, rejections = table(InvitationRow), table(RejectionRow)
REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True)
class SqlInvitations:
    transaction: Transaction

    def add(self, invitation: Invitation) -> Invitation:
        return replace(invitation, id=self.transaction.insert(invitations, _columns(invitation)))

    def add_all(self, newcomers: Sequence[Invitation]) -> Sequence[Invitation]:
        ids = self.transaction.insert_all(invitations, [_columns(one) for one in newcomers])
        return [replace(invitation, id=its_id) for invitation, its_id in zip(newcomers, ids, strict=True)]

    def find(self, keyed_hash: str) -> Invitation | None:
        either = or_(invitations.c.token_hash == keyed_hash, invitations.c.code_hash == keyed_hash)
        return self._newest(and_(either, of_shown(invitations.c.patient_id)))

    def redeem(self, invitation_id: int, *, by: int, at: datetime) -> bool:
        usable = (
            invitations.c.id == invitation_id,
            invitations.c.used_at.is_(None),
            invitations.c.revoked_at.is_(None),
            invitations.c.expires_at > at,
        )
        return self.transaction.change(invitations.update().where(*usable).values(used_at=at, used_by=by)) == 1

    def revoke_all(self, patient_id: int, *, at: datetime) -> None:
        unused = (
            invitations.c.patient_id == patient_id,
            invitations.c.used_at.is_(None),
            invitations.c.revoked_at.is_(None),
        )
        self.transaction.change(invitations.update().where(*unused).values(revoked_at=at))

    def latest(self, patient_id: int) -> Invitation | None:
        return self._newest(invitations.c.patient_id == patient_id)

    def rejected(self, chat: int, *, at: datetime) -> int:
        chat_hash = self.transaction.cipher.keyed_hash("rejected-chat", str(chat))
        self.transaction.change(rejections.delete().where(rejections.c.at <= at - REMEMBERED))
        self.transaction.insert(rejections, {"chat_hash": chat_hash, "at": at})
        same = (rejections.c.chat_hash == chat_hash, rejections.c.at <= at)
        count = self.transaction.first(select(func.count()).select_from(rejections).where(*same))
        return 0 if count is None else int(count[0])

    def _newest(self, which: ColumnElement[bool]) -> Invitation | None:
        row = self.transaction.first(select(invitations).where(which).order_by(invitations.c.id.desc()).limit(1))
        return None if row is None else _invitation(row)


def _columns(invitation: Invitation) -> dict[str, object]:
    return {
        "patient_id": invitation.patient_id,
        "token_hash": invitation.token_hash,
        "code_hash": invitation.code_hash,
        "expires_at": invitation.expires_at,
        "used_at": invitation.used_at,
        "used_by": invitation.used_by,
        "revoked_at": invitation.revoked_at,
    }


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        patient_id=row.patient_id,
        token_hash=row.token_hash,
        code_hash=row.code_hash,
        expires_at=row.expires_at,
        used_at=row.used_at,
        used_by=row.used_by,
        revoked_at=row.revoked_at,
    )

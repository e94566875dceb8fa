"""One-time links to the team: only keyed hashes, used by one account."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.care.model.people import Role
from bot.care.model.staff_link import StaffLink
from bot.care.ports.records import NotRemembered
from bot.records.tables import StaffLinkRow, table
from bot.records.transaction import Transaction

links = table(StaffLinkRow)


@dataclass(frozen=True)
class SqlStaffLinks:
    transaction: Transaction

    def add(self, link: StaffLink) -> StaffLink:
        return replace(link, id=self.transaction.insert(links, self._columns(link)))

    def show_in(self, link_id: int, delivery_id: int) -> None:
        if not self.transaction.change(links.update().where(links.c.id == link_id).values(shown_in=delivery_id)):
            raise NotRemembered(link_id)

    def find(self, token_hash: str) -> StaffLink | None:
        row = self.transaction.first(select(links).where(links.c.token_hash == token_hash))
        return None if row is None else self._link(row)

    def get(self, link_id: int) -> StaffLink:
        return self._link(self.transaction.by_id(links, link_id))

    def open(self, *, at: datetime) -> Sequence[StaffLink]:
        usable = (links.c.used_at.is_(None), links.c.revoked_at.is_(None), links.c.expires_at > at)
        return [self._link(row) for row in self.transaction.rows(select(links).where(*usable).order_by(links.c.id))]

    def use(self, link_id: int, *, by: int, at: datetime) -> bool:
        return self._end(link_id, at=at, used_at=at, used_by=by)

    def revoke(self, link_id: int, *, at: datetime) -> bool:
        return self._end(link_id, at=at, revoked_at=at)

    def _end(self, link_id: int, *, at: datetime, **how: object) -> bool:
        usable = (
            links.c.id == link_id,
            links.c.used_at.is_(None),
            links.c.revoked_at.is_(None),
            links.c.expires_at > at,
        )
        return self.transaction.change(links.update().where(*usable).values(how)) == 1

    def _columns(self, link: StaffLink) -> dict[str, object]:
        return {
            "role": link.role.value,
            "name": self.transaction.seal(link.name),
            "token_hash": link.token_hash,
            "made_by": link.made_by,
            "expires_at": link.expires_at,
            "shown_in": link.shown_in,
            "used_at": link.used_at,
            "used_by": link.used_by,
            "revoked_at": link.revoked_at,
        }

    def _link(self, row: Row[Any]) -> StaffLink:
        return StaffLink(
            id=row.id,
            role=Role(row.role),
            name=self.transaction.open(row.name),
            token_hash=row.token_hash,
            made_by=row.made_by,
            expires_at=row.expires_at,
            shown_in=row.shown_in,
            used_at=row.used_at,
            used_by=row.used_by,
            revoked_at=row.revoked_at,
        )

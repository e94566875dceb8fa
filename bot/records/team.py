"""The care team, its desk and who else is there, and the one-time code of the first admin."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, select

from bot.care.model.people import Contact, Desk, Guest, Member, Role
from bot.care.ports.records import NotRemembered
from bot.records.tables import ClaimRow, DeskRow, GuestRow, MemberRow, table
from bot.records.transaction import Transaction

members, desks, claims, guests = table(MemberRow), table(DeskRow), table(ClaimRow), table(GuestRow)
# asked every second of every day: built once
DESK = select(desks)
MEMBERS = select(members).order_by(members.c.id)
MEMBER = select(members).where(members.c.account == bindparam("whose"))
GUESTS = select(guests).where(guests.c.chat == bindparam("here")).order_by(guests.c.joined_at, guests.c.account)


@dataclass(frozen=True)
class SqlTeam:
    transaction: Transaction

    def add(self, member: Member) -> Member:
        return replace(member, id=self.transaction.insert(members, self._columns(member)))

    def save(self, member: Member) -> None:
        statement = members.update().where(members.c.account == member.account).values(self._columns(member))
        if not self.transaction.change(statement):
            raise NotRemembered(member.account)

    def remove(self, account: int) -> None:
        self.transaction.change(members.delete().where(members.c.account == account))

    def member(self, account: int) -> Member | None:
        row = self.transaction.first(MEMBER, whose=account)
        return None if row is None else self._member(row)

    def members(self) -> Sequence[Member]:
        return [self._member(row) for row in self.transaction.rows(MEMBERS)]

    def hold_admins(self) -> Sequence[Member]:
        held = select(members).where(members.c.role == Role.ADMIN.value).order_by(members.c.id).with_for_update()
        return [self._member(row) for row in self.transaction.rows(held)]

    def desk(self) -> Desk | None:
        row = self.transaction.first(DESK)
        return None if row is None else self._desk(row)

    def set_desk(self, desk: Desk) -> None:
        self.transaction.change(desks.delete())
        self.transaction.insert(desks, self._desk_columns(desk))

    def guests(self, chat: int) -> Sequence[Guest]:
        return [self._guest(row) for row in self.transaction.rows(GUESTS, here=chat)]

    def greet(self, guest: Guest) -> bool:
        values = {
            "chat": guest.chat,
            "account": guest.account,
            "name": self.transaction.seal(guest.name),
            "joined_at": guest.joined_at,
            "decided_by": guest.decided_by,
            "stays": guest.stays,
        }
        return self.transaction.insert_unless_there(guests, values)

    def decide(self, guest: Guest) -> bool:
        undecided = guests.update().where(*_is(guest.chat, guest.account), guests.c.decided_by.is_(None))
        return self.transaction.change(undecided.values(decided_by=guest.decided_by, stays=guest.stays)) == 1

    def undecide(self, chat: int, account: int) -> None:
        self.transaction.change(guests.update().where(*_is(chat, account)).values(decided_by=None, stays=False))

    def forget_guest(self, chat: int, account: int) -> bool:
        return self.transaction.change(guests.delete().where(*_is(chat, account))) == 1

    def add_claim(self, code_hash: str, *, expires_at: datetime) -> None:
        self.transaction.change(claims.delete())
        self.transaction.insert(claims, {"code_hash": code_hash, "expires_at": expires_at})

    def use_claim(self, code_hash: str, *, at: datetime) -> bool:
        usable = (
            claims.c.code_hash == code_hash,
            claims.c.used_at.is_(None),
            claims.c.expires_at > at,
            ~exists().where(members.c.role == Role.ADMIN.value),
        )
        return self.transaction.change(claims.update().where(*usable).values(used_at=at)) == 1

    def _columns(self, member: Member) -> dict[str, object]:
        return {
            "account": member.account,
            "name": self.transaction.seal(member.name),
            "role": member.role.value,
            "added_at": member.added_at,
            "tested_at": member.tested_at,
        }

    def _member(self, row: Row[Any]) -> Member:
        return Member(
            id=row.id,
            account=row.account,
            name=self.transaction.open(row.name),
            role=Role(row.role),
            added_at=row.added_at,
            tested_at=row.tested_at,
        )

    def _desk_columns(self, desk: Desk) -> dict[str, object]:
        return {
            "id": 1,
            "chat": desk.contact.chat,
            "thread": desk.contact.thread,
            "channel": desk.contact.channel,
            "title": self.transaction.seal(desk.title),
            "is_forum": desk.is_forum,
            "set_by": desk.set_by,
            "set_at": desk.set_at,
            "tested_at": desk.tested_at,
        }

    def _desk(self, row: Row[Any]) -> Desk:
        return Desk(
            contact=Contact(row.chat, row.thread, row.channel),
            title=self.transaction.open(row.title),
            is_forum=row.is_forum,
            set_by=row.set_by,
            set_at=row.set_at,
            tested_at=row.tested_at,
        )

    def _guest(self, row: Row[Any]) -> Guest:
        name = self.transaction.open(row.name)
        return Guest(row.chat, row.account, name, row.joined_at, row.decided_by, row.stays)


def _is(chat: int, account: int) -> tuple[ColumnElement[bool], ...]:
    return guests.c.chat == chat, guests.c.account == account

"""Who is on call: stretches that were taken, and the turns of a week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import select

from bot.care.model.on_call import Shift, Turn
from bot.records.tables import ShiftRow, TurnRow, table
from bot.records.transaction import Transaction

shifts, turns = table(ShiftRow), table(TurnRow)


@dataclass(frozen=True)
class SqlOnCall:
    transaction: Transaction

    def add(self, shift: Shift) -> Shift:
        columns = {"account": shift.account, "since": shift.since, "until": shift.until}
        return replace(shift, id=self.transaction.insert(shifts, columns))

    def remove(self, shift_id: int) -> bool:
        return self.transaction.change(shifts.delete().where(shifts.c.id == shift_id)) == 1

    def shifts(self, *, at: datetime) -> Sequence[Shift]:
        coming = select(shifts).where(shifts.c.until > at).order_by(shifts.c.id)
        return [Shift(row.account, row.since, row.until, row.id) for row in self.transaction.rows(coming)]

    def turns(self) -> Sequence[Turn]:
        in_order = select(turns).order_by(turns.c.weekday, turns.c.at)
        return [Turn(row.weekday, row.at, row.account) for row in self.transaction.rows(in_order)]

    def put(self, turn: Turn) -> None:
        self.drop(turn.weekday, turn.at)
        self.transaction.insert(turns, {"weekday": turn.weekday, "at": turn.at, "account": turn.account})

    def drop(self, weekday: int, at: time) -> None:
        self.transaction.change(turns.delete().where(turns.c.weekday == weekday, turns.c.at == at))

    def is_kept(self) -> bool:
        return any(self.transaction.first(select(rows).limit(1)) is not None for rows in (shifts, turns))

    def forget(self, account: int) -> None:
        for rows in (shifts, turns):
            self.transaction.change(rows.update().where(rows.c.account == account).values(account=None))

    def clear(self) -> None:
        for rows in (shifts, turns):
            self.transaction.change(rows.delete())

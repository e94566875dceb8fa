"""What is on hold: a row for every step, and one for everything."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.care.model.hold import Hold
from bot.records.tables import HoldRow, table
from bot.records.transaction import Transaction

holds = table(HoldRow)


@dataclass(frozen=True)
class SqlHolds:
    transaction: Transaction

    def all(self) -> Sequence[Hold]:
        rows = self.transaction.rows(select(holds).order_by(holds.c.at, holds.c.treatment, holds.c.step))
        return [Hold(row.treatment, row.step, row.by, row.at) for row in rows]

    def put(self, hold: Hold) -> bool:
        values = {"treatment": hold.treatment, "step": hold.step, "by": hold.by, "at": hold.at}
        return self.transaction.insert_unless_there(holds, values)

    def lift(self, treatment: str, step: str) -> bool:
        here = (holds.c.treatment == treatment, holds.c.step == step)
        return self.transaction.change(holds.delete().where(*here)) == 1

"""Practice alerts, at most one at a time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from bot.care.model.drill import Drill
from bot.records.tables import DrillRow, table
from bot.records.transaction import Transaction

drills = table(DrillRow)
RUNS = 1
# asked every second of every day: built once
RUNNING = select(drills).where(drills.c.running == RUNS)


@dataclass(frozen=True)
class SqlDrills:
    transaction: Transaction

    def begin(self, drill: Drill) -> Drill | None:
        begun = {"running": RUNS, "begun_at": drill.begun_at, "begun_by": drill.begun_by, "chat": drill.chat}
        if not self.transaction.insert_unless_there(drills, {**begun, "rows": "", "taken_by": None, "ended_at": None}):
            return None
        return self.running()

    def went_out(self, drill: Drill) -> None:
        rows = ",".join(map(str, drill.rows))
        self.transaction.change(drills.update().where(drills.c.id == drill.id).values(rows=rows))

    def running(self) -> Drill | None:
        row = self.transaction.first(RUNNING)
        return None if row is None else _drill(row)

    def end(self, drill: Drill) -> bool:
        here = (drills.c.id == drill.id, drills.c.running == RUNS)
        ended = {"running": None, "ended_at": drill.ended_at, "taken_by": drill.taken_by}
        return self.transaction.change(drills.update().where(*here).values(ended)) == 1


def _drill(row: Row[Any]) -> Drill:
    rows = tuple(int(number) for number in row.rows.split(",") if number)
    return Drill(row.begun_at, row.begun_by, row.chat, rows, row.id, row.ended_at, row.taken_by)

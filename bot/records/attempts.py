"""Tries at deliveries in machine time: what they spent of the pace, and the pause the channel asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, bindparam, func, or_, select

from bot.care.model.delivery import Result
from bot.care.ports.outbox import Spent
from bot.records.outbox_tables import AttemptRow
from bot.records.tables import Mark, table
from bot.records.transaction import Transaction

attempts, marks = table(AttemptRow), table(Mark)
PAUSE = "pause"
# asked for every message that leaves: built once
START = attempts.insert()
END = (
    attempts.update()
    .where(attempts.c.id == bindparam("its_id"), attempts.c.delivery_id == bindparam("of_row"))
    .values(
        message_id=func.coalesce(bindparam("message", type_=BigInteger), attempts.c.message_id),
        thread=func.coalesce(bindparam("topic", type_=BigInteger), attempts.c.thread),
    )
)
PAUSED = select(marks.c.until).where(marks.c.name == PAUSE)


@dataclass(frozen=True)
class SqlAttempts:
    transaction: Transaction

    def start(self, attempt_id: str, delivery_id: int, chat: int, *, alert: bool, at: datetime) -> None:
        columns = {"id": attempt_id, "delivery_id": delivery_id, "chat": chat, "alert": alert, "started_at": at}
        self.transaction.connection.execute(START, columns)

    def end(self, attempt_id: str, delivery_id: int, result: Result, *, at: datetime) -> None:
        """Also for an attempt that was given up: its late success is evidence of a copy."""
        found = {"message": result.message_id, "topic": result.thread}
        noted = {"finished_at": at, "outcome": result.outcome.value}
        self.transaction.change(END, its_id=attempt_id, of_row=delivery_id, **found, **noted)

    def delivery_of(self, chat: int, message_id: int) -> int | None:
        which = (attempts.c.chat == chat, attempts.c.message_id == message_id)
        newest = select(attempts.c.delivery_id).where(*which).order_by(attempts.c.started_at.desc())
        row = self.transaction.first(newest.limit(1))
        return None if row is None else row.delivery_id

    def spent(self, *, within: timedelta, in_groups: timedelta) -> Sequence[Spent]:
        now, started = self.transaction.machine_now(), attempts.c.started_at
        spent = func.coalesce(attempts.c.finished_at, started).label("spent_at")
        # no call takes a minute: the index over starts finds them all
        counts = (started > now - in_groups, or_(attempts.c.chat < 0, spent > now - within))
        recent = select(attempts.c.chat, spent, attempts.c.alert).where(*counts).order_by(spent)
        return [Spent(row.chat, row.spent_at, row.alert) for row in self.transaction.rows(recent)]

    def paused_until(self) -> datetime | None:
        row = self.transaction.first(PAUSED)
        return None if row is None else row.until

    def pause(self, seconds: float) -> None:
        """A shorter pause never cuts a longer one."""
        until = self.transaction.machine_now() + timedelta(seconds=seconds)
        shorter = or_(marks.c.until.is_(None), marks.c.until < until)
        self.transaction.change(marks.update().where(marks.c.name == PAUSE, shorter).values(until=until))

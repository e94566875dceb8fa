"""Raw updates, stored before they are acknowledged and done exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.care.model.inbound import InboxState, RawUpdate
from bot.records.sealed import Sealed
from bot.records.tables import InboxRow, table
from bot.records.transaction import Transaction

inbox = table(InboxRow)
# asked for every update, and all the time while nothing comes: built once
WAITING = select(inbox).where(inbox.c.state == InboxState.WAITING.value).order_by(inbox.c.id)
DONE = (
    inbox.update()
    .where(inbox.c.id == bindparam("its_id"), inbox.c.state != InboxState.DONE.value)
    .values(state=InboxState.DONE.value)
)


@dataclass(frozen=True)
class SqlInbox:
    transaction: Transaction

    def store(self, update: RawUpdate) -> bool:
        columns = {
            "id": update.id,
            "turn": update.order,
            "raw": self.transaction.seal(update.raw),
            "state": InboxState.WAITING.value,
            "tries": update.tries,
            "received_at": update.received_at,
        }
        return self.transaction.insert_unless_there(inbox, columns)

    def waiting(self) -> Sequence[RawUpdate]:
        return [self._update(row) for row in self.transaction.rows(WAITING)]

    def done(self, update_id: int, *, at: datetime, erase: bool = False) -> bool:
        erased: dict[str, object] = {"raw": Sealed(), "turn": "", "received_at": None} if erase else {}
        return self.transaction.change(DONE, its_id=update_id, done_at=at, **erased) == 1

    def failed(self, update_id: int, *, most: int) -> bool:
        here = inbox.c.id == update_id
        waiting = inbox.c.state == InboxState.WAITING.value
        tried = self.transaction.change(inbox.update().where(here, waiting).values(tries=inbox.c.tries + 1))
        if tried:
            spent = inbox.update().where(here, waiting, inbox.c.tries >= most)
            return self.transaction.change(spent.values(state=InboxState.QUARANTINED.value)) == 1
        quarantined = inbox.c.state == InboxState.QUARANTINED.value
        return self.transaction.first(select(inbox.c.id).where(here, quarantined)) is not None

    def quarantined(self) -> Sequence[int]:
        which = inbox.c.state == InboxState.QUARANTINED.value
        return [row.id for row in self.transaction.rows(select(inbox.c.id).where(which).order_by(inbox.c.id))]

    def _update(self, row: Row[Any]) -> RawUpdate:
        return RawUpdate(row.id, row.turn, self.transaction.open(row.raw), row.received_at, row.tries)

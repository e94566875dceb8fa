"""Who did what to whom: appended only, each row chained by keyed hash to the one before."""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Row, select

from bot.care.model.inbound import AuditEvent
from bot.records.cipher import Unreadable
from bot.records.tables import AuditRow, Mark, table
from bot.records.transaction import Transaction

audit, marks = table(AuditRow), table(Mark)
HEAD = "audit-head"


@dataclass(frozen=True)
class SqlAudit:
    transaction: Transaction

    def add(self, event: AuditEvent) -> None:
        """The head's row is locked until the commit, so that two processes never chain to the same row."""
        head = self.transaction.first(select(marks).where(marks.c.name == HEAD).with_for_update())
        if head is None:
            raise LookupError(HEAD)
        number = head.number + 1
        chain = self._chain(head.words, number, event)
        columns = {**vars(event), "id": number, "detail": self.transaction.seal(event.detail), "chain": chain}
        self.transaction.insert(audit, columns)
        self.transaction.change(marks.update().where(marks.c.name == HEAD).values(number=number, words=chain))

    def tail(self, limit: int) -> Sequence[AuditEvent]:
        newest = self.transaction.rows(select(audit).order_by(audit.c.id.desc()).limit(limit))
        return [self._event(row) for row in reversed(newest)]

    def verify(self) -> int | None:
        """Walks the whole chain and its head: a changed, missing, added or cut-off row is named by its number."""
        before = ""
        expected = 1
        for row in self._rows():
            if row.id != expected or not self._follows(row, before):
                return expected
            before, expected = row.chain, expected + 1
        head = self.transaction.first(select(marks).where(marks.c.name == HEAD))
        holds = head is not None and (head.number, head.words) == (expected - 1, before)
        return None if holds else expected

    def _rows(self) -> Iterator[Row[Any]]:
        return iter(self.transaction.connection.execute(select(audit).order_by(audit.c.id)))

    def _follows(self, row: Row[Any], before: str) -> bool:
        try:
            return hmac.compare_digest(row.chain, self._chain(before, row.id, self._event(row)))
        except Unreadable:
            return False

    def _chain(self, before: str, number: int, event: AuditEvent) -> str:
        at, *words = astuple(event)
        link = json.dumps([before, number, at.astimezone(UTC).isoformat(), *words])
        return self.transaction.cipher.keyed_hash("audit", link)

    def _event(self, row: Row[Any]) -> AuditEvent:
        return AuditEvent(row.at, row.actor, row.deed, row.subject, self.transaction.open(row.detail))

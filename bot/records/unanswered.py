"""Messages that no answer met, and phrasings on their way into the content."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select

from bot.care.model.unanswered import Filing, FilingState, Phrasing, Unanswered
from bot.records.tables import FilingRow, UnansweredRow, table
from bot.records.transaction import Transaction

unanswered, filings = table(UnansweredRow), table(FilingRow)
WAITING = unanswered.c.filing == 0
# asked every second of every day: built once
UNCOMPARED = select(unanswered).where(WAITING, unanswered.c.kin == 0).order_by(unanswered.c.id)
ERASE = unanswered.delete().where(unanswered.c.heard_on < bindparam("before"))
ERASE_FILINGS = filings.delete().where(filings.c.at < bindparam("before"))
IN_STATE = select(filings).where(filings.c.state.in_(bindparam("states", expanding=True))).order_by(filings.c.id)


@dataclass(frozen=True)
class SqlUnanswered:
    transaction: Transaction

    def add(self, row: Unanswered, *, whose: int) -> Unanswered:
        columns = {
            **{name: value for name, value in vars(row).items() if name != "id"},
            "words": self.transaction.seal(row.words),
            "near": " ".join(row.near),
            "whose": self._hash(whose),
        }
        return replace(row, id=self.transaction.insert(unanswered, columns))

    def waiting(self, *, limit: int = 500) -> Sequence[Unanswered]:
        newest = select(unanswered).where(WAITING).order_by(unanswered.c.id.desc()).limit(limit)
        return [self._row(row) for row in reversed(self.transaction.rows(newest))]

    def uncompared(self) -> Sequence[Unanswered]:
        return [self._row(row) for row in self.transaction.rows(UNCOMPARED)]

    def choose(self, row_id: int, topic: str) -> None:
        self._change(unanswered.c.id == row_id, chosen=topic)

    def join(self, row_id: int, kin: int) -> None:
        self._change(unanswered.c.id == row_id, kin=kin)

    def file(self, group: int, filing_id: int) -> int:
        return self._change(_of(group), filing=filing_id)

    def unfile(self, filing_id: int) -> None:
        self._change(unanswered.c.filing == filing_id, filing=0)

    def drop(self, group: int) -> int:
        return self.transaction.change(unanswered.delete().where(_of(group)))

    def forget(self, whose: int) -> int:
        return self.transaction.change(unanswered.delete().where(unanswered.c.whose == self._hash(whose)))

    def erase(self, *, before: date) -> int:
        begun = datetime.combine(before, time(), tzinfo=UTC)
        return self.transaction.change(ERASE, before=before) + self.transaction.change(ERASE_FILINGS, before=begun)

    def _hash(self, whose: int) -> str:
        return self.transaction.cipher.keyed_hash("unanswered", str(whose))

    def _change(self, which: ColumnElement[bool], **columns: object) -> int:
        return self.transaction.change(unanswered.update().where(which).values(**columns))

    def _row(self, row: Row[Any]) -> Unanswered:
        fields = {name: getattr(row, name) for name in unanswered.c.keys() if name != "whose"}  # noqa: SIM118 - columns, not a dict
        words, near = self.transaction.open(row.words), tuple(row.near.split())
        return Unanswered(**{**fields, "words": words, "near": near})


@dataclass(frozen=True)
class SqlFilings:
    transaction: Transaction

    def add(self, filing: Filing) -> Filing:
        return replace(filing, id=self.transaction.insert(filings, self._columns(filing)))

    def get(self, filing_id: int) -> Filing:
        return self._filing(self.transaction.by_id(filings, filing_id))

    def turn(self, filing: Filing, *, was: FilingState) -> bool:
        which = (filings.c.id == filing.id, filings.c.state == was.value)
        columns = {**self._columns(filing), "claimed_until": None}
        return self.transaction.change(filings.update().where(*which).values(columns)) == 1

    def claim(self, filing: Filing, *, lease: timedelta) -> bool:
        now = self.transaction.machine_now()
        is_free = or_(filings.c.claimed_until.is_(None), filings.c.claimed_until <= now)
        which = (filings.c.id == filing.id, filings.c.state == filing.state.value, is_free)
        return self.transaction.change(filings.update().where(*which).values(claimed_until=now + lease)) == 1

    def in_state(self, *states: FilingState) -> Sequence[Filing]:
        rows = self.transaction.rows(IN_STATE, states=[state.value for state in states])
        return [self._filing(row) for row in rows]

    def _columns(self, filing: Filing) -> dict[str, object]:
        return {
            "language": filing.phrasing.language,
            "target": filing.phrasing.target,
            "words": self.transaction.seal(filing.phrasing.words),
            "kin": filing.group,
            "state": filing.state.value,
            "by": filing.by,
            "chat": filing.chat,
            "message_id": filing.message_id,
            "at": filing.at,
            "print": filing.print,
            "told": self.transaction.seal(filing.told),
            "clinical": filing.clinical,
        }

    def _filing(self, row: Row[Any]) -> Filing:
        return Filing(
            id=row.id,
            phrasing=Phrasing(row.language, row.target, self.transaction.open(row.words)),
            group=row.kin,
            state=FilingState(row.state),
            by=row.by,
            chat=row.chat,
            message_id=row.message_id,
            at=row.at,
            print=row.print,
            told=self.transaction.open(row.told),
            clinical=row.clinical,
        )


def _of(group: int) -> ColumnElement[bool]:
    """A message that nobody has compared yet is a group of its own."""
    return and_(WAITING, or_(unanswered.c.kin == group, unanswered.c.id == group))

"""When staff want their morning digest, and which day has had its own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from bot.care.model.digest import DigestWish
from bot.records.tables import DigestRow, table
from bot.records.transaction import Transaction

digests = table(DigestRow)
ONLY = 1
# asked every second of every day: built once
WISH = select(digests)
NEVER_SET = {"id": ONLY, "hour": None, "is_off": False, "told_on": None, "told_at": None, "closing_told_on": None}


@dataclass(frozen=True)
class SqlDigests:
    transaction: Transaction

    def wish(self) -> DigestWish:
        row = self.transaction.first(WISH)
        return (
            DigestWish()
            if row is None
            else DigestWish(row.hour, row.is_off, row.told_on, row.told_at, row.closing_told_on)
        )

    def keep(self, wish: DigestWish) -> None:
        self._there()
        self.transaction.change(digests.update().values(hour=wish.hour, is_off=wish.is_off))

    def claim(self, day: date, *, at: datetime) -> bool:
        self._there()
        untold = or_(digests.c.told_on.is_(None), digests.c.told_on < day)
        return self.transaction.change(digests.update().where(untold).values(told_on=day, told_at=at)) == 1

    def claim_closing(self, day: date) -> bool:
        self._there()
        untold = or_(digests.c.closing_told_on.is_(None), digests.c.closing_told_on < day)
        return self.transaction.change(digests.update().where(untold).values(closing_told_on=day)) == 1

    def _there(self) -> None:
        self.transaction.insert_unless_there(digests, NEVER_SET)

"""What of the content was changed, and drafts of what is to change."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, or_, select

from bot.care.model.revision import Draft, DraftState, FileChange, Item, Revision, Rewording
from bot.records.tables import DraftRow, RevisionRow, table
from bot.records.transaction import Transaction

revisions, drafts = table(RevisionRow), table(DraftRow)
NOTING = 0xC0DE
"""Number of the advisory lock under which changes of the files are noted."""
LIGHT = [column for column in revisions.c if column.name not in ("old", "new")]
# asked every second of every day: built once
NEWEST = select(*LIGHT).order_by(revisions.c.id.desc()).limit(bindparam("most", type_=Integer))
IN_STATE = select(drafts).where(drafts.c.state.in_(bindparam("states", expanding=True))).order_by(drafts.c.id)
ERASE = drafts.delete().where(drafts.c.at < bindparam("before"))


@dataclass(frozen=True)
class SqlRevisions:
    transaction: Transaction

    def add(self, revision: Revision) -> Revision:
        change = asdict(replace(revision.change, retimed=()))
        change.pop("retimed")
        rewordings = [[str(one.item), one.old, one.new] for one in revision.change.rewordings]
        columns = {
            **{name: value for name, value in vars(revision).items() if name not in ("id", "change")},
            **change,
            "rewordings": json.dumps(rewordings, ensure_ascii=False),
        }
        return replace(revision, id=self.transaction.insert(revisions, columns))

    def get(self, revision_id: int) -> Revision:
        row = self.transaction.by_id(revisions, revision_id)
        return _revision(row, row.old, row.new)

    def latest(self, *, limit: int, file: str = "") -> Sequence[Revision]:
        newest = NEWEST.where(revisions.c.file == file) if file else NEWEST
        return [_revision(row) for row in self.transaction.rows(newest, most=limit)]

    def newest(self) -> Sequence[Revision]:
        last = select(func.max(revisions.c.id)).group_by(revisions.c.file)
        rows = self.transaction.rows(select(*LIGHT).where(revisions.c.id.in_(last)).order_by(revisions.c.id))
        return [_revision(row) for row in rows]

    def knows(self, file: str, print_: str) -> bool:
        either = or_(revisions.c.old_print == print_, revisions.c.new_print == print_)
        known = select(revisions.c.id).where(revisions.c.file == file, either).limit(1)
        return self.transaction.first(known) is not None

    def alone(self) -> None:
        if not self.transaction.on_sqlite:
            # sqlite has one writer anyway
            self.transaction.rows(select(func.pg_advisory_xact_lock(NOTING)))


@dataclass(frozen=True)
class SqlDrafts:
    transaction: Transaction

    def add(self, draft: Draft) -> Draft:
        return replace(draft, id=self.transaction.insert(drafts, self._columns(draft)))

    def get(self, draft_id: int) -> Draft:
        return self._draft(self.transaction.by_id(drafts, draft_id))

    def turn(self, draft: Draft, *, was: DraftState) -> bool:
        which = (drafts.c.id == draft.id, drafts.c.state == was.value)
        columns = {**self._columns(draft), "claimed_until": None}
        return self.transaction.change(drafts.update().where(*which).values(columns)) == 1

    def claim(self, draft: Draft, *, lease: timedelta) -> bool:
        now = self.transaction.machine_now()
        is_free = or_(drafts.c.claimed_until.is_(None), drafts.c.claimed_until <= now)
        which = (drafts.c.id == draft.id, drafts.c.state == draft.state.value, is_free)
        return self.transaction.change(drafts.update().where(*which).values(claimed_until=now + lease)) == 1

    def in_state(self, *states: DraftState) -> Sequence[Draft]:
        rows = self.transaction.rows(IN_STATE, states=[state.value for state in states])
        return [self._draft(row) for row in rows]

    def erase(self, *, before: datetime) -> int:
        return self.transaction.change(ERASE, before=before)

    def _columns(self, draft: Draft) -> dict[str, object]:
        return {
            **{name: value for name, value in vars(draft).items() if name != "id"},
            "item": str(draft.item),
            "state": draft.state.value,
            "words": self.transaction.seal(draft.words),
            "told": self.transaction.seal(draft.told),
        }

    def _draft(self, row: Row[Any]) -> Draft:
        fields = {name: getattr(row, name) for name in drafts.c.keys() if name != "claimed_until"}  # noqa: SIM118 - columns, not a dict
        opened = {"words": self.transaction.open(row.words), "told": self.transaction.open(row.told)}
        return Draft(**{**fields, **opened, "item": Item.named(row.item), "state": DraftState(row.state)})


def _revision(row: Row[Any], old: str | None = None, new: str | None = None) -> Revision:
    rewordings = tuple(Rewording(Item.named(item), *words) for item, *words in json.loads(row.rewordings))
    change = FileChange(row.file, old, new, rewordings, row.old_print, row.new_print)
    return Revision(row.at, row.by, row.why, change, row.version, row.published_by, row.id)

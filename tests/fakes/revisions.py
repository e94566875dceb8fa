"""Changes of the content, and drafts of them, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.revision import Draft, DraftState, Revision
from tests.fakes.memory import Machine, Memory, found, kept


@dataclass(frozen=True)
class FakeRevisions:
    memory: Memory

    def add(self, revision: Revision) -> Revision:
        added = replace(revision, id=self.memory.next_id("revisions"))
        self.memory.revisions[added.id] = kept(replace(added, change=replace(added.change, retimed=())))
        return added

    def get(self, revision_id: int) -> Revision:
        return found(self.memory.revisions, revision_id)

    def latest(self, *, limit: int, file: str = "") -> Sequence[Revision]:
        rows = [one for one in self.memory.revisions.values() if file in ("", one.change.file)]
        newest = sorted(rows, key=lambda one: -one.id)[:limit]
        return [_light(one) for one in newest]

    def newest(self) -> Sequence[Revision]:
        last = {one.change.file: one for one in sorted(self.memory.revisions.values(), key=lambda one: one.id)}
        return [_light(one) for one in sorted(last.values(), key=lambda one: one.id)]

    def knows(self, file: str, print_: str) -> bool:
        mine = (one.change for one in self.memory.revisions.values() if one.change.file == file)
        return any(print_ in (one.old_print, one.new_print) for one in mine)

    def alone(self) -> None:
        """There is only one process."""


def _light(revision: Revision) -> Revision:
    return replace(revision, change=replace(revision.change, old=None, new=None))


@dataclass(frozen=True)
class FakeDrafts:
    memory: Memory
    machine: Machine

    def add(self, draft: Draft) -> Draft:
        added = replace(draft, id=self.memory.next_id("drafts"))
        self.memory.drafts[added.id] = kept(added)
        return added

    def get(self, draft_id: int) -> Draft:
        return found(self.memory.drafts, draft_id)

    def turn(self, draft: Draft, *, was: DraftState) -> bool:
        before = self.memory.drafts.get(draft.id)
        if before is None or before.state is not was:
            return False
        self.memory.drafts[draft.id] = kept(draft)
        self.memory.drafts_claimed.pop(draft.id, None)
        return True

    def claim(self, draft: Draft, *, lease: timedelta) -> bool:
        held, now = self.memory.drafts.get(draft.id), self.machine.now()
        if held is None or held.state is not draft.state:
            return False
        if self.memory.drafts_claimed.get(draft.id, now) > now:
            return False
        self.memory.drafts_claimed[draft.id] = now + lease
        return True

    def in_state(self, *states: DraftState) -> Sequence[Draft]:
        rows = [one for one in self.memory.drafts.values() if one.state in states]
        return sorted(rows, key=lambda one: one.id)

    def erase(self, *, before: datetime) -> int:
        old = [one.id for one in self.memory.drafts.values() if one.at < before]
        for draft_id in old:
            del self.memory.drafts[draft_id]
            self.memory.drafts_claimed.pop(draft_id, None)
        return len(old)

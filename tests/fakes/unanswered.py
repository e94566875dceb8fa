"""What no answer met, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta

from bot.care.model.unanswered import Filing, FilingState, Unanswered
from tests.fakes.memory import Machine, Memory, found, kept


@dataclass(frozen=True)
class FakeUnanswered:
    memory: Memory

    def add(self, row: Unanswered, *, whose: int) -> Unanswered:
        added = replace(row, id=self.memory.next_id("unanswered"))
        self.memory.unanswered[added.id] = kept(added)
        self.memory.unanswered_whose[added.id] = whose
        return added

    def waiting(self, *, limit: int = 500) -> Sequence[Unanswered]:
        rows = [row for row in self.memory.unanswered.values() if not row.filing]
        return sorted(rows, key=lambda row: row.id)[-limit:]

    def uncompared(self) -> Sequence[Unanswered]:
        return [row for row in self.waiting() if not row.kin]

    def choose(self, row_id: int, topic: str) -> None:
        self._change(lambda row: row.id == row_id, chosen=topic)

    def join(self, row_id: int, kin: int) -> None:
        self._change(lambda row: row.id == row_id, kin=kin)

    def file(self, group: int, filing_id: int) -> int:
        return self._change(lambda row: not row.filing and group in (row.kin, row.id), filing=filing_id)

    def unfile(self, filing_id: int) -> None:
        self._change(lambda row: row.filing == filing_id, filing=0)

    def drop(self, group: int) -> int:
        return self._delete(lambda row: not row.filing and group in (row.kin, row.id))

    def forget(self, whose: int) -> int:
        return self._delete(lambda row: self.memory.unanswered_whose[row.id] == whose)

    def erase(self, *, before: date) -> int:
        old = [one.id for one in self.memory.filings.values() if one.at.astimezone(UTC).date() < before]
        for filing_id in old:
            del self.memory.filings[filing_id]
        return len(old) + self._delete(lambda row: row.heard_on < before)

    def _change(self, which: Callable[[Unanswered], bool], **fields: object) -> int:
        met = [row for row in self.memory.unanswered.values() if which(row)]
        for row in met:
            self.memory.unanswered[row.id] = replace(row, **fields)  # type: ignore[arg-type]
        return len(met)

    def _delete(self, which: Callable[[Unanswered], bool]) -> int:
        met = [row.id for row in self.memory.unanswered.values() if which(row)]
        for row_id in met:
            del self.memory.unanswered[row_id], self.memory.unanswered_whose[row_id]
        return len(met)


@dataclass(frozen=True)
class FakeFilings:
    memory: Memory
    machine: Machine

    def add(self, filing: Filing) -> Filing:
        added = replace(filing, id=self.memory.next_id("filings"))
        self.memory.filings[added.id] = kept(added)
        return added

    def get(self, filing_id: int) -> Filing:
        return found(self.memory.filings, filing_id)

    def turn(self, filing: Filing, *, was: FilingState) -> bool:
        before = self.memory.filings.get(filing.id)
        if before is None or before.state is not was:
            return False
        self.memory.filings[filing.id] = kept(filing)
        self.memory.filings_claimed.pop(filing.id, None)
        return True

    def claim(self, filing: Filing, *, lease: timedelta) -> bool:
        held, now = self.memory.filings.get(filing.id), self.machine.now()
        if held is None or held.state is not filing.state:
            return False
        if self.memory.filings_claimed.get(filing.id, now) > now:
            return False
        self.memory.filings_claimed[filing.id] = now + lease
        return True

    def in_state(self, *states: FilingState) -> Sequence[Filing]:
        rows = [one for one in self.memory.filings.values() if one.state in states]
        return sorted(rows, key=lambda one: one.id)

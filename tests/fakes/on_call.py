"""Who is on call, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.care.model.on_call import Shift, Turn
from tests.fakes.memory import Memory, kept


@dataclass(frozen=True)
class FakeOnCall:
    memory: Memory

    def add(self, shift: Shift) -> Shift:
        added = replace(shift, id=self.memory.next_id("shifts"))
        self.memory.shifts[added.id] = kept(added)
        return added

    def remove(self, shift_id: int) -> bool:
        return self.memory.shifts.pop(shift_id, None) is not None

    def shifts(self, *, at: datetime) -> Sequence[Shift]:
        return [shift for shift in self.memory.shifts.values() if shift.until > at]

    def turns(self) -> Sequence[Turn]:
        return [self.memory.turns[place] for place in sorted(self.memory.turns)]

    def put(self, turn: Turn) -> None:
        self.memory.turns[turn.weekday, turn.at] = turn

    def drop(self, weekday: int, at: time) -> None:
        self.memory.turns.pop((weekday, at), None)

    def is_kept(self) -> bool:
        return bool(self.memory.shifts or self.memory.turns)

    def forget(self, account: int) -> None:
        for shifts in (self.memory.shifts, self.memory.turns):
            for place, held in shifts.items():
                if held.account == account:
                    shifts[place] = replace(held, account=None)  # type: ignore[index, assignment]

    def clear(self) -> None:
        self.memory.shifts.clear()
        self.memory.turns.clear()

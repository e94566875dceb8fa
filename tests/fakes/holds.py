"""What is on hold, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.care.model.hold import Hold
from tests.fakes.memory import Memory, kept


@dataclass(frozen=True)
class FakeHolds:
    memory: Memory

    def all(self) -> Sequence[Hold]:
        return sorted(self.memory.holds.values(), key=lambda hold: (hold.at, *hold.subject))

    def put(self, hold: Hold) -> bool:
        if hold.subject in self.memory.holds:
            return False
        self.memory.holds[hold.subject] = kept(hold)
        return True

    def lift(self, treatment: str, step: str) -> bool:
        return self.memory.holds.pop((treatment, step), None) is not None

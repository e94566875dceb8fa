"""Practice alerts, in memory."""

from dataclasses import dataclass, replace

from bot.care.model.drill import Drill
from tests.fakes.memory import Memory, kept


@dataclass(frozen=True)
class FakeDrills:
    memory: Memory

    def begin(self, drill: Drill) -> Drill | None:
        if self.running() is not None:
            return None
        begun = replace(drill, id=self.memory.next_id("drills"), rows=(), ended_at=None, taken_by=None)
        self.memory.drills[begun.id] = kept(begun)
        return begun

    def went_out(self, drill: Drill) -> None:
        self.memory.drills[drill.id] = replace(self.memory.drills[drill.id], rows=drill.rows)

    def running(self) -> Drill | None:
        return next((drill for drill in self.memory.drills.values() if drill.ended_at is None), None)

    def end(self, drill: Drill) -> bool:
        held = self.running()
        if held is None or held.id != drill.id:
            return False
        self.memory.drills[held.id] = kept(replace(held, ended_at=drill.ended_at, taken_by=drill.taken_by))
        return True

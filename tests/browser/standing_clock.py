"""A clock that moves only when told, with first steps to show."""

from dataclasses import dataclass, field

from bot.playground.controls import Json
from tests.playground.world import HandTurnedControls


@dataclass(slots=True)
class ClockWithGuide(HandTurnedControls):
    hints: list[Json] = field(default_factory=list)

    def guide(self) -> list[Json]:
        return self.hints

    def set_guide(self, *, maria: int, desk: int, anna: int) -> None:
        home = {"chat": anna, "as": anna}
        self.hints = [
            {
                "title": "Enrol Anna",
                "text": "You are Maria.",
                "chat": desk,
                "as": maria,
                "say": "/enroll Anna",
                "points": "field",
            },
            {"title": "Open her link", "text": "It opens on her phone.", "done_when": {"said": "/start ", "by": anna}},
            {"title": "Agree", "text": "Is that you?", **home, "done_when": {"heard": "Thank you", "chat": anna}},
            {"title": "Turn the clock", "text": "Press “Next message”.", **home, "done_when": {"turned": True}},
            {"try": "At the desk", "chat": desk, "as": maria, "points": "button"},
        ]

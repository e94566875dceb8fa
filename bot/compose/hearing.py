"""Understanding that follows the words in use."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.care.model.triage import Assessment
from bot.care.ports import Match, Situation, Understanding
from bot.library.shelf import ContentShelf


@dataclass
class Hearing:
    """Fills `bot.care.ports.Understanding`; built with it, renewed when new words are live, off the writer's thread."""

    build: Callable[[ContentShelf], Understanding]
    shelf: Callable[[], ContentShelf]
    _version: str = field(init=False, default="")
    _now: Understanding = field(init=False)

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Takes as long as building does; until it is done the old understanding answers."""
        shelf = self.shelf()
        if shelf.version != self._version:
            self._now, self._version = self.build(shelf), shelf.version

    def triage(self, text: str, situation: Situation) -> Assessment:
        return self._now.triage(text, situation)

    def match(self, text: str, situation: Situation) -> Match:
        return self._now.match(text, situation)

"""Understand texts with the words of the content: the room's answer to care's `Understanding` port."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.care.model.triage import Assessment
from bot.care.ports import Match, Situation
from bot.understanding.matching import Matcher
from bot.understanding.reading import Reader
from bot.understanding.triage import Listener

BARE = 8
"""Up to so many words a message may lean on what was said before it ("is this normal?")."""


@dataclass(frozen=True)
class Tongue:
    """Everything that belongs to one language."""

    reader: Reader
    listener: Listener
    matcher: Matcher


@dataclass(frozen=True)
class Understander:
    """Fills `bot.care.ports.Understanding`; an unknown language is read as the first one."""

    tongues: Mapping[str, Tongue] = field(repr=False)

    def triage(self, text: str, situation: Situation) -> Assessment:
        """Never raises, whatever the text."""
        tongue = self._tongue(situation.language)
        return tongue.listener.listen(text, tongue.reader.read(text), situation)

    def match(self, text: str, situation: Situation) -> Match:
        """Topics best first; what was said `before` joins in where the message alone names nothing."""
        tongue = self._tongue(situation.language)
        words = tongue.reader.read(text)
        alone = tongue.matcher.match(words)
        if alone.confident or not situation.before or len(words) > BARE:
            return alone
        return tongue.matcher.match(tongue.reader.read(f"{situation.before}. {text}"))

    def _tongue(self, language: str) -> Tongue:
        return self.tongues.get(language) or next(iter(self.tongues.values()))

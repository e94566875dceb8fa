"""Understand texts with the words of the content: the room's answer to care's `Understanding` port."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.model.triage import Assessment
from bot.care.ports import Match, Situation
from bot.understanding.matching import Matcher
from bot.understanding.spelling import Speller
from bot.understanding.triage import Listener
from bot.understanding.words import Cutter, Word


@dataclass(frozen=True)
class Tongue:
    """Everything that belongs to one language."""

    cutter: Cutter
    speller: Speller
    listener: Listener
    matcher: Matcher

    def read(self, text: str) -> tuple[Word, ...]:
        return self.speller.correct(self.cutter.cut(text))


@dataclass(frozen=True)
class Understander:
    """Fills `bot.care.ports.Understanding`; an unknown language is read as the first one."""

    tongues: Mapping[str, Tongue]

    def triage(self, text: str, situation: Situation) -> Assessment:
        """Never raises, whatever the text."""
        tongue = self._tongue(situation.language)
        return tongue.listener.listen(text, tongue.read(text), situation)

    def match(self, text: str, situation: Situation) -> Match:
        """Topics best first; what was said `before` joins in where the message alone names nothing."""
        tongue = self._tongue(situation.language)
        words = tongue.read(text)
        alone = tongue.matcher.match(words)
        if alone.confident or not situation.before or len(words) > 8:
            return alone
        return tongue.matcher.match(tongue.read(f"{situation.before}. {text}"))

    def _tongue(self, language: str) -> Tongue:
        return self.tongues.get(language) or next(iter(self.tongues.values()))

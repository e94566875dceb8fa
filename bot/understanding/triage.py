"""Listen for danger signs before anything may answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.care.model.triage import CLEAR, Assessment, Level
from bot.care.ports import Situation
from bot.understanding.features import features
from bot.understanding.figures import HOT, PAIN_HIGH, PAIN_MID, figures
from bot.understanding.likeness import Likeness
from bot.understanding.normalise import plain
from bot.understanding.phrasebook import Hit, Phrasebook
from bot.understanding.rules import Rule, by_concept, read_rule
from bot.understanding.scopes import Scopes
from bot.understanding.words import Word

SURE_ALIKE = 6.5
"""Likeness from which a sign that would only be asked about is taken as it stands."""

ALIKE = 3.8
"""Likeness from which a message without any rule is asked about."""


@dataclass(frozen=True)
class Flag:
    """A red flag and the rules that raise it."""

    id: str
    level: Level
    rules: tuple[Rule, ...]
    raisable: bool
    """Several of these together go one level up."""


@dataclass(frozen=True)
class Found:
    flag: Flag
    sure: bool
    reason: str


@dataclass(frozen=True)
class Listener:
    """Hears the danger signs of one language."""

    flags: tuple[Flag, ...]
    phrases: Phrasebook
    likeness: Likeness
    places: frozenset[str]
    """Where a same-day sign counts as urgent: eyes and mouth."""
    fallback: Flag
    """Asked about when only the likeness speaks."""

    def listen(self, text: str, words: Sequence[Word], situation: Situation) -> Assessment:
        hits = [*self.phrases.find(words), *figures(plain(text), words)]
        grouped = by_concept(hits)
        scopes = Scopes(words, grouped)
        signs = self._standing(hits, grouped, scopes)
        found = [*self._found(by_concept(signs), scopes, situation)]
        alike = self.likeness.score(features(words, self._names(hits)))
        if not found:
            return self._asked(alike) if alike >= ALIKE and not _scoped(grouped) else CLEAR
        return self._worst(found, alike)

    @staticmethod
    def _names(hits: Iterable[Hit]) -> list[str]:
        return sorted({hit.concept for hit in hits})

    @staticmethod
    def _standing(hits: Sequence[Hit], grouped: Mapping[str, Sequence[Hit]], scopes: Scopes) -> list[Hit]:
        """Signs that are neither part of a figure of speech nor denied nor over."""
        idioms = grouped.get("idiom", ())
        free = [hit for hit in hits if not any(idiom.start <= hit.start and hit.end <= idiom.end for idiom in idioms)]
        denied = scopes.denied(free)
        return [hit for hit in free if hit not in denied and not scopes.over(hit)]

    def _found(
        self, signs: Mapping[str, Sequence[Hit]], scopes: Scopes, situation: Situation
    ) -> Iterable[Found]:
        for flag in self.flags:
            for rule in flag.rules:
                if not rule.applies(situation):
                    continue
                group = rule.found(signs)
                if group is None:
                    continue
                scope = scopes.around(group)
                if scope is None:
                    yield Found(flag, rule.sure, rule.text)
                    break
                if flag.level is Level.EMERGENCY:
                    # words around it never take an emergency sign back: at most they make it a question
                    yield Found(flag, sure=rule.sure and scope != "hypothetical", reason=f"{rule.text} ({scope})")

    def _worst(self, found: Sequence[Found], alike: float) -> Assessment:
        sure = [one for one in found if one.sure]
        best = max(sure or found, key=lambda one: one.flag.level.weight)
        unsure = max(found, key=lambda one: one.flag.level.weight)
        if sure and unsure.flag.level is Level.EMERGENCY and best.flag.level is Level.SAME_DAY:
            best = unsure
        level = self._raised(best, sure)
        return Assessment(best.flag.id, level, certain=best.sure or alike >= SURE_ALIKE, reason=f"rule: {best.reason}")

    @staticmethod
    def _raised(best: Found, sure: Sequence[Found]) -> Level:
        together = {one.flag.id for one in sure if one.flag.raisable and one.flag.level is Level.SAME_DAY}
        raised = best.flag.level is Level.SAME_DAY and best.flag.raisable and len(together) > 1
        return Level.URGENT if raised else best.flag.level

    def _asked(self, alike: float) -> Assessment:
        level = self.fallback.level
        return Assessment(self.fallback.id, level, certain=False, reason=f"sounds like a danger sign ({alike:.1f})")


def _scoped(grouped: Mapping[str, Sequence[Hit]]) -> bool:
    return any(grouped.get(name) for name in ("hypothetical", "past", "other", "during"))


def read_flags(entries: Iterable[Mapping[str, Any]], concepts: Iterable[str]) -> tuple[Flag, ...]:
    """Flags of a content file; `rules` are certain, `asks` only ask, `dated` hold by day and protocol."""
    known = [*concepts, HOT, PAIN_HIGH, PAIN_MID]
    return tuple(
        Flag(
            str(entry["id"]),
            Level(entry["level"]),
            (
                *(read_rule(rule, known, sure=True) for rule in entry.get("rules", ())),
                *(read_rule(rule, known, sure=False) for rule in entry.get("asks", ())),
            ),
            raisable=bool(entry.get("raisable", True)),
        )
        for entry in entries
    )


def with_level(assessment: Assessment, level: Level) -> Assessment:
    return replace(assessment, level=level)

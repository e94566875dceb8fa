"""Listen for danger signs before anything may answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.care.model.triage import CLEAR, Assessment, Level
from bot.care.ports import Situation
from bot.understanding.bayes import Bayes
from bot.understanding.features import features
from bot.understanding.figures import HOT, PAIN_HIGH, PAIN_MID, figures
from bot.understanding.likeness import Likeness
from bot.understanding.normalise import plain
from bot.understanding.phrasebook import Hit, Phrasebook
from bot.understanding.rules import Rule, by_concept, read_rule
from bot.understanding.scopes import SCOPES, Scopes
from bot.understanding.words import Word

SURE_ALIKE = 2.3
"""Likeness from which a message is taken as a danger sign even where no rule is certain."""

ALIKE = 1.3
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
    naming: Bayes
    """Which flag's examples a message resembles most, where only the likeness speaks."""

    def listen(self, text: str, words: Sequence[Word], situation: Situation) -> Assessment:
        hits = [*self.phrases.find(words), *figures(plain(text), words)]
        grouped = by_concept(hits)
        scopes = Scopes(words, grouped)
        undenied = self._undenied(hits, grouped, scopes)
        lasting = by_concept(hit for hit in undenied if not scopes.over(hit))
        found = [*self._found(by_concept(undenied), lasting, scopes, situation)]
        shown = features(words, sorted(lasting))
        alike = self.likeness.score(shown)
        if found:
            return self._worst(found, alike)
        return self._resembling(shown, alike) if alike >= ALIKE and not _scoped(grouped) else CLEAR

    @staticmethod
    def _undenied(hits: Sequence[Hit], grouped: Mapping[str, Sequence[Hit]], scopes: Scopes) -> list[Hit]:
        """Signs that are neither part of a figure of speech nor denied."""
        idioms = grouped.get("idiom", ())
        free = [hit for hit in hits if not any(idiom.start <= hit.start and hit.end <= idiom.end for idiom in idioms)]
        denied = scopes.denied(free)
        return [hit for hit in free if hit not in denied]

    def _found(
        self,
        undenied: Mapping[str, Sequence[Hit]],
        lasting: Mapping[str, Sequence[Hit]],
        scopes: Scopes,
        situation: Situation,
    ) -> Iterable[Found]:
        for flag in self.flags:
            emergency = flag.level is Level.EMERGENCY
            for rule in flag.rules:
                group = rule.found(undenied if emergency else lasting) if rule.applies(situation) else None
                scope = scopes.around(group) if group else None
                if group and scope is None:
                    yield Found(flag, rule.sure, rule.text)
                    break
                if group and emergency and rule.sure:
                    # words around it never take an emergency sign back: at most they make it a question
                    yield Found(flag, sure=scope not in ("supposed", "hypothetical"), reason=f"{rule.text} ({scope})")

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

    def _resembling(self, shown: Sequence[str], alike: float) -> Assessment:
        certain = alike >= SURE_ALIKE
        shares = self.naming.shares(shown)
        # a mere resemblance pages nobody at night: emergencies are named by rules, or when there is no doubt
        named = [flag for flag in self.flags if flag.id in shares and (certain or flag.level is not Level.EMERGENCY)]
        nearest = max(named, key=lambda flag: shares[flag.id])
        return Assessment(nearest.id, nearest.level, certain, reason=f"sounds like a danger sign ({alike:.1f})")


def _scoped(grouped: Mapping[str, Sequence[Hit]]) -> bool:
    return any(grouped.get(name) for name in SCOPES)


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

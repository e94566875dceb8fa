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

SURE_ALIKE = 2.8
"""Likeness from which a message is taken as a danger sign even where no rule is certain."""

ALIKE = 1.3
"""Likeness from which a message without any rule is asked about."""

PLACED = 3
"""Words between a sign and the place where it is."""

TAKEN_BACK = 0.7
"""How much more it takes where the message itself denies a sign or says that it is over."""

PAGING_ALIKE = 3.5
"""Likeness from which it may even be named an emergency: a mere resemblance pages nobody at night."""


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
    placed: bool = False
    """At the eyes or the mouth: one level up."""


@dataclass(frozen=True)
class Listener:
    """Hears the danger signs of one language."""

    flags: tuple[Flag, ...]
    phrases: Phrasebook
    likeness: Likeness
    places: frozenset[str]
    """Concepts of the eyes and the mouth."""
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
        scoped = any(grouped.get(name) for name in SCOPES)
        if found:
            return self._worst(found, upgraded=alike >= SURE_ALIKE and not scoped)
        taken_back = sum(map(len, lasting.values())) < len(hits)
        felt = alike - TAKEN_BACK if taken_back else alike
        return self._resembling(shown, felt) if felt >= ALIKE and not scoped else CLEAR

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
                    yield Found(flag, rule.sure, rule.text, self._placed(group, undenied))
                    break
                if group and emergency and rule.sure:
                    # words around it never take an emergency sign back: at most they make it a question
                    yield Found(flag, sure=scope not in ("supposed", "hypothetical"), reason=f"{rule.text} ({scope})")

    def _placed(self, group: Sequence[Hit], hits: Mapping[str, Sequence[Hit]]) -> bool:
        first, last = min(hit.start for hit in group), max(hit.end for hit in group)
        return any(first - PLACED <= hit.start <= last + PLACED for name in self.places for hit in hits.get(name, ()))

    @staticmethod
    def _worst(found: Sequence[Found], *, upgraded: bool) -> Assessment:
        sure = [one for one in found if one.sure]
        best = max(sure or found, key=lambda one: one.flag.level.weight)
        return Assessment(best.flag.id, _level(best, found), best.sure or upgraded, f"rule: {best.reason}")

    def _resembling(self, shown: Sequence[str], alike: float) -> Assessment:
        shares = self.naming.shares(shown)
        paging = alike >= PAGING_ALIKE
        named = [flag for flag in self.flags if flag.id in shares and (paging or flag.level is not Level.EMERGENCY)]
        nearest = max(named, key=lambda flag: shares[flag.id])
        reason = f"sounds like a danger sign ({alike:.1f})"
        return Assessment(nearest.id, nearest.level, alike >= SURE_ALIKE, reason)


def _level(best: Found, found: Sequence[Found]) -> Level:
    """A same-day sign is urgent at the eyes or mouth, beside another one, or beside a possible emergency."""
    if best.flag.level is not Level.SAME_DAY or not best.sure:
        return best.flag.level
    together = {one.flag.id for one in found if one.sure and one.flag.raisable}
    raised = best.flag.raisable and (best.placed or len(together) > 1)
    beside = any(one.flag.level is Level.EMERGENCY for one in found)
    return Level.URGENT if raised or beside else Level.SAME_DAY


def read_flags(entries: Iterable[Mapping[str, Any]], concepts: Iterable[str]) -> tuple[Flag, ...]:
    """Flags of a content file; `rules` are certain, `asks` only ask."""
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

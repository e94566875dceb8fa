"""Listen for danger signs before anything may answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Self

from bot.care.model.triage import CLEAR, Assessment, Level
from bot.care.ports.hearing import Situation
from bot.understanding.backstop import Backstop, Suspicion, worst
from bot.understanding.expected import Expected
from bot.understanding.figures import MEASURED
from bot.understanding.phrasebook import Hit
from bot.understanding.rules import Rule, by_concept, read_rule
from bot.understanding.scopes import Scopes
from bot.understanding.taking_in import Taken

PLACED = 3
"""Words between a sign and the place where it is."""

DROWNING = 24
"""Words from which a danger sign may drown in the rest of a message."""

LOUD = 0.5
"""From so much danger on, of 1 that every danger sign should have, what sounds worse goes before a lesser rule."""

HEARD_CLOSELY = 2
"""Parts of a long message whose meaning is looked at: those whose words sound worst."""


@dataclass(frozen=True)
class Flag:
    """A red flag and the rules that raise it."""

    id: str
    level: Level
    rules: tuple[Rule, ...]
    raisable: bool
    """Several of these together go one level up."""
    expected: Expected | None = None


@dataclass(frozen=True)
class Found:
    flag: Flag
    sure: bool
    reason: str
    placed: bool = False
    """At the eyes or the mouth: one level up."""
    by_day: bool = False
    """The day made it this sign and no worse one."""
    told: frozenset[int] = frozenset()
    """The words that tell it, the first and the last of each phrase: what stands in its gap may tell another one."""

    def is_apart(self, other: Self) -> bool:
        """Another sign, told in words of its own: one wound that is wet and crusted is one sign."""
        return not (self.told <= other.told or other.told <= self.told)


@dataclass(frozen=True)
class Listener:
    """Hears the danger signs of one language."""

    flags: tuple[Flag, ...]
    backstop: Backstop | None
    """None where nothing but the rules may speak."""
    places: frozenset[str]
    """Concepts of the eyes and the mouth."""

    def listen(self, whole: Taken, situation: Situation) -> Assessment:
        signs, told = whole.signs, whole.timing.fills(situation)
        # what the words say of the day adds signs and takes none away: it may be misread
        days = (situation, told) if told != situation else (situation,)
        found = [*self._found(by_concept(signs.undenied), signs.lasting, signs.scopes, days)]
        if any(one.sure and one.flag.level is Level.EMERGENCY for one in found):
            return self._worst(found, upgraded=False)
        danger, resembling = (0.0, CLEAR) if self.backstop is None else self._resembling(self.backstop, whole)
        if resembling.certain and resembling.level is Level.EMERGENCY:
            # a rule may have heard the lesser half of it
            return resembling
        if any(flag.expected and flag.expected.holds(whole, situation) for flag in self.flags):
            return CLEAR
        if not found:
            return resembling
        by_rules = self._worst(found, upgraded=resembling.raised and resembling.certain)
        # what sounds is learned without days: where a rule went by the day it knows better
        outdone = not any(one.sure and (one.by_day or danger < LOUD) for one in found)
        is_worse = resembling.certain and _weight(resembling) > _weight(by_rules)
        return resembling if is_worse and outdone else by_rules

    def _found(
        self,
        undenied: Mapping[str, Sequence[Hit]],
        lasting: Mapping[str, Sequence[Hit]],
        scopes: Scopes,
        days: Sequence[Situation],
    ) -> Iterable[Found]:
        for flag, rules in self._worth_trying(undenied):
            emergency = flag.level is Level.EMERGENCY
            for rule in rules:
                holding = [day for day in days if rule.applies(day)]
                group = rule.found(undenied if emergency or rule.lessening else lasting) if holding else None
                scope = scopes.around(group) if group else None
                if group and scope is None:
                    sure = any(rule.is_sure(day, self._columns) for day in holding)
                    told = frozenset(at for hit in group for at in (hit.start, hit.end - 1))
                    yield Found(flag, sure, rule.text, self._placed(group, undenied), rule.by_day, told)
                    if sure or not rule.sure:
                        break
                elif group and emergency and rule.sure:
                    # words around it never take an emergency sign back: at most they make it a question
                    yield Found(flag, sure=scope not in ("supposed", "hypothetical"), reason=f"{rule.text} ({scope})")

    def _worth_trying(self, named: Iterable[str]) -> Iterator[tuple[Flag, Iterator[Rule]]]:
        """Rules of which one need at least is named, in their order: most have nothing to look for."""
        places = sorted({place for concept in named for place in self._leading.get(concept, ())})
        for at, found in groupby(places, key=itemgetter(0)):
            yield self.flags[at], (self.flags[at].rules[number] for _, number in found)

    @cached_property
    def _columns(self) -> Set[str]:
        """All that rules name."""
        return {column for flag in self.flags for rule in flag.rules for column in rule.columns}

    @cached_property
    def _leading(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Concept -> (flag, rule) of the rules that need it, or one of its like, before all else."""
        leading: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, flag in enumerate(self.flags):
            for number, rule in enumerate(flag.rules):
                for concept in min(rule.needs, key=len):
                    leading[concept].append((at, number))
        return leading

    def _placed(self, group: Sequence[Hit], hits: Mapping[str, Sequence[Hit]]) -> bool:
        first, last = min(hit.start for hit in group), max(hit.end for hit in group)
        return any(first - PLACED <= hit.start <= last + PLACED for name in self.places for hit in hits.get(name, ()))

    @staticmethod
    def _worst(found: Sequence[Found], *, upgraded: bool) -> Assessment:
        sure = [one for one in found if one.sure]
        best = max(sure or found, key=lambda one: one.flag.level.weight)
        return Assessment(best.flag.id, _level(best, found), best.sure or upgraded, f"rule: {best.reason}")

    @staticmethod
    def _resembling(backstop: Backstop, whole: Taken) -> tuple[float, Assessment]:
        """How much danger is heard, and which sign.

        What is taken back was weighed already, in what was learned; where words may be about another time or person,
        a mere suspicion is not asked about.
        """
        suspicion, signs = _suspect(backstop, whole), whole.signs
        certain = suspicion.danger >= backstop.certain
        if not certain and (signs.scoped or suspicion.danger < backstop.asking):
            return suspicion.danger, CLEAR
        reason = f"sounds like a danger sign ({suspicion.danger:+.2f})"
        return suspicion.danger, Assessment(suspicion.flag, suspicion.level, certain, reason)


def _suspect(backstop: Backstop, whole: Taken) -> Suspicion:
    """The worst of the whole, of its parts and of what follows a courtesy: a danger sign is not drowned in talk."""
    apart = whole.parts if len(whole.words) >= DROWNING else ()
    by_words = [(backstop.by_words(part.sign_terms), part) for part in apart]
    closest = sorted(by_words, key=lambda one: -float(one[0][0]))[:HEARD_CLOSELY]
    bare = [(backstop.by_words(whole.bare.sign_terms), whole.bare)] if whole.bare is not None else []
    heard = [(backstop.by_words(whole.sign_terms), whole), *bare, *closest]
    return worst([backstop.suspect(words + backstop.by_meaning(one.vector)) for words, one in heard])


def _level(best: Found, found: Sequence[Found]) -> Level:
    """A same-day sign is urgent at the eyes or mouth, beside another one, or beside a possible emergency."""
    if best.flag.level is not Level.SAME_DAY or not best.sure:
        return best.flag.level
    together = any(one.sure and one.flag.raisable and one.is_apart(best) for one in found)
    raised = best.flag.raisable and (best.placed or together)
    beside = any(one.flag.level is Level.EMERGENCY for one in found)
    return Level.URGENT if raised or beside else Level.SAME_DAY


def _weight(assessment: Assessment) -> int:
    return 0 if assessment.level is None else assessment.level.weight


def read_flags(entries: Iterable[Mapping[str, Any]], concepts: Iterable[str]) -> tuple[Flag, ...]:
    """Flags of a content file; `rules` are certain, `asks` only ask."""
    known = [*concepts, *MEASURED]
    return tuple(
        Flag(
            str(entry["id"]),
            Level(entry["level"]),
            (
                *(read_rule(rule, known, sure=True) for rule in entry.get("rules", ())),
                *(read_rule(rule, known, sure=False) for rule in entry.get("asks", ())),
            ),
            raisable=bool(entry.get("raisable", True)),
            expected=Expected.of(entry["expected"]) if "expected" in entry else None,
        )
        for entry in entries
    )

"""Red-flag rules as data: which concepts must stand near each other, from which day on."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from bot.care.ports.hearing import Situation
from bot.understanding.phrasebook import Hit

REACH = 10
"""Words from the first to the last concept of a rule, unless the rule says otherwise (`/20`)."""


NEAR = 60
"""How alike, of 100, a mistyped concept must be to one that there is to be named beside it."""

KEYS: Mapping[str, tuple[type, str]] = {
    "when": (str, "text"),
    "from": (dict, "a table of days like { pico = 3 }"),
    "until": (dict, "a table of days like { pico = 3 }"),
    "before_next": (int, "a whole number of days"),
    "undated": (bool, "true or false"),
    "sure": (bool, "true or false"),
    "lessening": (bool, "true or false"),
}
"""What a rule's table may hold."""


class UnreadableRule(ValueError):
    """A rule that names an unknown concept or cannot be parsed; says which."""


@dataclass(frozen=True)
class Rule:
    """`sure=False` only asks (AMBER). `since`/`until` are days after the session by protocol, `until` excluded.

    With days, a rule holds only for a protocol it names; `undated` lets it hold also where the day is unknown. Where
    only the protocol is unknown it holds if it does for any; it is sure if it does for all, or is `undated`.
    `lessening`: signs of which the patient says that they are going count too.
    """

    needs: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    reach: int = REACH
    sure: bool = True
    since: Mapping[str, int] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)
    before_next: int | None = None
    undated: bool = False
    lessening: bool = False
    text: str = ""

    def applies(self, situation: Situation) -> bool:
        if self.before_next is not None:
            return situation.days_to_next is not None and 0 <= situation.days_to_next <= self.before_next
        if not self.since and not self.until:
            return True
        if situation.day is None:
            return self.undated
        protocols = self.columns if situation.protocol is None else {situation.protocol}
        return any(self._in_time(protocol, situation.day) for protocol in protocols)

    def is_sure(self, situation: Situation, columns: Set[str]) -> bool:
        """Where it applies: `columns` are all that the protocol may be where it is unknown."""
        if not self.sure or self.undated or not self.columns or situation.protocol is not None:
            return self.sure
        return situation.day is not None and all(self._in_time(column, situation.day) for column in columns)

    @property
    def by_day(self) -> bool:
        """It speaks of some days only, and not of all from the session on."""
        return bool(self.until) or any(self.since.values())

    @property
    def columns(self) -> Set[str]:
        return {*self.since, *self.until}

    def _in_time(self, protocol: str, day: int) -> bool:
        if protocol not in self.columns:
            return False
        return day >= self.since.get(protocol, 0) and (protocol not in self.until or day < self.until[protocol])

    def found(self, hits: Mapping[str, Sequence[Hit]]) -> tuple[Hit, ...] | None:
        """The first group of hits that fills every need within reach."""
        named = hits.keys()
        for need in self.needs:
            if named.isdisjoint(need):
                return None
        columns = [sorted(hit for concept in need for hit in hits.get(concept, ())) for need in self.needs]
        places = [sorted((hit.start, hit.end, hit) for hit in column) for column in columns]
        for start, _, first in places[0]:
            group = (first, *(_nearest(column, start) for column in places[1:]))
            if self._fits(group) and not self._spoiled(group, hits):
                return group
        return None

    def _fits(self, group: Sequence[Hit]) -> bool:
        return max(hit.end for hit in group) - min(hit.start for hit in group) <= self.reach + len(group)

    def _spoiled(self, group: Sequence[Hit], hits: Mapping[str, Sequence[Hit]]) -> bool:
        first, last = min(hit.start for hit in group), max(hit.end for hit in group)
        sentences = {hit.sentence for hit in group}
        wanted = [hit for need in self.needs for name in need for hit in hits.get(name, ())]
        return any(
            hit.sentence in sentences
            and first - self.reach <= hit.start <= last + self.reach
            and not _inside(hit, wanted)
            for name in self.unless
            for hit in hits.get(name, ())
        )


def _inside(hit: Hit, others: Sequence[Hit]) -> bool:
    """Part of a wanted phrase ("not better" holds "better"): then it spoils nothing."""
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def _nearest(column: Sequence[tuple[int, int, Hit]], start: int) -> Hit:
    at = bisect_left(column, (start,))
    return min(column[max(0, at - 1) : at + 2], key=lambda place: abs(place[0] - start))[2]


def misreadings(entry: object, known: frozenset[str]) -> Iterator[str]:
    """Everything for which `read_rule` could not read this rule, in plain words; nothing for a rule it reads."""
    table = {"when": entry} if isinstance(entry, str) else entry
    if not isinstance(table, dict) or not isinstance(table.get("when"), str):
        yield 'a rule is text, or a table with the text at `when`: "red & hot - better /8"'
        return
    yield from _misfits(table)
    yield from _unheard_of(table["when"], known)


def _misfits(table: Mapping[str, object]) -> Iterator[str]:
    for key, value in table.items():
        kind, said = KEYS.get(key, (object, ""))
        if not said:
            yield f"unknown key {key!r}; a rule knows {', '.join(KEYS)}"
        # true and false are whole numbers to the language, not to a reader
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            yield f"`{key}` must be {said}"
        elif isinstance(value, dict) and not all(type(day) is int for day in value.values()):
            yield f"`{key}` must name a whole day for each treatment"


def _unheard_of(text: str, known: frozenset[str]) -> Iterator[str]:
    body, slash, reach = text.partition("/")
    wanted, _, unwanted = body.partition(" - ")
    needs = [_names(part) for part in wanted.split("&")]
    if not all(needs):
        yield "every side of `&` needs a concept"
    if slash and not (reach.strip().isascii() and reach.strip().isdecimal()):
        yield f"the words after `/` must be a whole number, not {reach.strip()!r}"
    for name in sorted(frozenset().union(_names(unwanted), *needs) - known):
        near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=NEAR)
        yield f"no concept is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def read_rule(entry: str | Mapping[str, Any], known: Iterable[str], *, sure: bool) -> Rule:
    """`"a|b & c - d /20"`: one of a, b and then c within twenty words, and no d about; or a table with days."""
    table: Mapping[str, Any] = {"when": entry} if isinstance(entry, str) else entry
    text = str(table["when"])
    body, _, reach = text.partition("/")
    wanted, _, unwanted = body.partition(" - ")
    rule = Rule(
        needs=tuple(_names(part) for part in wanted.split("&")),
        unless=_names(unwanted),
        reach=int(reach) if reach.strip() else REACH,
        sure=bool(table.get("sure", sure)),
        since=dict(table.get("from", {})),
        until=dict(table.get("until", {})),
        before_next=table.get("before_next"),
        undated=bool(table.get("undated", False)),
        lessening=bool(table.get("lessening", False)),
        text=text,
    )
    unknown = frozenset().union(rule.unless, *rule.needs) - frozenset(known)
    if unknown or not all(rule.needs):
        raise UnreadableRule(f"rule {text!r}: unknown or missing concept {sorted(unknown)}")
    return rule


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.replace(" - ", "|").split("|") if name.strip())


def by_concept(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    grouped: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.concept].append(hit)
    return dict(grouped)

"""On which days a sign told in the plainest words is what everybody has then, and no danger."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bot.care.ports.hearing import Situation
from bot.understanding.words import Word

KEYS = ("from", "until", "named", "words")


@dataclass(frozen=True)
class Expected:
    """Days after the session by protocol, `until` excluded. Each of the words said must be one of `words`, so that
    whatever else is told along with the sign, in any words, is heard as before."""

    since: Mapping[str, int]
    until: Mapping[str, int]
    named: tuple[str, ...]
    """One of these is said."""
    words: frozenset[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Self:
        return cls(table["from"], table["until"], tuple(table["named"]), frozenset(table["words"]))

    def holds(self, said: Sequence[Word], situation: Situation) -> bool:
        """By the day of the records: what the words say of the day takes no sign away."""
        day, protocol = situation.day, situation.protocol
        if day is None or protocol is None or not self.since.get(protocol, 0) <= day < self.until.get(protocol, 0):
            return False
        surfaces = [word.surface for word in said]
        text = f" {' '.join(surfaces)} "
        return self.words.issuperset(surfaces) and any(f" {name} " in text for name in self.named)


def misfits(table: object) -> Iterator[str]:
    """Everything for which `Expected.of` could not read this table, or would read it wrongly."""
    if not isinstance(table, dict) or table.keys() != set(KEYS):
        yield f"`expected` must be a table with {', '.join(KEYS)}"
        return
    for key in ("from", "until"):
        days = table[key]
        if not isinstance(days, dict) or not all(type(day) is int for day in days.values()):
            yield f"`expected.{key}` must name a whole day for each treatment"
    for key in ("named", "words"):
        lines = table[key]
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            yield f"`expected.{key}` must be a list of words, none of them empty"

"""On which days a sign told in the plainest words is what everybody has then, and no danger."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from bot.care.ports.hearing import Situation
from bot.understanding.taking_in import Taken

KEYS = ("from", "until", "named", "words", "once")


@dataclass(frozen=True)
class Expected:
    """Days after the session by protocol, `until` excluded. All that is said must be of `words`, so that whatever else
    is told along with the sign, in any words, is heard as before."""

    since: Mapping[str, int]
    until: Mapping[str, int]
    named: tuple[str, ...]
    """One of these is said."""
    words: tuple[str, ...]
    """Words, and several that are only meant together (`than yesterday`)."""
    once: tuple[str, ...]
    """At most one piece says one of these: whoever tells it twice tells more than the plain sign."""

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Self:
        return cls(table["from"], table["until"], *(tuple(table[key]) for key in ("named", "words", "once")))

    def holds(self, whole: Taken, situation: Situation) -> bool:
        """By the day of the records: what the words say of the day takes no sign away."""
        day, protocol = situation.day, situation.protocol
        if day is None or protocol is None or not self.since.get(protocol, 0) <= day < self.until.get(protocol, 0):
            return False
        # whoever comes back to it has been answered once, and tells a person now
        again = any(self._is_plain(whole.ear.as_written(text)) for text in situation.today)
        return not situation.alarmed and not again and self._is_plain(whole.as_written)

    def _is_plain(self, text: str) -> bool:
        said = self._pieces.findall(text)
        told = sum(any(f" {one} " in f" {piece} " for one in self.once) for piece in said)
        return " ".join(said) == text and told <= 1 and any(f" {name} " in f" {text} " for name in self.named)

    @cached_property
    def _pieces(self) -> re.Pattern[str]:
        """The longest first: what is one of `words` together is none of its own words."""
        longest_first = sorted(map(re.escape, self.words), key=len, reverse=True)
        return re.compile(f"(?<!\\S)(?:{'|'.join(longest_first)})(?!\\S)")


def misfits(table: object) -> Iterator[str]:
    """Everything for which `Expected.of` could not read this table, or would read it wrongly."""
    if not isinstance(table, dict) or table.keys() != set(KEYS):
        yield f"`expected` must be a table with {', '.join(KEYS)}"
        return
    for key in ("from", "until"):
        days = table[key]
        if not isinstance(days, dict) or not all(type(day) is int for day in days.values()):
            yield f"`expected.{key}` must name a whole day for each treatment"
    for key in ("named", "words", "once"):
        lines = table[key]
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            yield f"`expected.{key}` must be a list of words, none of them empty"

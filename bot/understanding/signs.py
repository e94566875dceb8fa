"""Danger signs found in one message, and which of them hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.figures import figures
from bot.understanding.normalise import plain
from bot.understanding.phrasebook import Hit, Phrasebook
from bot.understanding.rules import by_concept
from bot.understanding.scopes import SCOPES, Scopes
from bot.understanding.words import Word


@dataclass(frozen=True)
class Signs:
    """`hits`: all that the words name. `undenied` leaves out figures of speech and what is denied."""

    words: Sequence[Word]
    hits: tuple[Hit, ...]

    @cached_property
    def grouped(self) -> Mapping[str, Sequence[Hit]]:
        return by_concept(self.hits)

    @cached_property
    def scopes(self) -> Scopes:
        return Scopes(self.words, self.grouped)

    @cached_property
    def undenied(self) -> tuple[Hit, ...]:
        idioms = self.grouped.get("idiom", ())
        free = [
            hit for hit in self.hits if not any(idiom.start <= hit.start and hit.end <= idiom.end for idiom in idioms)
        ]
        denied = self.scopes.denied(free)
        return tuple(hit for hit in free if hit not in denied)

    @cached_property
    def lasting(self) -> Mapping[str, Sequence[Hit]]:
        """Without those that are said to be over."""
        return by_concept(hit for hit in self.undenied if not self.scopes.over(hit))

    @property
    def scoped(self) -> bool:
        """Something in the words may make it no present danger of the patient's own."""
        return any(self.grouped.get(name) for name in SCOPES)

    @property
    def denied(self) -> bool:
        """Some signs are denied, over, or a figure of speech."""
        return sum(map(len, self.lasting.values())) < len(self.hits)

    @property
    def tags(self) -> list[str]:
        """The signs that hold, and whether others were taken back."""
        return [*sorted(self.lasting), *(["taken back"] if self.denied else [])]


def signs_in(text: str, words: Sequence[Word], phrases: Phrasebook) -> Signs:
    return Signs(words, (*phrases.find(words), *figures(plain(text), words)))

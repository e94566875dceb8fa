"""Words ready to be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from markupsafe import escape

from bot.care.model.words import Html
from bot.care.ports.words import MissingWords


@dataclass(frozen=True)
class Problem:
    """`line` counts from 0, inside the text."""

    line: int
    reason: str


@dataclass(frozen=True)
class Placeholder:
    name: str


@dataclass(frozen=True)
class Choice:
    """The first branch whose dimension has its value, else what stands there otherwise."""

    branches: tuple[tuple[str, str, "Parts"], ...]
    otherwise: "Parts"


Parts: TypeAlias = tuple[str | Placeholder | Choice, ...]


@dataclass(frozen=True)
class Compiled:
    """Words ready to be filled in; `names` are the placeholders they use, `dimensions` what their conditions ask."""

    text: str
    names: frozenset[str] = frozenset()
    dimensions: frozenset[str] = frozenset()
    parts: Parts = ()
    """Empty for words that are text and no more."""

    def __hash__(self) -> int:
        # what is known of words is looked up often, and a text remembers its own hash
        return hash(self.text)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Everything on which it depends what is said."""
        return tuple(sorted(self.names | self.dimensions))

    def render(self, facts: Mapping[str, str]) -> Html:
        """Raises `MissingWords` when a placeholder has no value. Values of type `Html` are not escaped again."""
        if not self.parts:
            return Html(self.text)
        try:
            return Html("".join(_said(self.parts, facts)))
        except KeyError as error:
            raise MissingWords(f"{error} is undefined") from error


def _said(parts: Parts, facts: Mapping[str, str]) -> list[str]:
    """Raises `KeyError` for what has no value. A list, not an iterator: this is asked for very often."""
    said: list[str] = []
    for part in parts:
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, Placeholder):
            value = facts[part.name]
            said.append(value if isinstance(value, Html) else escape(value))
        else:
            chosen = (inner for name, value, inner in part.branches if facts[name] == value)
            said += _said(next(chosen, part.otherwise), facts)
    return said

"""Words at one key: variants, of which the first that holds is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.care.model.words import Html
from bot.care.ports.words import MissingWords
from bot.library.compiled import Compiled
from bot.library.places import Path


@dataclass(frozen=True)
class Variant:
    """`when`: dimension -> values under which it holds."""

    when: Mapping[str, tuple[str, ...]]
    compiled: Compiled
    path: Path

    def holds(self, facts: Mapping[str, str]) -> bool:
        for name, values in self.when.items():  # noqa: SIM110 - asked for very often, and a loop takes half as long
            if facts.get(name) not in values:
                return False
        return True


@dataclass(frozen=True)
class Words:
    """`file` and `path` say where they stand."""

    variants: tuple[Variant, ...]
    file: str
    path: Path

    def __hash__(self) -> int:
        # what is known of words is looked up often: where they stand tells most of them apart
        return hash((self.file, self.path))

    @cached_property
    def dimensions(self) -> frozenset[str]:
        """On which it depends which words are said."""
        return frozenset(name for variant in self.variants for name in (*variant.when, *variant.compiled.dimensions))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All on which it depends what is said."""
        used = (variant.compiled.names for variant in self.variants)
        return tuple(sorted(self.dimensions.union(*used)))

    def say(self, facts: Mapping[str, str]) -> Html:
        """Raises `MissingWords` when no variant holds or a placeholder has no value."""
        for variant in self.variants:
            if variant.holds(facts):
                return variant.compiled.render(facts)
        raise MissingWords(f"no variant holds: {self.file}")

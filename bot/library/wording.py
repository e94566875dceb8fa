"""Words at one key: variants, of which the first that holds is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.model.words import Html
from bot.care.ports import MissingWords
from bot.library.places import Path
from bot.library.templates import Compiled


@dataclass(frozen=True)
class Variant:
    """`when`: dimension -> values under which it holds."""

    when: Mapping[str, tuple[str, ...]]
    compiled: Compiled
    path: Path

    def holds(self, facts: Mapping[str, str]) -> bool:
        return all(facts.get(name) in values for name, values in self.when.items())


@dataclass(frozen=True)
class Words:
    """`file` and `path` say where they stand."""

    variants: tuple[Variant, ...]
    file: str
    path: Path

    def say(self, facts: Mapping[str, str]) -> Html:
        """Raises `MissingWords` when no variant holds or a placeholder has no value."""
        for variant in self.variants:
            if variant.holds(facts):
                return variant.compiled.render(facts)
        raise MissingWords(f"no variant holds: {self.file}")

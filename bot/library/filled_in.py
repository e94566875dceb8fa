"""Which phrases the program says, and which placeholders it fills in there: others would be a silence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli

from bot.library import places
from bot.library.shelf import ContentShelf

PHRASES = Path(__file__).with_name("phrases.toml")
"""Made from our own words by `make transcripts`."""


@dataclass(frozen=True)
class Unfilled:
    """Fills `bot.library.proof.Objection`."""

    file: str
    path: places.Path
    reason: str
    blocks: bool = True


@cache
def phrases() -> Mapping[str, frozenset[str]]:
    groups = tomli.loads(PHRASES.read_text("utf-8"))
    return {f"{group}/{name}": frozenset(names.split()) for group, of in groups.items() for name, names in of.items()}


def unfilled(shelf: ContentShelf) -> Iterator[Unfilled]:
    """Phrases that are missing, or hold a placeholder that nobody fills in where they are said."""
    for language in shelf.clinic.languages:
        for key, filled in phrases().items():
            words = shelf.words[language].get(f"phrases/{key}")
            if words is None:
                yield Unfilled(f"{language}/phrases", (), f"[{key.replace('/', '] ')} is missing, and the bot says it")
                continue
            for variant in words.variants:
                for name in sorted((variant.compiled.names | variant.compiled.dimensions) - filled):
                    yield Unfilled(words.file, variant.path, _reason(name, filled))


def _reason(name: str, filled: frozenset[str]) -> str:
    listed = ", ".join(sorted(filled)) or "none at all"
    return f"{{{{ {name} }}}} is not filled in here; these are: {listed}"

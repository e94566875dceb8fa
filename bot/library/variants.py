"""Read words and their conditions from a TOML value."""

from collections.abc import Mapping
from typing import TypeGuard

from bot.care.model.words import DIMENSIONS
from bot.library.places import Path
from bot.library.source import SourceFile
from bot.library.templates import compile_words
from bot.library.wording import Variant, Words


class Misfit(Exception):
    """The value was refused; its fault is already noted."""


def misfit(file: SourceFile, path: Path, reason: str) -> Misfit:
    file.fault(path, reason)
    return Misfit(reason)


def name_of(path: Path) -> str:
    words = [part for part in path if isinstance(part, str)]
    return f"`{words[-1]}`" if words else "the file"


def read_words(file: SourceFile, names: frozenset[str], value: object, path: Path) -> Words:
    """A text, one table with `say`, or a list of them with `when`. `names`: placeholders that may be used."""
    if isinstance(value, str):
        read = [_variant(file, names, {"say": value}, path, path)]
    elif isinstance(value, dict):
        read = [_variant(file, names, value, path, (*path, "say"))]
    elif isinstance(value, list) and value:
        read = [_variant(file, names, item, (*path, n), (*path, n, "say")) for n, item in enumerate(value)]
    else:
        raise misfit(file, path, f"{name_of(path)} must be words")
    variants = tuple(variant for variant in read if variant is not None)
    if len(variants) < len(read):
        raise Misfit
    _check_order(file, variants, path)
    return Words(variants, file.name, path)


def _check_order(file: SourceFile, variants: tuple[Variant, ...], path: Path) -> None:
    if variants[-1].when:
        file.fault(variants[-1].path, f"the last variant of {name_of(path)} must have no `when`")


def _variant(file: SourceFile, names: frozenset[str], value: object, path: Path, at: Path) -> Variant | None:
    """`at`: where the text itself stands."""
    if not isinstance(value, dict) or not isinstance(value.get("say"), str):
        file.fault(path, f"{name_of(path)} needs `say` with words")
        return None
    for key in value.keys() - {"say", "when"}:
        file.fault((*path, key), f"unknown key {key!r}")
    compiled = compile_words(value["say"], names)
    when = _when(file, value.get("when", {}), (*path, "when"))
    if isinstance(compiled, tuple):
        for problem in compiled:
            file.fault_in_text(at, problem.line, problem.reason)
        return None
    if not compiled.text:
        file.fault(at, f"{name_of(path)} has no words")
    return None if when is None else Variant(when, compiled, at)


def _when(file: SourceFile, value: object, path: Path) -> Mapping[str, tuple[str, ...]] | None:
    """Dimension -> values under which the variant holds; None when one of them is wrong."""
    if not isinstance(value, dict):
        file.fault(path, 'when must be like { face = "yes" }')
        return None
    wanted = {name: item if isinstance(item, list) else [item] for name, item in value.items()}
    for name, choices in wanted.items():
        if name not in DIMENSIONS:
            file.fault((*path, name), f"unknown dimension {name!r}")
        elif not _allowed(choices, DIMENSIONS[name]):
            file.fault((*path, name), f"{name} must be one of: {', '.join(DIMENSIONS[name])}")
    if all(name in DIMENSIONS and _allowed(choices, DIMENSIONS[name]) for name, choices in wanted.items()):
        return {name: tuple(choices) for name, choices in wanted.items()}
    return None


def _allowed(choices: list[object], values: tuple[str, ...]) -> TypeGuard[list[str]]:
    return bool(choices) and all(choice in values for choice in choices)

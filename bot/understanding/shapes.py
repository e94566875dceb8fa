"""Whether what understanding reads by itself has the shape it needs: concepts, scopes, rules, lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.understanding.expected import misfits
from bot.understanding.figures import MEASURED
from bot.understanding.objections import Objection, Path
from bot.understanding.rules import misreadings
from bot.understanding.scopes import SCOPES
from bot.understanding.shelf import Table

TAKES_BACK = ("denial", "not-a-denial", "over", *SCOPES)
"""Scopes without which a harmless message pages somebody, or a denial is not understood."""

LINES = ("examples", "ask_examples", "training", "counters")
DATED: Mapping[str, type] = {"text": str, "protocol": str, "day": int, "days_to_next": int}


def concepts_of(red: Table) -> frozenset[str]:
    """Every concept that a rule may name."""
    tables = (red.get("words"), red.get("scopes"))
    return MEASURED.union(*(table for table in tables if isinstance(table, dict)))


def misshapen(file: str, red: Table) -> Iterator[Objection]:
    """All that is wrong with a `red_flags.toml`, before anybody listens with it."""
    yield from _forms(file, red)
    known = concepts_of(red)
    for path, reason in _places(red, known):
        yield Objection(file, path, reason)
    for place, flag in flags_of(red):
        for path, reason in (*_rules(flag, known), *_lines(flag), *_expected(flag)):
            yield Objection(file, ("flag", place, *path), f"{flag.get('id')}: {reason}")


def misnamed(file: str, names: Table) -> Iterator[Objection]:
    """All that is wrong with a `concepts.toml`."""
    for key, table in names.items():
        if not isinstance(table, dict):
            yield Objection(file, (key,), f"`{key}` must be a table")
    for key in ("concepts", "treatments"):
        for concept, forms in _table(names, key).items():
            if not are_lines(forms):
                yield Objection(file, (key, concept), f"{concept} must be a list of phrases, none of them empty")
    for short, spelled in _table(names, "short").items():
        if not isinstance(spelled, str):
            yield Objection(file, ("short", short), f"{short} must be spelled out as text")


def flags_of(red: Table) -> list[tuple[int, Table]]:
    """(Place, flag) of every flag that is a table; the library has a word for the others."""
    flags = red.get("flag")
    return [(n, flag) for n, flag in enumerate(flags) if isinstance(flag, dict)] if isinstance(flags, list) else []


def rules_of(flag: Table) -> Iterator[tuple[Path, Any]]:
    """(Path below the flag, rule as it is written)."""
    for key in ("rules", "asks"):
        rules = flag.get(key, [])
        for place, rule in enumerate(rules if isinstance(rules, list) else []):
            yield (key, place), rule


def are_lines(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) and line.strip() for line in value)


def _forms(file: str, red: Table) -> Iterator[Objection]:
    for key in ("words", "scopes"):
        if not isinstance(red.get(key), dict):
            yield Objection(file, (key,), f"[{key}] must be a table of concepts and their phrases")
        for concept, forms in _table(red, key).items():
            if not are_lines(forms):
                yield Objection(file, (key, concept), f"{concept} must be a list of phrases, none of them empty")
    for name in TAKES_BACK:
        if name not in _table(red, "scopes"):
            yield Objection(file, ("scopes",), f"[scopes] must say what {name!r} is; it may be an empty list")
    for concept in _table(red, "words").keys() & _table(red, "scopes").keys():
        yield Objection(file, ("words", concept), f"{concept} is in [scopes] as well")


def _places(red: Table, known: frozenset[str]) -> Iterator[tuple[Path, str]]:
    places = red.get("places", [])
    if not isinstance(places, list):
        yield ("places",), "`places` must be a list of concepts"
        return
    for place, name in enumerate(places):
        if not isinstance(name, str) or name not in known:
            yield ("places", place), f"no concept is called {name!r}"


def _rules(flag: Table, known: frozenset[str]) -> Iterator[tuple[Path, str]]:
    for key in ("rules", "asks"):
        if not isinstance(flag.get(key, []), list):
            yield (key,), f"`{key}` must be a list"
    for path, rule in rules_of(flag):
        for reason in misreadings(rule, known):
            yield path, f"the rule {text_of(rule)!r} cannot be read: {reason}"


def text_of(rule: object) -> str:
    return str(rule.get("when", rule) if isinstance(rule, dict) else rule)


def _expected(flag: Table) -> Iterator[tuple[Path, str]]:
    if "expected" in flag:
        yield from ((("expected",), reason) for reason in misfits(flag["expected"]))


def _lines(flag: Table) -> Iterator[tuple[Path, str]]:
    for key in LINES:
        if not are_lines(flag.get(key, [])):
            yield (key,), f"`{key}` must be a list of messages, none of them empty"
    dated = flag.get("dated_examples", [])
    if not isinstance(dated, list):
        yield ("dated_examples",), "`dated_examples` must be a list"
        return
    for place, entry in enumerate(dated):
        if not _is_dated(entry):
            yield (
                ("dated_examples", place),
                'a dated example is like { text = "still red", protocol = "pico", day = 5 }',
            )


def _is_dated(entry: object) -> bool:
    if not isinstance(entry, dict) or not str(entry.get("text", "")).strip():
        return False
    return all(key in DATED and type(value) is DATED[key] for key, value in entry.items())


def _table(table: Table, key: str) -> Mapping[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}

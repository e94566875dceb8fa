"""Whether the days of the rules reach every treatment: a late sign of one that no rule names is not noticed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from bot.care.model.protocol import Protocol
from bot.understanding.objections import Objection
from bot.understanding.shapes import flags_of, rules_of, text_of
from bot.understanding.shelf import Table

Protocols = Mapping[str, Protocol]


def undated(file: str, red: Table, protocols: Protocols) -> Iterator[Objection]:
    """Rules that name no column of days, and columns that no rule names where it names one like it."""
    columns = {protocol.column for protocol in protocols.values()}
    for place, flag in flags_of(red):
        for path, rule in rules_of(flag):
            for treatment in sorted(_named(rule) - columns):
                reason = f"{flag.get('id')}: the rule {text_of(rule)!r} names {_unknown(treatment, protocols)}"
                yield Objection(file, ("flag", place, *path), reason)
        for key, entry in enumerate(_dated_examples(flag)):
            if "protocol" in entry and entry["protocol"] not in protocols:
                reason = f"{flag.get('id')}: there is no treatment {entry['protocol']!r}"
                yield Objection(file, ("flag", place, "dated_examples", key), reason)
    yield from _left_out(file, red, protocols)


def _left_out(file: str, red: Table, protocols: Protocols) -> Iterator[Objection]:
    named = _columns_by_flag(red)
    for column in sorted({protocol.column for protocol in protocols.values() if protocol.column in protocols}):
        surface = protocols[column].surface
        like = {other for other in protocols if protocols[other].surface is surface and other != column}
        missing = [flag for flag, columns in named.items() if column not in columns and columns & like]
        if not any(column in columns for columns in named.values()):
            reason = f"no rule of {file} has days for {column}: a late sign would not be noticed. {HELP}"
            yield Objection(f"protocols/{column}.toml", ("column",), reason)
        elif missing:
            reason = f"{', '.join(missing)} in {file}: days for treatments like {column}, none for it. {HELP}"
            yield Objection(f"protocols/{column}.toml", ("column",), reason)


HELP = "Name another treatment's days in `column`, or add its own to the rules"


def _columns_by_flag(red: Table) -> Mapping[str, Set[str]]:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for _, flag in flags_of(red):
        for _, rule in rules_of(flag):
            named[str(flag.get("id"))] |= _named(rule)
    return named


def _named(rule: object) -> set[str]:
    tables = (rule.get("from"), rule.get("until")) if isinstance(rule, dict) else ()
    return {treatment for table in tables if isinstance(table, dict) for treatment in table}


def _dated_examples(flag: Table) -> list[Table]:
    entries = flag.get("dated_examples", [])
    return [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []


def _unknown(treatment: str, protocols: Protocols) -> str:
    if treatment not in protocols:
        return f"{treatment!r}, and there is no such treatment"
    return f"{treatment!r}, whose days are those of {protocols[treatment].column!r}: it would never hold"

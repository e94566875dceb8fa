"""What a clinician stands for: the hash of a treatment's plan and words, or of all answers, and who approved which."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from bot.care.model.clinical import SHARED
from bot.care.model.protocol import Protocol
from bot.care.model.sign_off import ANSWERS, FILE, Approval, SignOff
from bot.library.edited import Edited, edited, with_text
from bot.library.folder import Snapshot

Tables = Mapping[str, Mapping[str, Any]]
"""The files by name."""
Said = tuple[str, str, Any]
"""A file, the key of words in it, and the words as the file has them."""


def sign_offs(
    protocols: Mapping[str, Protocol], tables: Tables, approvals: Iterable[Approval]
) -> Mapping[str, SignOff]:
    """One for each treatment, and last the one for all answers."""
    given = list(approvals)
    treatments = {name: _treatment(protocol, tables, given) for name, protocol in protocols.items()}
    return {**treatments, ANSWERS: _sign_off(ANSWERS, None, _answers(tables), set(), given)}


def _treatment(protocol: Protocol, tables: Tables, given: Iterable[Approval]) -> SignOff:
    files = {f"protocols/{protocol.id}.toml", f"protocols/{protocol.column}.toml", "clinic.toml"}
    return _sign_off(protocol.id, protocol, _words(protocol, tables), files, given)


def _sign_off(
    name: str, protocol: Protocol | None, said: Iterable[Said], files: set[str], given: Iterable[Approval]
) -> SignOff:
    words = list(said)
    print_ = _fingerprint(protocol, words)
    mine = [one for one in given if one.treatment == name]
    fitting = [one for one in mine if one.hash == print_]
    newest = max(fitting or mine, key=lambda one: one.on, default=None)
    keys = frozenset(key for _, key, _ in words)
    return SignOff(name, print_, frozenset(files | {file for file, _, _ in words}), keys, newest)


def _fingerprint(protocol: Protocol | None, said: Iterable[Said]) -> str:
    """16 characters that change with the plan, its days or any word that its patients are sent, in any language.

    Comments and the order of keys do not count; nor does what a newer program knows of and this plan does not use.
    """
    both = [_filled(protocol), list(said)]
    return sha256(json.dumps(both, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _words(protocol: Protocol, tables: Tables) -> Iterator[Said]:
    """(File, key, table) of its steps, of the advice that their answers raise, and of what it shares with all."""
    steps = {step.words or f"{protocol.id}/{step.id}" for step in protocol.steps}
    flags = set(_raised(protocol))
    for name, table in sorted(tables.items()):
        _, _, inside = name.partition("/")
        if inside.startswith("steps/") and (key := inside.removesuffix(".toml")).removeprefix("steps/") in steps:
            yield name, key, table
        elif inside == "red_flags.toml":
            yield from _advice(name, table, flags)
        elif inside == "phrases.toml" or inside.startswith("phrases/"):
            yield from ((name, f"phrases/{group}", table[group]) for group in SHARED if group in table)


def _answers(tables: Tables) -> Iterator[Said]:
    """What is said of every topic, and of every danger sign; not by what either is recognised."""
    for name, table in sorted(tables.items()):
        _, _, inside = name.partition("/")
        if inside.startswith("faq/"):
            said = {part: table.get(part) for part in ("title", "answer")}
            yield name, inside.removesuffix(".toml"), said
        elif inside == "red_flags.toml":
            yield from _advice(name, table)


def _raised(protocol: Protocol) -> Iterator[str]:
    for ask in (ask for step in protocol.steps for ask in step.asks):
        yield from (flag for flag in (ask.unanswered, *(answer.raises for answer in ask.answers)) if flag)


def _advice(name: str, table: Mapping[str, Any], flags: set[str] | None = None) -> Iterator[Said]:
    """Of these flags, or of all; not the rules by which one is heard in free text: no message says them."""
    found = table.get("flag")
    for flag in found if isinstance(found, list) else ():
        id_ = flag.get("id") if isinstance(flag, dict) else None
        if isinstance(id_, str) and (flags is None or id_ in flags):
            said = {part: flag.get(part) for part in ("level", "name", "advice")}
            yield name, f"red_flags/{id_}", said


def _filled(value: Any) -> Any:  # noqa: ANN401 - whatever a plan is made of
    names = _parts(value.__class__)
    if names is not None:
        found = {name: getattr(value, name) for name in names}
        return {name: _filled(inner) for name, inner in found.items() if inner or (inner == 0 and inner is not False)}
    return [_filled(inner) for inner in value] if isinstance(value, tuple) else value


@cache
def _parts(kind: type) -> tuple[str, ...] | None:
    """None for what has none; asked for thousands of values at each start."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


class CannotBeKept(Exception):
    """The file of approvals is no TOML that another one could be added to."""


def with_approval(snapshot: Snapshot, approval: Approval) -> Edited:
    """One more at the end of the file: an older one holds again should its words come back."""
    try:
        document = tomlkit.parse(snapshot.files.get(FILE, b"").decode("utf-8"))
        listed = document.setdefault("approval", tomlkit.aot())
        if not isinstance(listed, AoT):
            raise CannotBeKept(FILE)
        listed.append(_table(approval))
        return edited(snapshot, FILE, document)
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise CannotBeKept(FILE) from error


def without_approval(snapshot: Snapshot, approval: Approval) -> Edited:
    """The file as it was before this one was added at its end."""
    added = with_approval(Snapshot({}), approval).text
    return with_text(snapshot, FILE, snapshot.files.get(FILE, b"").decode().removesuffix(added))


def _table(approval: Approval) -> tomlkit.items.Table:
    table = tomlkit.table()
    values: dict[str, str | date] = {
        "treatment": approval.treatment, "hash": approval.hash, "by": approval.by, "on": approval.on,
    }  # fmt: skip
    table.update(values)
    return table

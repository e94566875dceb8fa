"""Prove that the danger-sign rules can be read and hear their own examples, before they may go live.

No model has a part in it: what is proved of the rules holds whatever stands beside them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.care.model.triage import Assessment, Level
from bot.care.ports.hearing import Situation
from bot.understanding.dated import Protocols, undated
from bot.understanding.ear import Ear, ear_of
from bot.understanding.objections import Objection, Path
from bot.understanding.shapes import are_lines, flags_of, misnamed, misshapen
from bot.understanding.shelf import Files, Table, WordShelf, languages_of
from bot.understanding.taking_in import Taken
from bot.understanding.triage import Listener, read_flags


def objections(files: Files, protocols: Protocols) -> Iterator[Objection]:
    """Why the rules of any language cannot be read or leave a treatment out; files may hold anything that is TOML."""
    for language in languages_of(files):
        yield from _misread(language, files)
        red = f"{language}/red_flags.toml"
        yield from undated(red, files[red], protocols)


def unheard(files: Files, protocols: Protocols) -> Iterator[Objection]:
    """Examples that the rules alone do not hear, and harmless messages that they take for a sign."""
    for language in languages_of(files):
        red = f"{language}/red_flags.toml"
        # what cannot be read cannot be listened with, and its examples would only repeat that
        if not any(_misread(language, files)) and _is_whole(files[red]):
            yield from _Rules.of(language, files, protocols).unheard(red, files[red])


def _misread(language: str, files: Files) -> Iterator[Objection]:
    red, names = f"{language}/red_flags.toml", f"{language}/concepts.toml"
    yield from misshapen(red, files[red])
    yield from misnamed(names, files.get(names, {}))


def _is_whole(red: Table) -> bool:
    """Every flag is a table with a name and a level; the library says what is wrong with one that is not."""
    flags = [flag for _, flag in flags_of(red)]
    named = all(isinstance(flag.get("id"), str) and flag.get("level") in [*Level] for flag in flags)
    return bool(flags) and len(flags) == len(red["flag"]) and named


@dataclass(frozen=True)
class _Rules:
    """One language's rules, and nothing but the rules."""

    ear: Ear
    listener: Listener
    protocols: Protocols
    language: str

    @classmethod
    def of(cls, language: str, files: Files, protocols: Protocols) -> "_Rules":
        shelf = WordShelf.of(language, {name: table for name, table in files.items() if _is_sound(name, table)})
        flags = read_flags(shelf.flags, shelf.signs)
        return cls(ear_of(shelf), Listener(flags, None, shelf.places), protocols, language)

    def unheard(self, file: str, red: Table) -> Iterator[Objection]:
        for place, flag in flags_of(red):
            for path, reason, blocks in (*self._silent(flag), *self._dated(flag), *self._loud(flag)):
                yield Objection(file, ("flag", place, *path), f"{flag['id']}: {reason}", blocks)

    def _silent(self, flag: Table) -> Iterator[tuple[Path, str, bool]]:
        for at, line in enumerate(flag.get("examples", ())):
            heard = self._hear(line, Situation(self.language))
            if not _raises(heard, flag):
                yield ("examples", at), f"no rule raises it for {line!r}{_instead(heard)}", True
        for at, line in enumerate(flag.get("ask_examples", ())):
            if not self._hear(line, Situation(self.language)).raised:
                yield ("ask_examples", at), f"nothing is asked about {line!r}", True

    def _dated(self, flag: Table) -> Iterator[tuple[Path, str, bool]]:
        for at, entry in enumerate(flag.get("dated_examples", ())):
            heard = self._hear(entry["text"], self._on_its_day(entry))
            if not _raises(heard, flag):
                yield ("dated_examples", at), f"no rule raises it for {_said(entry)}{_instead(heard)}", True

    def _loud(self, flag: Table) -> Iterator[tuple[Path, str, bool]]:
        for at, line in enumerate(flag.get("counters", ())):
            heard = self._hear(line, Situation(self.language))
            if heard.raised and heard.certain:
                yield ("counters", at), f"{line!r} is harmless, but raises {heard.flag} ({heard.reason})", False

    def _hear(self, line: str, situation: Situation) -> Assessment:
        return self.listener.listen(Taken(line, self.ear, None), situation)

    def _on_its_day(self, entry: Table) -> Situation:
        named = self.protocols.get(entry.get("protocol", ""))
        column = named.column if named is not None else None
        return Situation(self.language, column, entry.get("day"), entry.get("days_to_next"))


def _raises(heard: Assessment, flag: Table) -> bool:
    """This flag, or one at least as serious, and for certain."""
    if heard.level is None or not heard.certain:
        return False
    return heard.flag == flag["id"] or heard.level.weight >= Level(flag["level"]).weight


def _instead(heard: Assessment) -> str:
    if not heard.raised:
        return ""
    return f": only {heard.flag} is {'raised' if heard.certain else 'asked about'} ({heard.reason})"


def _said(entry: Table) -> str:
    when = ", ".join(f"{key} {entry[key]}" for key in ("protocol", "day", "days_to_next") if key in entry)
    return f"{entry['text']!r} ({when.replace('protocol ', '').replace('days_to_next', 'days to next')})"


def _is_sound(name: str, table: Mapping[str, Any]) -> bool:
    """A topic or a list of families without its lines is a fault that the library names."""
    if "/faq/" in name:
        return are_lines(table.get("phrasings"))
    if name.endswith("/out_of_scope.toml"):
        families = table.get("family", [])
        return isinstance(families, list) and all(
            isinstance(one, dict) and "id" in one and are_lines(one.get("examples")) for one in families
        )
    return True

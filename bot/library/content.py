"""Everything a content folder says, file by file, before anybody asks whether it fits together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from bot.care.model.clinic import Clinic
from bot.care.model.protocol import Protocol
from bot.care.model.words import EXTRA, PLACEHOLDERS
from bot.library.content_files import (
    ApprovalsFile,
    FamiliesFile,
    FiguresFile,
    FlagsFile,
    Ledger,
    MustsFile,
    PromisesFile,
    StepWords,
    TopicWords,
    TreatmentWords,
)
from bot.library.decoding import Decoder, Hint
from bot.library.faults import Fault, Notes
from bot.library.folder import Snapshot
from bot.library.source import SourceFile, parse
from bot.library.variants import Misfit
from bot.library.wording import Words

Phrases = dict[tuple[str, str], Words]
Entry = tuple[str, Any, Any]
"""(Attribute of `Content` or of its language's `Tongue`, key there or None for the whole of it, value)."""


@dataclass
class Tongue:
    """One language's folder. Keys of `steps` are `<treatment>/<STEP>`, of `phrases` (group, name)."""

    steps: dict[str, StepWords] = field(default_factory=dict)
    topics: dict[str, TopicWords] = field(default_factory=dict)
    flags: FlagsFile = field(default_factory=lambda: FlagsFile(()))
    families: FamiliesFile = field(default_factory=lambda: FamiliesFile(()))
    phrases: Phrases = field(default_factory=dict)
    treatments: dict[str, TreatmentWords] = field(default_factory=dict)
    promises: PromisesFile = field(default_factory=lambda: PromisesFile(()))
    figures: FiguresFile = field(default_factory=FiguresFile)
    musts: MustsFile = field(default_factory=MustsFile)


@dataclass
class Content:
    """What could be read; `files` holds every file that is TOML, `present` also those that are not."""

    files: dict[str, SourceFile]
    present: frozenset[str]
    clinic: Clinic | None = None
    protocols: dict[str, Protocol] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    approvals: ApprovalsFile = field(default_factory=ApprovalsFile)
    bare_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tongues: dict[str, Tongue] = field(default_factory=dict)
    prepared: dict[str, Tongue] = field(default_factory=dict)
    """Languages that are not offered (yet)."""

    @property
    def languages(self) -> tuple[str, ...]:
        return self.clinic.languages if self.clinic else ("en",)


def gather(snapshot: Snapshot, notes: Notes) -> Content:
    pages = {name: _page(name, data) for name, data in sorted(snapshot.files.items())}
    content = Content({}, frozenset(snapshot.files))
    for name, page in pages.items():
        notes.faults += page.faults
        notes.warnings += page.warnings
        if page.table is None:
            notes.unread.add(name)
        else:
            content.files[name] = SourceFile(name, snapshot.files[name], page.table, notes)
            _put(content, PurePosixPath(name).parts, page.entries, content.files[name])
    content.protocols = {treatment: _inheriting(content, protocol) for treatment, protocol in content.protocols.items()}
    for language in [found for found in content.tongues if found not in content.languages]:
        content.prepared[language] = content.tongues.pop(language)
    return content


def _put(content: Content, parts: tuple[str, ...], entries: Iterable[Entry], file: SourceFile) -> None:
    of_language = len(parts) > 1 and len(parts[0]) in LANGUAGE
    home = content.tongues.setdefault(parts[0], Tongue()) if of_language else content
    for shelf, key, value in entries:
        if key is None:
            setattr(home, shelf, value)
            continue
        held = getattr(home, shelf)
        if shelf == "phrases" and key in held:
            file.fault(key, f"{'/'.join(key)} is already said in {held[key].file}")
        held[key] = value


def _inheriting(content: Content, protocol: Protocol) -> Protocol:
    column = content.protocols.get(protocol.column)
    return protocol if column is None or column.column != column.id else protocol.inheriting(column)


@dataclass(frozen=True)
class Page:
    """What one file holds, and what is wrong with it by itself; `table=None`: it is no TOML."""

    table: dict[str, Any] | None
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@lru_cache(maxsize=512)
def _page(name: str, data: bytes) -> Page:
    """Read once: when one file is edited, only that one has to be read again."""
    notes = Notes()
    file = parse(name, data, notes)
    entries = tuple(_entries(PurePosixPath(name).parts, file)) if file is not None else ()
    table = file.table if file is not None else None
    return Page(table, entries, tuple(notes.faults), tuple(notes.warnings))


PLAIN: frozenset[str] = frozenset()
TOLD = frozenset(PLACEHOLDERS)
LANGUAGE = (2, 5)
"""Letters in the name of a language's folder: `en`, `pt-BR`."""

ONE_VALUE: Mapping[str, tuple[str, type]] = {
    "red_flags.toml": ("flags", FlagsFile),
    "out_of_scope.toml": ("families", FamiliesFile),
    "promises.toml": ("promises", PromisesFile),
    "figures.toml": ("figures", FiguresFile),
    "musts.toml": ("musts", MustsFile),
}
"""Files of a language that are one value each, and where it is kept."""


def _entries(parts: tuple[str, ...], file: SourceFile) -> Iterator[Entry]:
    plain = Decoder(file, PLAIN)
    match parts:
        case ["clinic.toml"]:
            yield from _one("clinic", None, plain.read(Clinic))
        case ["facts.toml"]:
            yield from _one("ledger", None, plain.read(Ledger))
        case ["approvals.toml"]:
            yield from _one("approvals", None, plain.read(ApprovalsFile))
        case ["bare_words.toml"]:
            yield from (("bare_words", key, value) for key, value in _values(plain, tuple[str, ...], file.table, ()))
        case ["protocols", name]:
            yield from _protocol(PurePosixPath(name).stem, file)
        case [language, *rest] if rest and len(language) in LANGUAGE:
            yield from _words(rest, file)
        case _:
            file.fault((), "no file of this name belongs here")


def _words(parts: list[str], file: SourceFile) -> Iterator[Entry]:
    patient = Decoder(file, TOLD)
    match parts:
        case ["steps", treatment, name]:
            yield from _one("steps", f"{treatment}/{PurePosixPath(name).stem}", patient.read(StepWords))
        case ["faq", name]:
            yield from _one("topics", PurePosixPath(name).stem, patient.read(TopicWords))
        case ["treatments.toml"]:
            yield from (("treatments", key, value) for key, value in _values(patient, TreatmentWords, file.table, ()))
        case [name] if name in ONE_VALUE:
            shelf, kind = ONE_VALUE[name]
            yield from _one(shelf, None, patient.read(kind))
        case ["phrases.toml"] | ["phrases", _]:
            yield from _phrases(Decoder(file, TOLD.union(EXTRA)))
        case [_]:
            # rules that understanding reads by itself
            pass
        case _:
            file.fault((), "no file of this name belongs here")


def _one(shelf: str, key: str | None, value: object) -> Iterator[Entry]:
    if value is not None:
        yield shelf, key, value


def _protocol(treatment: str, file: SourceFile) -> Iterator[Entry]:
    if file.table.setdefault("id", treatment) != treatment:
        file.fault(("id",), f"the id must be the file's name, {treatment}")
    yield from _one("protocols", treatment, Decoder(file, PLAIN).read(Protocol))


def _phrases(decoder: Decoder) -> Iterator[Entry]:
    for group, table in decoder.file.table.items():
        if isinstance(table, dict):
            yield from (("phrases", (group, name), words) for name, words in _values(decoder, Words, table, (group,)))
        else:
            decoder.file.fault((group,), "phrases stand in groups like [menu]")


def _values(decoder: Decoder, kind: Hint, table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        try:
            yield key, decoder.value(kind, value, (*path, key))
        except Misfit:
            continue

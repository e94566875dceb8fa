"""Everything a content folder says, file by file, before anybody asks whether it fits together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

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
from bot.library.faults import Notes
from bot.library.folder import Snapshot
from bot.library.source import SourceFile, parse
from bot.library.variants import Misfit
from bot.library.wording import Words

T = TypeVar("T")

Phrases = dict[tuple[str, str], Words]


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
    parsed = ((name, parse(name, data, notes)) for name, data in sorted(snapshot.files.items()))
    files = {name: file for name, file in parsed if file is not None}
    content = Content(files, frozenset(snapshot.files))
    for name, file in files.items():
        _shelve(content, PurePosixPath(name).parts, file)
    content.protocols = {treatment: _inheriting(content, protocol) for treatment, protocol in content.protocols.items()}
    for language in [found for found in content.tongues if found not in content.languages]:
        content.prepared[language] = content.tongues.pop(language)
    return content


def _shelve(content: Content, parts: tuple[str, ...], file: SourceFile) -> None:
    match parts:
        case ["clinic.toml"]:
            content.clinic = Decoder(file, PLAIN).read(Clinic)
        case ["facts.toml"]:
            content.ledger = Decoder(file, PLAIN).read(Ledger) or Ledger()
        case ["approvals.toml"]:
            content.approvals = Decoder(file, PLAIN).read(ApprovalsFile) or ApprovalsFile()
        case ["bare_words.toml"]:
            content.bare_words = _mapping(Decoder(file, PLAIN), tuple[str, ...])
        case ["protocols", name]:
            _protocol(content, PurePosixPath(name).stem, file)
        case [language, *rest] if rest and len(language) in {2, 5}:
            _words(content.tongues.setdefault(language, Tongue()), rest, file)
        case _:
            file.fault((), "no file of this name belongs here")


PLAIN: frozenset[str] = frozenset()


def _protocol(content: Content, treatment: str, file: SourceFile) -> None:
    if file.table.setdefault("id", treatment) != treatment:
        file.fault(("id",), f"the id must be the file's name, {treatment}")
    protocol = Decoder(file, PLAIN).read(Protocol)
    if protocol is not None:
        content.protocols[treatment] = protocol


def _inheriting(content: Content, protocol: Protocol) -> Protocol:
    column = content.protocols.get(protocol.column)
    return protocol if column is None or column.column != column.id else protocol.inheriting(column)


ONE_VALUE: Mapping[str, tuple[str, type]] = {
    "red_flags.toml": ("flags", FlagsFile),
    "out_of_scope.toml": ("families", FamiliesFile),
    "promises.toml": ("promises", PromisesFile),
    "figures.toml": ("figures", FiguresFile),
    "musts.toml": ("musts", MustsFile),
}
"""Files that are one value each, and where it is kept."""


def _words(tongue: Tongue, parts: list[str], file: SourceFile) -> None:
    told = frozenset(PLACEHOLDERS)
    patient = Decoder(file, told)
    match parts:
        case ["steps", treatment, name]:
            _put(tongue.steps, f"{treatment}/{PurePosixPath(name).stem}", patient.read(StepWords))
        case ["faq", name]:
            _put(tongue.topics, PurePosixPath(name).stem, patient.read(TopicWords))
        case ["treatments.toml"]:
            tongue.treatments = _mapping(patient, TreatmentWords)
        case [name] if name in ONE_VALUE:
            field_name, kind = ONE_VALUE[name]
            setattr(tongue, field_name, patient.read(kind) or getattr(tongue, field_name))
        case ["phrases.toml"] | ["phrases", _]:
            _phrases(tongue.phrases, Decoder(file, told.union(EXTRA)))
        case [_]:
            # rules that understanding reads by itself
            pass
        case _:
            file.fault((), "no file of this name belongs here")


def _put(shelf: dict[str, T], key: str, value: T | None) -> None:
    if value is not None:
        shelf[key] = value


def _mapping(decoder: Decoder, kind: type[T]) -> dict[str, T]:
    return dict(_values(decoder, kind, decoder.file.table, ()))


def _values(decoder: Decoder, kind: Hint, table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        try:
            yield key, decoder.value(kind, value, (*path, key))
        except Misfit:
            continue


def _phrases(phrases: Phrases, decoder: Decoder) -> None:
    for group, table in decoder.file.table.items():
        if not isinstance(table, dict):
            decoder.file.fault((group,), "phrases stand in groups like [menu]")
            continue
        for name, words in _values(decoder, Words, table, (group,)):
            if (group, name) in phrases:
                decoder.file.fault((group, name), f"{group}/{name} is already said in {phrases[group, name].file}")
            phrases[group, name] = words

"""Load a content folder: all of it, checked and proved, or not at all."""

import json
from dataclasses import astuple, dataclass
from pathlib import Path

from bot.library.checks.everything import check
from bot.library.checks.renderings import check_renderings
from bot.library.content import Content, gather
from bot.library.faults import ContentRefused, Fault, Notes, Report
from bot.library.folder import Snapshot, read
from bot.library.proof import ALONE, Proof, Trial, again
from bot.library.shelf import ContentShelf, build
from bot.library.verdicts import Verdicts


@dataclass(frozen=True)
class Inspection:
    """What a folder says, and what is wrong with it. With faults the shelf may lack words and must not go live."""

    report: Report
    shelf: ContentShelf | None
    """None when not even the clinic could be read."""


def inspect(snapshot: Snapshot, proof: Proof = ALONE, *, every: bool = False, tried: bool = False) -> Inspection:
    """`every`: words are tried on all patients, not only on those that matter; `tried`: all of it passed before."""
    notes = Notes(faults=list(snapshot.faults))
    if not snapshot.files:
        # nothing there: no need to name all that is missing
        return Inspection(notes.report(), None)
    content = gather(snapshot, notes)
    if not tried or notes.faults:
        check(content, notes)
    if content.clinic is None or not content.clinic.languages:
        return Inspection(notes.report(), None)
    shelf = build(content, content.clinic, snapshot.version)
    for trial in proof:
        if trial.on_faults or not notes.faults:
            _prove(trial, shelf, content, notes)
    if not notes.faults and not tried:
        # words that cannot be read yet are tried on nobody
        check_renderings(content, shelf, notes, every=every)
    return Inspection(notes.report(), shelf)


def inspect_once(snapshot: Snapshot, proof: Proof, verdicts: Verdicts) -> Inspection:
    """As `inspect` with the whole proof, but what was found clean before is only read; its warnings are known."""
    warnings = _warnings(verdicts.said(snapshot.version))
    if warnings is not None:
        inspection = inspect(snapshot, again(proof), tried=True)
        return Inspection(Report(inspection.report.faults, warnings), inspection.shelf)
    inspection = inspect(snapshot, proof)
    if inspection.shelf is not None and inspection.report.clean:
        verdicts.keep(snapshot.version, json.dumps([astuple(warning) for warning in inspection.report.warnings]))
    return inspection


def _warnings(said: str | None) -> tuple[Fault, ...] | None:
    """Of content that was found clean; None where nothing is known, or a power cut left nothing of the verdict."""
    try:
        return None if said is None else tuple(Fault(*warning) for warning in json.loads(said))
    except (ValueError, TypeError):
        return None


def _prove(trial: Trial, shelf: ContentShelf, content: Content, notes: Notes) -> None:
    try:
        for objection in trial.look(shelf):
            file = content.files.get(objection.file)
            line = file.lines.of(objection.path) if file is not None else 1
            found = notes.faults if objection.blocks else notes.warnings
            found.append(Fault(objection.file, line, objection.reason))
    except Exception as error:  # noqa: BLE001 - whatever it is, with these words a clinic would not start
        notes.faults.append(Fault(".", 1, f"a clinic cannot run on this: {type(error).__name__}: {error}"))


def load(content_dir: Path) -> ContentShelf:
    """The shelf of a folder without faults; raises `ContentRefused` with all of them."""
    return accepted(inspect(read(content_dir)))


def accepted(inspection: Inspection) -> ContentShelf:
    """Raises `ContentRefused` unless the content may go live."""
    if inspection.shelf is None or not inspection.report.clean:
        raise ContentRefused(inspection.report)
    return inspection.shelf

"""The content files, one item at a time: tried as a whole before anything is written, and then written once."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.care.model.revision import Checked, Draft, DraftKind, FileChange, Revision, Rewording, Verdict
from bot.care.model.sign_off import Approval
from bot.care.model.timing import Timing
from bot.library.approval import CannotBeKept, with_approval, without_approval
from bot.library.edited import Changed, Edited, print_in, with_text
from bot.library.faults import ContentRefused, Fault
from bot.library.folder import Snapshot, read
from bot.library.loading import accepted, inspect_once
from bot.library.proof import Proof
from bot.library.retiming import step_of, with_timing
from bot.library.rewording import NoSuchWords, change_of, said, undone, with_words
from bot.library.verdicts import Verdicts
from bot.library.writing import may_replace


@dataclass(frozen=True)
class ContentPress:
    """Fills `bot.care.ports.press.Press`."""

    content_dir: Path
    proof: Proof
    verdicts: Verdicts

    def check(self, draft: Draft, undone: Revision | None) -> Checked:
        folder = read(self.content_dir)
        try:
            now, edited = _says(folder, draft), _edited(folder, draft, undone)
        except NoSuchWords:
            return Checked(Verdict.GONE)
        except CannotBeKept as error:
            return Checked(Verdict.REFUSED, (str(error),))
        if edited.snapshot.files == folder.files:
            return Checked(Verdict.SAME, (), now, _confirmed(draft, change_of(folder, folder, edited.name)))
        if not may_replace(self.content_dir / edited.name):
            return Checked(Verdict.READ_ONLY, (edited.name,), now)
        return self._accepted(draft, folder, edited, now)

    def publish(self, draft: Draft, undone: Revision | None) -> Checked:
        folder = read(self.content_dir)
        if print_in(folder, draft.file) != draft.print:
            return _written_before(folder, draft, undone) or Checked(Verdict.CHANGED)
        try:
            edited = _edited(folder, draft, undone)
            found = self._accepted(draft, folder, edited, "")
            if found.verdict is Verdict.DONE:
                edited.write(self.content_dir)
        except (NoSuchWords, CannotBeKept, Changed):
            return Checked(Verdict.CHANGED)
        except OSError as error:
            return Checked(Verdict.READ_ONLY, (f"{draft.file}: {error.strerror}",))
        return found

    def _accepted(self, draft: Draft, folder: Snapshot, edited: Edited, now: str) -> Checked:
        try:
            shelf = accepted(inspect_once(edited.snapshot, self.proof, self.verdicts))
        except ContentRefused as error:
            return Checked(Verdict.REFUSED, tuple(_said(fault, edited.name) for fault in error.report.faults), now)
        if draft.kind is DraftKind.APPROVAL and draft.treatment not in shelf.approved:
            # its plan or words are others by now than were read
            return Checked(Verdict.GONE)
        change = _confirmed(draft, change_of(folder, edited.snapshot, edited.name))
        then = _says(edited.snapshot, draft) if draft.kind is DraftKind.TIMING else ""
        return Checked(Verdict.DONE, (), now, change, edited.snapshot.version, then)


def _confirmed(draft: Draft, change: FileChange) -> FileChange:
    """Somebody says of words as they are that they stay so: they are what it is about."""
    if change.old_print != change.new_print or not draft.is_written:
        return change
    return replace(change, rewordings=(Rewording(draft.item, draft.words, draft.words),))


def _says(folder: Snapshot, draft: Draft) -> str:
    """The item's words, or its timing; empty where it is not there. Raises `NoSuchWords` for a timing."""
    if draft.kind is DraftKind.TIMING:
        return str(Timing.of(step_of(folder, *draft.times)))
    return said(folder, draft.file, draft.item) or ""


def _edited(folder: Snapshot, draft: Draft, revision: Revision | None) -> Edited:
    """Raises `NoSuchWords`, and `CannotBeKept` for an approval."""
    if revision is not None:
        return undone(folder, revision)
    match draft.kind:
        case DraftKind.APPROVAL:
            return with_approval(folder, Approval.named(draft.treatment, draft.words))
        case DraftKind.TIMING:
            return with_timing(folder, *draft.times, Timing.named(draft.words))
        case _:
            return with_words(folder, draft.file, draft.item, draft.words)


def _written_before(folder: Snapshot, draft: Draft, revision: Revision | None) -> Checked | None:
    """These very words are there: they were written by a process that did not live to say so."""
    try:
        before = _file_before(folder, draft, revision)
    except (NoSuchWords, CannotBeKept):
        return None
    if before is None:
        return None
    # an approval may have been the first words of its file
    was_there = before.text or draft.print
    then = before.snapshot if was_there else folder.without(draft.file)
    if print_in(then, draft.file) != draft.print:
        return None
    change: FileChange = change_of(then, folder, draft.file)
    return Checked(Verdict.DONE, (), "", change, folder.version)


def _file_before(folder: Snapshot, draft: Draft, revision: Revision | None) -> Edited | None:
    if revision is not None:
        is_back = print_in(folder, draft.file) == revision.change.old_print
        return with_text(folder, draft.file, revision.change.new or "") if is_back else None
    match draft.kind:
        case DraftKind.APPROVAL:
            return without_approval(folder, Approval.named(draft.treatment, draft.words))
        case DraftKind.TIMING:
            is_there = Timing.named(draft.words).is_of(step_of(folder, *draft.times))
            return with_timing(folder, *draft.times, Timing.named(draft.before)) if is_there else None
        case _:
            is_there = said(folder, draft.file, draft.item) == draft.words
            return with_words(folder, draft.file, draft.item, draft.before) if is_there else None


def _said(fault: Fault, file: str) -> str:
    """Where it is what was just written, nobody looks for a line."""
    return fault.reason if fault.file == file else str(fault)

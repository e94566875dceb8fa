"""Tell the admins which words are live and why others are not, and note whatever was changed in the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.care.model.revision import FILE, DraftState, FileChange, Revision
from bot.care.model.words import Html
from bot.care.ports import Library, Work
from bot.care.services.noticing import admins
from bot.care.services.posting import post

MOST_FAULTS = 10
"""More than a phone screen holds helps nobody; `aftercare check` has them all."""


@dataclass(frozen=True)
class Publishing:
    library: Library

    def looked(self, work: Work, *, faults: Sequence[str], at: datetime) -> None:
        """The content folder changed: it is in use now, or it was refused and the words before it stay."""
        shelf = self.library.shelf
        lines = Html("\n".join(escape(fault) for fault in faults[:MOST_FAULTS]))
        facts = {"count": str(len(faults)), "faults": lines}
        text = shelf.say(f"phrases/publishing/{'refused' if faults else 'live'}", shelf.clinic.languages[0], facts)
        for admin in admins(work):
            post(work, admin.contact, text, at=at, purpose="content")

    def note(self, work: Work, changes: Sequence[FileChange], *, version: str, at: datetime) -> None:
        """A revision for every file that somebody changed by hand; what was changed in the chat has its own."""
        in_hand = {draft.file for draft in work.drafts.in_state(DraftState.SAVING)}
        for change in changes:
            newest = next(iter(work.revisions.latest(limit=1, file=change.file)), None)
            is_known = newest is not None and newest.change.new_print == change.new_print
            if not is_known and change.file not in in_hand:
                work.revisions.add(Revision(at, FILE, "file", change, version))

"""Work out what of a treatment changed since a clinician last stood for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.care.model.differing import lines_changed, marked
from bot.care.model.revision import FileChange, Item, Revision
from bot.care.model.sign_off import FILE, SignOff
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.content_pages import ContentPages
from bot.care.services.speaking import Speaking

MOST_REVISIONS = 500
MOST_SHOWN = 4
LONGEST = 300
"""UTF-16 units of one of two texts: several pairs stand in one message."""


@dataclass(frozen=True)
class SinceApproval:
    speaking: Speaking
    pages: ContentPages

    def said(self, work: Work, sign_off: SignOff) -> Iterator[Html]:
        """Old and new, item by item; or that the record does not reach back so far."""
        revisions = self._since(work, sign_off)
        if revisions is None:
            yield self.speaking.staff("signing/unknown")
            return
        rewordings = _net(revisions, sign_off)
        files = _plain(work, revisions)
        for item, (old, new) in list(rewordings.items())[:MOST_SHOWN]:
            yield self._pair(item, old, new)
        for change in files[: max(0, MOST_SHOWN - len(rewordings))]:
            lines = lines_changed(change.old or "", change.new or "", most=LONGEST)
            yield self.speaking.staff("content/lines", value=change.file, listed=lines)
        left = len(rewordings) + len(files) - MOST_SHOWN
        if left > 0:
            yield self.speaking.staff("signing/more", count=str(left))
        if not rewordings and not files:
            yield self.speaking.staff("signing/unknown")

    def _pair(self, item: Item, old: str, new: str) -> Html:
        nothing = self.speaking.staff("content/nothing")
        is_there = self.pages.written(item) is not None
        return self.speaking.staff(
            "signing/pair",
            what=self.pages.path(item) if is_there else item.key,
            old_value=marked(old, new, most=LONGEST) or nothing,
            new_value=marked(new, old, most=LONGEST) or nothing,
        )

    def _since(self, work: Work, sign_off: SignOff) -> Sequence[Revision] | None:
        """Oldest first; None where nobody noted when it was approved."""
        approval = sign_off.approval
        entered = None
        for one in work.revisions.latest(limit=MOST_REVISIONS, file=FILE) if approval is not None else ():
            change = work.revisions.get(one.id).change
            is_in, was_in = (
                approval is not None and approval.hash in (text or "") for text in (change.new, change.old)
            )
            if is_in and not was_in:
                entered = one.id
                break
        if entered is None:
            return None
        later = work.revisions.latest(limit=MOST_REVISIONS)
        return [one for one in reversed(later) if one.id > entered and one.change.file in sign_off.files]


def _net(revisions: Sequence[Revision], sign_off: SignOff) -> dict[Item, tuple[str, str]]:
    """What each item said at the approval and says now; without those that say the same again."""
    found: dict[Item, tuple[str, str]] = {}
    for one in (one for revision in revisions for one in revision.change.rewordings):
        if sign_off.covers(one.item):
            found[one.item] = (found.get(one.item, (one.old, ""))[0], one.new)
    return {item: said for item, said in found.items() if said[0] != said[1]}


def _plain(work: Work, revisions: Sequence[Revision]) -> list[FileChange]:
    """Files in which more was changed than words."""
    ends: dict[str, tuple[int, int]] = {}
    for one in revisions:
        if not one.change.rewordings:
            ends[one.change.file] = (ends.get(one.change.file, (one.id, 0))[0], one.id)
    changes = []
    for first, last in ends.values():
        change = replace(work.revisions.get(first).change, new=work.revisions.get(last).change.new)
        if change.old != change.new:
            changes.append(change)
    return changes

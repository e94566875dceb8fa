"""Tell the admins which words are live and why others are not, and note whatever was changed in the files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.care.model.clinical import is_clinical
from bot.care.model.delivery import Button
from bot.care.model.people import Role
from bot.care.model.purpose import Purpose
from bot.care.model.revision import FILE, DraftState, FileChange, Revision, Rewording
from bot.care.model.texts import cut, flat
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.ports.words import EditableLibrary
from bot.care.services.noticing import admins
from bot.care.services.posting import post
from bot.care.services.running_plans import hold_plans
from bot.care.services.stale_translations import StaleTranslations

MOST_FAULTS = 10
"""More than a phone screen holds helps nobody; `aftercare check` has them all."""
MOST_SHOWN = 5
LONGEST = 300
NAME = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Publishing:
    library: EditableLibrary

    def looked(self, work: Work, *, faults: Sequence[str], at: datetime) -> None:
        """The content folder changed: it is in use now, or it was refused and the words before it stay."""
        lines = Html("\n".join(escape(fault) for fault in faults[:MOST_FAULTS]))
        text = self._say("refused" if faults else "live", count=str(len(faults)), faults=lines)
        for admin in admins(work):
            post(work, admin.contact, text, at=at, purpose=Purpose.CONTENT)

    def held_back(self, work: Work, changes: Sequence[FileChange], *, version: str, at: datetime) -> Mapping[str, Html]:
        """What `note` is to tell of translations; looks at everybody, so a reader works it out."""
        return StaleTranslations(self.library).news(work, self._unknown(work, changes, version=version, at=at))

    def note(
        self,
        work: Work,
        changes: Sequence[FileChange],
        *,
        version: str,
        held_back: Mapping[str, Html],
        at: datetime,
    ) -> None:
        """A revision for every file that somebody changed by hand; what was changed in the chat has its own.

        Patients in progress keep the timings they have until somebody answers whether they are to follow new ones.
        Clinicians read what of it is about symptoms, recovery or whom to reach: no tap of theirs let it go live.
        """
        work.revisions.alone()
        added = [work.revisions.add(one) for one in self._unknown(work, changes, version=version, at=at)]
        clinical = [one for revision in added for one in revision.change.rewordings if self._is_clinical(one)]
        for revision in added:
            hold_plans(work, revision.change, at=at)
        if clinical:
            self._show(work, clinical, at=at)
        if added:
            StaleTranslations(self.library).tell(work, held_back, at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _unknown(self, work: Work, changes: Sequence[FileChange], *, version: str, at: datetime) -> list[Revision]:
        in_hand = {draft.file for draft in work.drafts.in_state(DraftState.SAVING)}
        new = []
        for change in changes:
            newest = next(iter(work.revisions.latest(limit=1, file=change.file)), None)
            is_known = newest is not None and newest.change.new_print == change.new_print
            if not is_known and change.file not in in_hand:
                new.append(Revision(at, FILE, "file", change, version))
        return new

    def _is_clinical(self, one: Rewording) -> bool:
        section, _, name = one.item.key.partition("/")
        topics = self.library.shelf.topics(one.item.language) if section == "faq" else {}
        topic = topics.get(name.partition("/")[0])
        names = frozenset(NAME.findall(f"{one.old} {one.new}"))
        return is_clinical(one.item.key, names, is_symptom=topic is not None and topic.symptom)

    def _show(self, work: Work, changed: Sequence[Rewording], *, at: datetime) -> None:
        listed = Html("\n\n".join(self._lines(changed)))
        text = self._say("clinical", count=str(len(changed)), listed=listed)
        history = Button(flat(self._say("open")), "content-history", ("", "0"))
        for member in work.team.members():
            if member.role in (Role.ADMIN, Role.CLINICIAN):
                post(work, member.contact, text, at=at, keyboard=((history,),), purpose=Purpose.CONTENT)

    def _lines(self, changed: Sequence[Rewording]) -> Iterator[Html]:
        for one in changed[:MOST_SHOWN]:
            old, new = (cut(words, most=LONGEST) or "-" for words in (one.old, one.new))
            yield self._say("clinical-line", what=one.item.key, old_value=old, new_value=new)
        if len(changed) > MOST_SHOWN:
            yield self._say("clinical-more", count=str(len(changed) - MOST_SHOWN))

    def _say(self, name: str, /, **facts: str) -> Html:
        shelf = self.library.shelf
        return shelf.say(f"phrases/publishing/{name}", shelf.clinic.languages[0], facts)

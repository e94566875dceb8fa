"""What staff read of words that are to change or have changed: old and new, faults, and who will read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.differing import lines_changed, marked
from bot.care.model.revision import FILE, Checked, Draft, DraftKind, FileChange, Item, Revision, Verdict
from bot.care.model.sign_off import ANSWERS, Approval
from bot.care.model.texts import cut
from bot.care.model.words import PLACEHOLDERS, Html
from bot.care.ports.records import Work
from bot.care.services.asking import in_rows
from bot.care.services.content_effect import ContentEffect
from bot.care.services.content_pages import ContentPages
from bot.care.services.leafing import page_of, turns
from bot.care.services.reading_as import ReadingAs
from bot.care.services.sampling import Sample
from bot.care.services.speaking import Speaking
from bot.care.services.stale_translations import StaleTranslations
from bot.care.services.timing_words import TimingWords

MOST_FAULTS = 5
MOST_ITEMS = 3
NAMES_ON_A_PAGE = 8
LABEL = 60
MOST_REVISIONS = 200
CONDITION = "{%"
NAME = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LONGEST, SHORT = 900, 350
"""UTF-16 units of one of two texts in a message, and of one among more."""


@dataclass(frozen=True)
class ContentWords:
    speaking: Speaking
    pages: ContentPages
    effect: ContentEffect
    timing: TimingWords
    reading_as: ReadingAs

    def draft(self, name: str, draft: Draft, **facts: str) -> Html:
        """A sentence about what is being edited."""
        group = "signing" if draft.kind is DraftKind.APPROVAL and name in ("saved", "ready") else "content"
        return self.speaking.staff(f"{group}/{name}", what=self.subject(draft.item, draft.file), **facts)

    def subject(self, item: Item, file: str) -> str:
        about = item.key.partition("/")[2]
        match item.kind:
            case DraftKind.APPROVAL:
                return self.speaking.label("signing/subject", what=self.speaking.stood_for(about))
            case DraftKind.TIMING:
                return self.timing.name(*about.split("/"))
            case _:
                return self.pages.path(item) if self.pages.written(item) is not None else file

    def checked(self, work: Work, draft: Draft, checked: Checked, *, at: datetime) -> Html:
        """What came of a check: why it cannot be, or old, new and who will read it."""
        if self.may_still_hold(work, draft, checked):
            return self.draft("still-true", draft, known=self.speaking.staff_language.upper())
        if checked.verdict is not Verdict.DONE or checked.change is None:
            return self.end(draft, checked)
        if draft.kind is DraftKind.APPROVAL:
            return self._to_approve(draft)
        if draft.kind is DraftKind.TIMING:
            return self._to_retime(work, draft, at=at)
        meanwhile = [*self._meanwhile(work, draft, checked, at=at)]
        remarks = [*meanwhile, self.effect.said(work, checked.change, at=at)]
        lapsing = self._lapsing(checked.change)
        if lapsing:
            remarks.append(self._lapses(lapsing))
        if draft.clinical:
            remarks.append(self.speaking.staff("content/clinical"))
        changed = Html("\n\n".join(self.change(checked.change, is_crowded=bool(meanwhile))))
        return self.draft("ready", draft, listed=changed, remarks=Html("\n".join(remarks)))

    def may_still_hold(self, work: Work, draft: Draft, checked: Checked) -> bool:
        """The very words of a translation whose source was changed: who sends them says that they are still true."""
        if checked.verdict is not Verdict.SAME or checked.change is None or not draft.is_written:
            return False
        language, shelf = draft.item.language, self.pages.shelf
        if language not in shelf.clinic.languages[1:]:
            return False
        return draft.item in StaleTranslations(self.pages.sampling.library).of(work, language)

    def _to_approve(self, draft: Draft) -> Html:
        name, told = draft.treatment, Approval.named(draft.treatment, draft.words)
        if name == ANSWERS:
            return self.speaking.staff("signing/ready-answers", value=told.hash)
        facts = {"count": str(len(self.speaking.shelf.protocols[name].steps)), "value": told.hash}
        named = self.speaking.treatment_name(name)
        return self.speaking.staff("signing/ready", what=named, **facts)

    def _to_retime(self, work: Work, draft: Draft, *, at: datetime) -> Html:
        treatment = draft.treatment
        remarks = [self.timing.checked(work, draft, at=at)]
        if self.pages.shelf.sign_offs[treatment].is_approved:
            remarks.append(self._lapses([self.speaking.treatment_name(treatment)]))
        return Html("\n\n".join((*remarks, self.speaking.staff("content/clinical"))))

    def _lapsing(self, change: FileChange) -> list[str]:
        """What a clinician stands for as it is, and not as it would be."""
        return [
            self.speaking.stood_for(name)
            for name, one in self.pages.shelf.sign_offs.items()
            if one.is_approved and any(one.covers(each.item) for each in change.rewordings)
        ]

    def _lapses(self, treatments: list[str]) -> Html:
        return self.speaking.staff("signing/lapses", listed=", ".join(treatments))

    def end(self, draft: Draft, checked: Checked) -> Html:
        """Why it was not done."""
        faults = [f"• {escape(cut(reason, most=300))}" for reason in checked.reasons[:MOST_FAULTS]]
        left = len(checked.reasons) - MOST_FAULTS
        if left > 0:
            faults.append(self.speaking.staff("content/more-faults", count=str(left)))
        said = Html("\n".join(faults))
        new_value = Html(escape(cut(draft.words, most=LONGEST)))
        return self.draft(f"end-{checked.verdict}", draft, faults=said, new_value=new_value)

    def change(
        self, change: FileChange, item: Item | None = None, *, name: str = "old-new", is_crowded: bool = False
    ) -> Iterator[Html]:
        """Old and new, item by item; lines of the file where no words were changed."""
        about = [one for one in change.rewordings if item is None or one.item == item]
        most = SHORT if is_crowded or len(about) > 1 else LONGEST
        for one in about[:MOST_ITEMS]:
            yield self.speaking.staff(
                f"content/{name}",
                old_value=marked(one.old, one.new, most=most) or self.speaking.staff("content/nothing"),
                new_value=marked(one.new, one.old, most=most) or self.speaking.staff("content/nothing"),
            )
        if len(about) > MOST_ITEMS:
            yield self.speaking.staff("content/more-items", count=str(len(about) - MOST_ITEMS))
        if not about:
            lines = lines_changed(change.old or "", change.new or "", most=LONGEST)
            yield self.speaking.staff("content/lines", listed=lines, value=change.file)

    def revision(self, work: Work, revision: Revision, item: Item | None, *, at: datetime) -> Html:
        """Who, when and why, and what was changed."""
        changed = "\n\n".join(self.change(revision.change, item, name="before-after"))
        return Html(f"{self.line(work, revision, at=at)}\n\n{changed}")

    def line(self, work: Work, revision: Revision, *, at: datetime) -> Html:
        name, _, number = revision.why.partition(":")
        items = [one.item for one in revision.change.rewordings]
        what = self.subject(items[0], revision.change.file) if items else revision.change.file
        kind = {"approve": DraftKind.APPROVAL, "timing": DraftKind.TIMING}.get(name)
        if kind is not None:
            what = self.subject(Item("", f"{kind}/{number}"), what)
        return self.speaking.staff(
            "content/revision",
            value=str(revision.id),
            when=self.speaking.moment(revision.at, at=at),
            member_name=self._authors(work, revision),
            what=what,
            how=self.speaking.staff(f"content/why-{name}", value=number, count=str(len(items))),
        )

    def _authors(self, work: Work, revision: Revision) -> str:
        """Who wrote it, and who let it go live where that is somebody else."""
        author = self.who(work, revision.by)
        if revision.published_by in (FILE, revision.by):
            return author
        publisher = self.who(work, revision.published_by)
        return self.speaking.label("content/by-both", value=author, member_name=publisher)

    def unfit(self, work: Work, item: Item, words: str) -> Html | None:
        """Why words from the chat need not even be tried: conditions are for files, and a phrase is filled in by
        whoever says it, with the names that it has or had."""
        if CONDITION in words:
            return self.speaking.staff("content/no-conditions")
        if not item.key.startswith("phrases/"):
            return None
        known = self._names_of(work, item)
        unknown = sorted(set(NAME.findall(words)) - known)
        if not unknown:
            return None
        listed = ", ".join(sorted(known)) or self.speaking.label("content/no-names")
        return self.speaking.staff("content/unknown-name", what=", ".join(unknown), known=listed)

    def _names_of(self, work: Work, item: Item) -> set[str]:
        variants = self.pages.sampling.shelf.written(item.key, item.language)
        file = variants[0].file if variants else ""
        revised = (one.of(item) for one in work.revisions.latest(limit=MOST_REVISIONS, file=file))
        past = [text for one in revised if one is not None for text in (one.old, one.new)]
        return {name for text in (*past, *(one.text for one in variants)) for name in NAME.findall(text)}

    def names(self, work: Work, draft: Draft, number: int, *, at: datetime) -> Keyboard:
        """Placeholders with what they say to the patient of the preview, those in use first; a tap copies one."""
        pages, item = self.pages, draft.item
        written = pages.written(item)
        if written is None:
            return ()
        sample = Sample.named(draft.sample) if draft.sample else pages.sampling.first(item, written, at=at)
        facts = pages.sampling.facts(sample, item, written, at=at)
        known = self._names_of(work, item) if item.key.startswith("phrases/") else PLACEHOLDERS
        names = list(dict.fromkeys((*sorted(written.names), *known)))
        here, count, shown = page_of(names, number, NAMES_ON_A_PAGE)
        buttons = [Button(cut(f"{name}: {facts[name]}", most=LABEL), copy=f"{{{{ {name} }}}}") for name in shown]
        return (*in_rows(buttons), *turns("content-names", (str(draft.id),), here, count))

    def who(self, work: Work, account: int) -> str:
        if account == FILE:
            return self.speaking.label("content/by-file")
        member = work.team.member(account)
        return self.speaking.label("content/by-former") if member is None else member.name

    def others(self, work: Work, drafts: list[Draft], *, at: datetime) -> Html:
        """Who else is at these words, and with what."""
        lines = [
            self.speaking.staff(
                "content/also-editing",
                member_name=self.who(work, one.by),
                since=self.speaking.moment(one.at, at=at),
                new_value=Html(escape(cut(one.words, most=SHORT))),
            )
            for one in drafts
        ]
        return Html("\n".join(lines))

    def _meanwhile(self, work: Work, draft: Draft, checked: Checked, *, at: datetime) -> Iterator[Html]:
        """Somebody else changed these very words since the draft was begun."""
        if draft.undoes or checked.now == draft.before:
            return
        newest = next(iter(work.revisions.latest(limit=1, file=draft.file)), None)
        by = self.who(work, newest.by if newest is not None else FILE)
        before, now = (Html(escape(cut(words, most=SHORT))) for words in (draft.before, checked.now))
        when = self.speaking.moment(newest.at if newest is not None else at, at=at)
        facts = {"member_name": by, "when": when, "old_value": before, "new_value": now}
        yield self.speaking.staff("content/meanwhile", **facts)

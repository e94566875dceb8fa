"""Look through what the clinic says, item by item, and through what it said before: `/content`."""

from dataclasses import dataclass

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Contact, Member
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.revision import Item, Revision
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import NotRemembered, Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.content_pages import ContentPages, Page
from bot.care.services.content_readers import ContentReaders
from bot.care.services.content_words import MOST_REVISIONS, ContentWords
from bot.care.services.drafted import found
from bot.care.services.editing import Editing
from bot.care.services.leafing import page_of, turns
from bot.care.services.posting import post, show
from bot.care.services.putting_right import PuttingRight
from bot.care.services.retiming import Retiming
from bot.care.services.running_plans import RunningPlans
from bot.care.services.sampling import Sample
from bot.care.services.signing import Signing
from bot.care.services.speaking import Speaking
from bot.care.services.translating import Translating

DEED = "content"
ON_A_PAGE = 5


@dataclass(frozen=True)
class Browsing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    pages: ContentPages
    words: ContentWords
    editing: Editing
    signing: Signing
    retiming: Retiming
    plans: RunningPlans
    translating: Translating
    readers: ContentReaders
    putting_right: PuttingRight

    def command(self, work: Work, who: Sender) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        if member is not None:
            work.audit.add(noted(member, DEED, "words", at=now))
            text, keyboard = self.pages.folder(self.speaking.staff_language, "", 0)
            changes = Button(self.speaking.label("content/changes"), "content-history", ("", "0"))
            sign_off = Button(self.speaking.label("signing/open"), "sign-list", ())
            more = [changes, sign_off]
            if len(self.speaking.shelf.clinic.languages) > 1:
                more.append(Button(self.speaking.label("translating/open"), "translations", ("", "0")))
            post(work, here(who), text, at=now, keyboard=(*keyboard, tuple(more)), purpose=Purpose.CONTENT)

    def open(self, work: Work, who: Sender, tap: Tap) -> None:
        """A folder's subjects, or a subject's items."""
        language, node, number = tap.args
        if self._member(work, who) is not None:
            self._show(work, tap, self.pages.folder(language, node, int(number)))

    def item(self, work: Work, who: Sender, tap: Tap) -> None:
        member = self._member(work, who)
        if member is not None:
            self._show(work, tap, self.pages.item(Item.named(tap.args[0]), member, at=self.clock.now()))

    def days(self, work: Work, who: Sender, tap: Tap) -> None:
        """As whom it may be read: an item as it is, or a draft."""
        kind, subject, sample = tap.args
        if kind == "draft":
            self.editing.days(work, who, tap)
        elif (member := self._member(work, who)) is not None:
            page = self.pages.item(Item.named(subject), member, at=self.clock.now(), sample=Sample.named(sample))
            known = self.words.reading_as.patients(work, kind, subject, Item.named(subject), Sample.named(sample))
            choices = (*self.pages.days(kind, subject, Sample.named(sample)), *known)
            self._show(work, tap, (page[0], (*choices, *page[1][1:])))

    def sample(self, work: Work, who: Sender, tap: Tap) -> None:
        kind, subject, sample = tap.args
        if kind == "draft":
            self.editing.sample(work, who, tap)
        elif (member := self._member(work, who)) is not None:
            now = self.clock.now()
            self._show(work, tap, self.pages.item(Item.named(subject), member, at=now, sample=Sample.named(sample)))

    def patient(self, work: Work, who: Sender, tap: Tap) -> None:
        """As a patient in progress would read it; of them nothing is kept with what is edited."""
        now, (kind, subject, code) = self.clock.now(), tap.args
        member, patient = self._member(work, who), work.patients.by_code(code)
        if member is None or not may(member, "patient") or patient is None:
            return
        if kind == "draft":
            self.editing.patient(work, who, tap, patient)
            return
        item = Item.named(subject)
        written = self.pages.written(item)
        if written is None:
            return
        work.audit.add(noted(member, "patient", f"patient:{patient.code}", at=now, detail=str(item)))
        text = self.words.reading_as.preview(work, patient, item, written.text, at=now)
        self._show(work, tap, (text, self.pages.item(item, member, at=now)[1]))

    def to_me(self, work: Work, who: Sender, tap: Tap) -> None:
        """What is previewed, as the message that a patient would get: to whoever tapped, in their own chat."""
        kind, subject, sample = tap.args
        draft = found(work, subject) if kind == "draft" else None
        item = Item.named(subject) if kind == "item" else draft.item if draft is not None else None
        written = self.pages.written(item) if item is not None else None
        if self._member(work, who) is None or item is None or written is None:
            return
        now, words = self.clock.now(), written.text if draft is None else draft.words
        said = self.pages.sampling.said(Sample.named(sample), item, words, written, at=now)
        post(work, Contact(who.account), said or self.speaking.staff("seeing/template-missing"), at=now)

    def history(self, work: Work, who: Sender, tap: Tap) -> None:
        """What was changed, newest first: of one item, or of all."""
        name, number = tap.args
        if self._member(work, who) is None:
            return
        item = Item.named(name) if name else None
        written = self.pages.written(item) if item is not None else None
        latest = work.revisions.latest(limit=MOST_REVISIONS, file=written.file if written is not None else "")
        self._show(work, tap, self._listed(work, [one for one in latest if item is None or one.of(item)], item, number))

    def revision(self, work: Work, who: Sender, tap: Tap) -> None:
        """One change, old beside new, to be taken back by whoever may."""
        now, member = self.clock.now(), self._member(work, who)
        number, name = tap.args
        if member is None:
            return
        revision = self._revision(work, tap)
        if revision is None:
            return
        item = Item.named(name) if name else None
        text = self.words.revision(work, revision, item, at=now)
        undo = Button(self.speaking.label("content/undo"), "content-undo", (number,))
        readers = Button(self.speaking.label("content/show-readers"), "content-readers", (number, name))
        back = Button(self.speaking.label("content/back"), "content-history", (name, "0"))
        further = (readers,) if self.readers.are_known(revision) else ()
        self._show(work, tap, (text, ((*((undo,) if may(member, "edit-words") else ()), *further, back),)))

    def who_read(self, work: Work, who: Sender, tap: Tap) -> None:
        """The patients who were sent the words of a revision."""
        number, name = tap.args
        member = self._member(work, who)
        if member is None:
            return
        revision = self._revision(work, tap)
        if revision is None:
            return
        work.audit.add(noted(member, "readers", f"revision:{number}", at=self.clock.now()))
        back = Button(self.speaking.label("content/back"), "content-revision", (number, name))
        text = self.readers.listed(work, revision, at=self.clock.now())
        right = Button(self.speaking.label("putting_right/button"), "put-right", (number,))
        may_correct = may(member, "publish-clinical-words")
        self._show(work, tap, (text, (((right,), (back,)) if may_correct else ((back,),))))

    def _revision(self, work: Work, tap: Tap) -> Revision | None:
        """The one that a button is about; of one that is not there any more they are told."""
        try:
            return work.revisions.get(int(tap.args[0]))
        except NotRemembered:
            self._show(work, tap, self.pages.gone())
            return None

    def _listed(self, work: Work, found: list[Revision], item: Item | None, number: str) -> Page:
        now = self.clock.now()
        here_, pages, shown = page_of(found, int(number), ON_A_PAGE)
        lines = Html("\n".join(self.words.line(work, one, at=now) for one in shown))
        what = self.speaking.label("content/section-all") if item is None else self.pages.path(item)
        text = self.speaking.staff(
            "content/history" if found else "content/history-empty",
            what=what,
            listed=lines,
            page=str(here_ + 1),
            pages=str(pages),
        )
        name = str(item) if item is not None else ""
        opening = tuple(Button(str(one.id), "content-revision", (str(one.id), name)) for one in shown)
        root = Button(self.speaking.label("content/back"), "content-open", (self.speaking.staff_language, "", "0"))
        back = root if item is None else self.pages.back_to(item)
        rows = ((opening,) if opening else (), turns("content-history", (name,), here_, pages), ((back,),))
        return text, tuple(row for part in rows for row in part)

    def _member(self, work: Work, who: Sender) -> Member | None:
        return self.admitting.admit(work, who, DEED, at=self.clock.now())

    def _show(self, work: Work, tap: Tap, page: Page) -> None:
        text, keyboard = page
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)

"""Give an item of the content new words: they are tried and read before they go live, and can be taken back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.clinical import is_clinical
from bot.care.model.delivery import Button, MessageRef
from bot.care.model.inbound import Said, Sender, Tap
from bot.care.model.people import Contact, Member, Patient, Role
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.revision import OPEN, Draft, DraftKind, DraftState, Item, Revision
from bot.care.model.sign_off import Approval
from bot.care.model.timing import Timing
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import NotRemembered, Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.content_pages import Page
from bot.care.services.content_words import ContentWords
from bot.care.services.draft_outcome import DraftOutcome
from bot.care.services.draft_pages import DraftPages
from bot.care.services.drafted import ask_for_words, found, stop_asking, words_asked_for
from bot.care.services.posting import edit, post, show
from bot.care.services.sampling import Sample
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

RECENT = timedelta(days=2)
"""Whose draft is older than that is no longer at it."""
WRITING, CHECKING, READY = DraftState.WRITING, DraftState.CHECKING, DraftState.READY
SAVING, ENDED = DraftState.SAVING, DraftState.ENDED


@dataclass(frozen=True)
class Editing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    words: ContentWords
    draft_pages: DraftPages
    outcome: DraftOutcome

    # --- new words ---------------------------------------------------------------------------------------------------

    def begin(self, work: Work, who: Sender, tap: Tap) -> None:
        """The next message of this person in this chat is the new text."""
        now, item = self.clock.now(), Item.named(tap.args[0])
        written = self.words.pages.written(item)
        if self.admitting.admit(work, who, "edit-words", at=now) is None or tap.message_id is None:
            return
        if written is None or written.is_for_its_file:
            self._show(work, tap, self.words.pages.gone())
            return
        draft = Draft(item, written.file, "", written.text, WRITING, who.account, tap.chat, now, tap.message_id)
        self._ask(work, who, work.drafts.add(draft), tap)

    def again(self, work: Work, who: Sender, tap: Tap) -> None:
        """Other words than those that were checked."""
        now = self.clock.now()
        draft = self._mine(work, who, tap, WRITING, READY)
        if draft is None or not draft.is_written:
            return
        writing = draft.turned(WRITING, by=who.account, at=now, chat=tap.chat, message_id=tap.message_id or 0)
        if work.drafts.turn(writing, was=draft.state):
            self._ask(work, who, writing, tap)

    def typed(self, work: Work, said: Said) -> bool:
        """True when these words were asked for as content."""
        now, who = self.clock.now(), said.sender
        draft = words_asked_for(work, said, at=now)
        if draft is None:
            return False
        if self.admitting.admit(work, who, "edit-words", at=now) is None:
            return True
        written = self.words.pages.written(draft.item)
        unfit = self.words.unfit(work, draft.item, said.html)
        if unfit is not None:
            post(work, here(who), unfit, at=now, keyboard=self.draft_pages.cancel(draft), purpose=Purpose.CONTENT)
            return True
        work.flows.clear(who.chat, who.account)
        if written is None:
            work.drafts.turn(draft.turned(ENDED), was=WRITING)
            post(work, here(who), self.words.pages.gone()[0], at=now)
            return True
        posted = post(work, here(who), self.words.draft("checking", draft), at=now, purpose=Purpose.CONTENT)
        sample = draft.sample or str(self.words.pages.sampling.first(draft.item, written, at=now))
        checking = draft.turned(CHECKING, words=said.html.strip(), at=now, sample=sample)
        checking = replace(checking, clinical=self._is_clinical(draft.item), message_id=0, shown=posted.id)
        work.drafts.turn(checking, was=WRITING)
        if draft.message_id:
            old = MessageRef(draft.chat, draft.message_id)
            edit(work, old, self.words.draft("received", draft), at=now)
        return True

    def names(self, work: Work, who: Sender, tap: Tap) -> None:
        """Placeholders with what they say today, to be copied by a tap."""
        draft = self._mine(work, who, tap, WRITING)
        if draft is not None:
            text, keyboard = self._prompt(work, draft)
            offered = self.words.names(work, draft, int(tap.args[1]), at=self.clock.now())
            self._show(work, tap, (text, (*offered, *keyboard[1:])))

    # --- a look, a yes, a no -----------------------------------------------------------------------------------------

    def days(self, work: Work, who: Sender, tap: Tap) -> None:
        """For whom else the preview could be."""
        draft = self._mine(work, who, tap, READY, deed="publish-words", subject=tap.args[1])
        if draft is not None:
            sample = Sample.named(tap.args[2])
            known = self.words.reading_as.patients(work, "draft", tap.args[1], draft.item, sample)
            choices = (*self.words.pages.days("draft", tap.args[1], sample), *known)
            text = self.draft_pages.previewed(draft, at=self.clock.now())
            self._show(work, tap, (text, (*choices, *self.draft_pages.choices(draft))))

    def sample(self, work: Work, who: Sender, tap: Tap) -> None:
        draft = self._mine(work, who, tap, READY, deed="publish-words", subject=tap.args[1])
        if draft is None:
            return
        other = replace(draft, sample=tap.args[2])
        work.drafts.turn(other, was=READY)
        text = self.draft_pages.previewed(other, at=self.clock.now())
        self._show(work, tap, (text, self.draft_pages.choices(other)))

    def patient(self, work: Work, who: Sender, tap: Tap, patient: Patient) -> None:
        """The draft stays for whom it was: nothing of a real patient is kept with it."""
        now = self.clock.now()
        draft = self._mine(work, who, tap, READY, deed="publish-words", subject=tap.args[1])
        member = work.team.member(who.account)
        if draft is not None and member is not None:
            work.audit.add(noted(member, "patient", f"patient:{patient.code}", at=now, detail=str(draft.item)))
            text = self.words.reading_as.preview(work, patient, draft.item, draft.words, at=now)
            self._show(work, tap, (Html(f"{draft.told}\n\n{text}"), self.draft_pages.choices(draft)))

    def publish(self, work: Work, who: Sender, tap: Tap) -> None:
        """What is about symptoms only a clinician lets go live: for anybody else a clinician is asked."""
        now = self.clock.now()
        draft = self._mine(work, who, tap, READY, deed="publish-words")
        member = work.team.member(who.account)
        if draft is None or member is None:
            return
        if draft.clinical and not may(member, "publish-clinical-words"):
            self._ask_clinicians(work, member, draft, tap, at=now)
            return
        saving = draft.turned(SAVING, chat=tap.chat, message_id=tap.message_id or 0, published_by=member.account)
        if draft.moves:
            saving = replace(saving, words=" ".join((str(Timing.named(draft.words)), *tap.args[1:])))
        if draft.kind is DraftKind.APPROVAL:
            saving = self._in_the_name_of(saving, member, at=now)
        if work.drafts.turn(saving, was=READY):
            work.audit.add(noted(member, "publish-words", f"draft:{draft.id}", at=now, detail=str(draft.item)))
            self._show(work, tap, (self.words.draft("saving", draft), ()))

    def discard(self, work: Work, who: Sender, tap: Tap) -> None:
        """Also a clinician's no; whoever wrote the words hears of it."""
        draft = self._mine(work, who, tap, WRITING, READY, deed="publish-words")
        if draft is None or not work.drafts.turn(draft.turned(ENDED), was=draft.state):
            return
        if draft.by == who.account:
            stop_asking(work, draft, at=self.clock.now())
        else:
            told = self.words.draft("declined", draft, member_name=self.words.who(work, who.account))
            post(work, Contact(draft.by), told, at=self.clock.now(), purpose=Purpose.CONTENT)
            self.outcome.tell_asker(work, draft, told, self.draft_pages.back(draft), at=self.clock.now())
        self._show(work, tap, (self.words.draft("discarded", draft), self.draft_pages.back(draft)))

    def undo(self, work: Work, who: Sender, tap: Tap) -> None:
        """What a revision changed shall be as before it; that is tried and read like any other words."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "edit-words", at=now) is None or tap.message_id is None:
            return
        try:
            revision = work.revisions.get(int(tap.args[0]))
        except NotRemembered:
            return
        draft = self._undoing(work, revision, who, tap, at=now)
        work.drafts.add(draft)
        self._show(work, tap, (self.words.draft("checking", draft), ()))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, work: Work, who: Sender, draft: Draft, tap: Tap) -> None:
        """For the new words, in place of what was tapped; in a group only a reply is heard."""
        now = self.clock.now()
        ask_for_words(work, draft, here(who), at=now)
        self._show(work, tap, self._prompt(work, draft))
        if not who.private:
            post(work, here(who), self.words.draft("reply", draft), at=now, force_reply=True)

    def _prompt(self, work: Work, draft: Draft) -> Page:
        now = self.clock.now()
        same = [one for one in work.drafts.in_state(*OPEN) if one.item == draft.item and one.id != draft.id]
        others = self.words.others(work, [one for one in same if now - one.at < RECENT and one.by != draft.by], at=now)
        text = self.words.draft("prompt", draft, text=Html(draft.words or draft.before), remarks=others)
        names = (Button(self.speaking.label("content/names"), "content-names", (str(draft.id), "0")),)
        return text, (names, *self.draft_pages.cancel(draft))

    def _mine(
        self, work: Work, who: Sender, tap: Tap, *states: DraftState, deed: str = "edit-words", subject: str = ""
    ) -> Draft | None:
        """The draft of a tap that may be decided by whoever tapped; else they are told."""
        if self.admitting.admit(work, who, deed, at=self.clock.now()) is None:
            return None
        draft = found(work, subject or tap.args[0])
        if draft is None or draft.state not in states:
            self._show(work, tap, (self.speaking.staff("content/over"), ()))
            return None
        return draft

    def _undoing(self, work: Work, revision: Revision, who: Sender, tap: Tap, *, at: datetime) -> Draft:
        pages, change = self.words.pages, revision.change
        items = [one.item for one in change.rewordings]
        item = items[0] if items else _timed(work, revision) or Item("", f"{DraftKind.FILE}/{change.file}")
        written = pages.written(item) if items else None
        sample = "" if written is None else str(pages.sampling.first(item, written, at=at))
        clinical = not items or any(map(self._is_clinical, items))
        old = change.rewordings[0].old if items else ""
        return Draft(
            item,
            change.file,
            old,
            "",
            CHECKING,
            who.account,
            tap.chat,
            at,
            message_id=tap.message_id or 0,
            undoes=revision.id,
            clinical=clinical,
            sample=sample,
        )

    def _ask_clinicians(self, work: Work, member: Member, draft: Draft, tap: Tap, *, at: datetime) -> None:
        clinicians = [one for one in work.team.members() if one.role is Role.CLINICIAN]
        if not clinicians:
            text = self.speaking.staff("content/no-clinician")
            self._show(work, tap, (Html(f"{draft.told}\n\n{text}"), self.draft_pages.choices(draft)))
            return
        asked = self.speaking.staff("content/for-clinician", member_name=member.name)
        text = Html(f"{asked}\n\n{self.draft_pages.previewed(draft, at=at)}")
        choices = self.draft_pages.choices(draft, is_asked=True)
        for one in clinicians:
            post(work, one.contact, text, at=at, keyboard=choices, purpose=Purpose.CONTENT)
        listed = ", ".join(one.name for one in clinicians)
        work.drafts.turn(replace(draft, asked_chat=tap.chat, asked_message=tap.message_id or 0), was=READY)
        told = self.words.draft("asked-clinicians", draft, listed=listed)
        self._show(work, tap, (told, self.draft_pages.cancel(draft)))

    def _in_the_name_of(self, draft: Draft, member: Member, *, at: datetime) -> Draft:
        """Whoever gives the last tap stands for it, whoever began."""
        told = Approval.named(draft.treatment, draft.words)
        on = local_day(at, self.speaking.shelf.clinic.zone)
        return replace(draft, by=member.account, words=str(replace(told, by=member.name, on=on)))

    def _is_clinical(self, item: Item) -> bool:
        section, _, name = item.key.partition("/")
        topic = self.speaking.shelf.topics(item.language).get(name.partition("/")[0]) if section == "faq" else None
        written = self.words.pages.written(item)
        names = frozenset[str]() if written is None else written.names
        return is_clinical(item.key, names, is_symptom=topic is not None and topic.symptom)

    def _show(self, work: Work, tap: Tap, page: Page) -> None:
        text, keyboard = page
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)


def _timed(work: Work, revision: Revision) -> Item | None:
    """What a change of a timing, or the undo of one, is about."""
    kind, _, about = revision.why.partition(":")
    if kind == "undo":
        return _timed(work, work.revisions.get(int(about)))
    return Item("", f"{DraftKind.TIMING}/{about}") if kind == "timing" else None

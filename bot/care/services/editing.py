"""Give an item of the content new words: they are tried and read before they go live, and can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.clinical import is_clinical
from bot.care.model.delivery import Act, ActKind, Button, Keyboard, MessageRef
from bot.care.model.inbound import AuditEvent, Flow, Said, Sender, Tap
from bot.care.model.people import Contact, Member, Patient, Role
from bot.care.model.permissions import may
from bot.care.model.revision import (
    KEEP,
    MOVE,
    OPEN,
    TIMING,
    UNDO,
    Checked,
    Draft,
    DraftState,
    FileChange,
    Item,
    Revision,
    Verdict,
)
from bot.care.model.sign_off import Approval
from bot.care.model.timing import Timing
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import NotRemembered, Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.content_pages import Page
from bot.care.services.content_words import ContentWords
from bot.care.services.drafted import FLOW, found, words_asked_for
from bot.care.services.posting import edit, post, put, show
from bot.care.services.running_plans import hold_plans
from bot.care.services.sampling import Sample
from bot.care.services.speaking import Speaking
from bot.care.services.stale_translations import StaleTranslations
from scheduler.localtime import local_day

WAITS = timedelta(minutes=60)
"""For new words; what was checked waits as long as its file stays the same."""
RECENT = timedelta(days=2)
"""Whose draft is older than that is no longer at it."""
WRITING, CHECKING, READY = DraftState.WRITING, DraftState.CHECKING, DraftState.READY
SAVING, MOVING = DraftState.SAVING, DraftState.MOVING
SAVED, ENDED = DraftState.SAVED, DraftState.ENDED

Next = tuple[Draft, Html, Keyboard]
"""What it has become, what is read of it, and what may be tapped."""


@dataclass(frozen=True)
class Editing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    words: ContentWords

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
        draft = self._mine(work, who, tap, READY)
        if draft is None or not draft.is_written:
            return
        writing = draft.turned(WRITING, by=who.account, at=now, chat=tap.chat, message_id=tap.message_id or 0)
        if work.drafts.turn(writing, was=READY):
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
            post(work, here(who), unfit, at=now, keyboard=self._cancel(draft), purpose="content")
            return True
        work.flows.clear(who.chat, who.account)
        if written is None:
            work.drafts.turn(draft.turned(ENDED), was=WRITING)
            post(work, here(who), self.words.pages.gone()[0], at=now)
            return True
        posted = post(work, here(who), self.words.draft("checking", draft), at=now, purpose="content")
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
            self._show(work, tap, (self._previewed(draft), (*choices, *self._choices(draft))))

    def sample(self, work: Work, who: Sender, tap: Tap) -> None:
        draft = self._mine(work, who, tap, READY, deed="publish-words", subject=tap.args[1])
        if draft is None:
            return
        other = replace(draft, sample=tap.args[2])
        work.drafts.turn(other, was=READY)
        self._show(work, tap, (self._previewed(other), self._choices(other)))

    def patient(self, work: Work, who: Sender, tap: Tap, patient: Patient) -> None:
        """The draft stays for whom it was: nothing of a real patient is kept with it."""
        now = self.clock.now()
        draft = self._mine(work, who, tap, READY, deed="publish-words", subject=tap.args[1])
        member = work.team.member(who.account)
        if draft is not None and member is not None:
            work.audit.add(noted(member, "patient", f"patient:{patient.code}", at=now, detail=str(draft.item)))
            text = self.words.reading_as.preview(work, patient, draft.item, draft.words, at=now)
            self._show(work, tap, (Html(f"{draft.told}\n\n{text}"), self._choices(draft)))

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
        if draft.approves:
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
            work.flows.clear(draft.chat, draft.by)
        else:
            told = self.words.draft("declined", draft, member_name=self.words.who(work, who.account))
            post(work, Contact(draft.by), told, at=self.clock.now(), purpose="content")
            self._tell_asker(work, draft, told, self._back(draft), at=self.clock.now())
        self._show(work, tap, (self.words.draft("discarded", draft), self._back(draft)))

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

    # --- what came out -----------------------------------------------------------------------------------------------

    def told(self, work: Work, draft: Draft, checked: Checked, *, at: datetime) -> Html:
        """All that is read of a check; looks at everybody, so a reader works it out."""
        return self.words.checked(work, draft, checked, at=at)

    def held_back(self, work: Work, draft: Draft, checked: Checked, *, at: datetime) -> Mapping[str, Html]:
        """What is to be told of translations once it is saved; looks at everybody as well."""
        if checked.verdict is not Verdict.DONE or checked.change is None:
            return {}
        revision = _revision(draft, checked.change, checked.version, at=at)
        return StaleTranslations(self.words.pages.sampling.library).news(work, [revision])

    def came_out(
        self,
        work: Work,
        draft: Draft,
        checked: Checked,
        told: Html,
        held_back: Mapping[str, Html],
        *,
        at: datetime,
    ) -> None:
        """The end of work under way; whoever was told of it already is not told again."""
        if not work.drafts.turn(draft, was=draft.state):
            return
        is_look = draft.state is CHECKING
        if is_look and self.words.may_still_hold(work, draft, checked):
            checked = replace(checked, verdict=Verdict.DONE)
        came = (
            self._checked(work, draft, checked, told, at)
            if is_look
            else self._saved(work, draft, checked, held_back, at)
        )
        turned, text, keyboard = came
        work.drafts.turn(turned, was=draft.state)
        self._tell_both(work, turned, text, keyboard, at=at)

    def _checked(self, work: Work, draft: Draft, checked: Checked, told: Html, at: datetime) -> Next:
        if checked.verdict is Verdict.DONE and checked.change is not None:
            print_ = checked.change.old_print
            ready = draft.turned(READY, print=print_, told=told, before=checked.now)
            return ready, self._previewed(ready), self._choices(ready)
        if checked.verdict is Verdict.REFUSED and draft.is_written:
            # the next message is their mended words
            work.flows.put(self._flow(draft, Contact(draft.chat), at=at))
            return draft.turned(WRITING, at=at, message_id=0), told, self._cancel(draft)
        if checked.verdict is Verdict.SAME and draft.for_plans:
            # written by a process that did not live to say so
            return self._moving(draft, at=at)
        return draft.turned(ENDED), told, self._back(draft)

    def _saved(self, work: Work, draft: Draft, checked: Checked, held_back: Mapping[str, Html], at: datetime) -> Next:
        if checked.verdict is Verdict.CHANGED:
            return draft.turned(CHECKING), self.words.draft("looking-again", draft), ()
        if checked.verdict is Verdict.DONE and checked.change is not None:
            revision = work.revisions.add(_revision(draft, checked.change, checked.version, at=at))
            StaleTranslations(self.words.pages.sampling.library).tell(work, held_back, at=at)
            deed = "approve" if draft.approves else "revise-words"
            work.audit.add(AuditEvent(at, f"member:{draft.by}", deed, f"revision:{revision.id}", str(draft.item)))
            if draft.for_plans:
                return self._moving(draft, at=at)
            if not draft.times[0]:
                # a file that somebody had changed by hand is taken back
                hold_plans(work, checked.change, at=at)
            undo = (Button(self._label("undo"), "content-undo", (str(revision.id),)),)
            return draft.turned(SAVED), self.words.draft("saved", draft), (undo, *self._onward(draft))
        if checked.verdict is Verdict.READ_ONLY:
            return draft.turned(READY), self.words.end(draft, checked), self._choices(draft)
        return draft.turned(ENDED), self.words.end(draft, checked), self._back(draft)

    def _moving(self, draft: Draft, *, at: datetime) -> Next:
        text = self.speaking.staff("timing/moving", what=self.words.subject(draft.item, draft.file))
        return draft.turned(MOVING, at=at), text, ()

    def moved(self, work: Work, draft: Draft, *, count: int | None, at: datetime) -> None:
        """Running plans follow the new timing, or stay; None: it is not in use any more."""
        what = self.words.subject(draft.item, draft.file)
        name = "timing/not-moved" if count is None else f"timing/{'moved' if draft.for_plans == MOVE else 'kept'}"
        saved = draft.turned(SAVED)
        if work.drafts.turn(saved, was=MOVING):
            text = self.speaking.staff(name, what=what, count=str(count))
            self._tell_both(work, saved, text, self._onward(draft), at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, work: Work, who: Sender, draft: Draft, tap: Tap) -> None:
        """For the new words, in place of what was tapped; in a group only a reply is heard."""
        now = self.clock.now()
        work.flows.put(self._flow(draft, here(who), at=now))
        self._show(work, tap, self._prompt(work, draft))
        if not who.private:
            post(work, here(who), self.words.draft("reply", draft), at=now, force_reply=True)

    def _prompt(self, work: Work, draft: Draft) -> Page:
        now = self.clock.now()
        same = [one for one in work.drafts.in_state(*OPEN) if one.item == draft.item and one.id != draft.id]
        others = self.words.others(work, [one for one in same if now - one.at < RECENT and one.by != draft.by], at=now)
        text = self.words.draft("prompt", draft, text=Html(draft.words or draft.before), remarks=others)
        names = (Button(self._label("names"), "content-names", (str(draft.id), "0")),)
        return text, (names, *self._cancel(draft))

    def _flow(self, draft: Draft, to: Contact, *, at: datetime) -> Flow:
        return Flow(to.chat, draft.by, FLOW, {"draft": str(draft.id)}, at + WAITS)

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
        item = items[0] if items else _timed(work, revision) or Item("", f"file/{change.file}")
        written = pages.written(item) if items else None
        sample = "" if written is None else str(pages.sampling.first(item, written, at=at))
        clinical = not items or any(map(self._is_clinical, items))
        old = change.rewordings[0].old if items else ""
        place = {"message_id": tap.message_id or 0, "undoes": revision.id, "clinical": clinical, "sample": sample}
        return Draft(item, change.file, old, "", CHECKING, who.account, tap.chat, at, **place)  # type: ignore[arg-type]

    def _ask_clinicians(self, work: Work, member: Member, draft: Draft, tap: Tap, *, at: datetime) -> None:
        clinicians = [one for one in work.team.members() if one.role is Role.CLINICIAN]
        if not clinicians:
            text = self.speaking.staff("content/no-clinician")
            self._show(work, tap, (Html(f"{draft.told}\n\n{text}"), self._choices(draft)))
            return
        asked = self.speaking.staff("content/for-clinician", member_name=member.name)
        for one in clinicians:
            text = Html(f"{asked}\n\n{self._previewed(draft)}")
            post(work, one.contact, text, at=at, keyboard=self._choices(draft, is_asked=True), purpose="content")
        listed = ", ".join(one.name for one in clinicians)
        work.drafts.turn(replace(draft, asked_chat=tap.chat, asked_message=tap.message_id or 0), was=READY)
        self._show(work, tap, (self.words.draft("asked-clinicians", draft, listed=listed), self._cancel(draft)))

    def _in_the_name_of(self, draft: Draft, member: Member, *, at: datetime) -> Draft:
        """Whoever gives the last tap stands for it, whoever began."""
        told = Approval.named(draft.approves, draft.words)
        on = local_day(at, self.speaking.shelf.clinic.zone)
        return replace(draft, by=member.account, words=str(replace(told, by=member.name, on=on)))

    def _is_clinical(self, item: Item) -> bool:
        section, _, name = item.key.partition("/")
        topic = self.speaking.shelf.topics(item.language).get(name.partition("/")[0]) if section == "faq" else None
        written = self.words.pages.written(item)
        names = frozenset[str]() if written is None else written.names
        return is_clinical(item.key, names, is_symptom=topic is not None and topic.symptom)

    def _previewed(self, draft: Draft) -> Html:
        pages = self.words.pages
        written = pages.written(draft.item) if draft.sample else None
        if written is None:
            return Html(draft.told)
        now = self.clock.now()
        return Html(
            f"{draft.told}\n\n{pages.preview(Sample.named(draft.sample), draft.item, draft.words, written, at=now)}"
        )

    def _choices(self, draft: Draft, *, is_asked: bool = False) -> Keyboard:
        """`is_asked`: whoever is only asked writes no other words."""
        which = (str(draft.id),)
        group = "signing" if draft.approves else "content"
        yes = Button(self.speaking.label(f"{group}/{'yes' if draft.approves else 'publish'}"), "content-publish", which)
        no = Button(self.speaking.label(f"{group}/{'no' if draft.approves else 'discard'}"), "content-discard", which)
        other = Button(self._label("other-day"), "content-days", ("draft", *which, draft.sample))
        again = Button(self._label("again"), "content-again", which)
        if draft.moves:
            keep = Button(self.speaking.label("timing/keep"), "content-publish", (*which, KEEP))
            move = Button(self.speaking.label("timing/move"), "content-publish", (*which, MOVE))
            return (keep,), (move,), (no,)
        may_reword = draft.is_written and not is_asked
        further = (*((other,) if draft.sample else ()), *((again,) if may_reword else ()))
        to_me = ((self.words.pages.to_me("draft", which[0], Sample.named(draft.sample)),),) if draft.sample else ()
        return (yes, no), *((further,) if further else ()), *to_me

    def _cancel(self, draft: Draft) -> Keyboard:
        return ((Button(self._label("cancel"), "content-discard", (str(draft.id),)),),)

    def _back(self, draft: Draft) -> Keyboard:
        if draft.approves:
            return ((Button(self._label("back"), "sign-list", ()),),)
        if draft.times[0]:
            return ((Button(self._label("back"), "timing-open", (*draft.times, "")),),)
        return ((self.words.pages.back_to(draft.item),),) if self.words.pages.written(draft.item) else ()

    def _onward(self, draft: Draft) -> Keyboard:
        """Where an approval ended with it, the way to a new one: until then only test patients are enrolled."""
        sign_offs = self.words.pages.shelf.sign_offs.values()
        stood_for = (one for one in sign_offs if one.covers(draft.item) or one.treatment == draft.times[0])
        if draft.approves or all(one.approval is None for one in stood_for):
            return self._back(draft)
        return *self._back(draft), (Button(self.speaking.label("signing/open"), "sign-list", ()),)

    def _label(self, name: str) -> str:
        return self.speaking.label(f"content/{name}")

    def _tell(self, work: Work, draft: Draft, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        """In the message that says how the draft fares."""
        if draft.message_id:
            edit(work, MessageRef(draft.chat, draft.message_id), text, at=at, keyboard=keyboard)
            return
        act = Act(ActKind.EDIT, Contact(draft.chat), text=text, keyboard=keyboard)
        put(work, act, at=at, purpose="edit", after=draft.shown)

    def _tell_both(self, work: Work, draft: Draft, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        """Whoever let it go live, and whoever had asked for that, once it has ended."""
        if draft.state is SAVED and draft.asked_message:
            by = self.speaking.staff("content/published-by", member_name=self.words.who(work, draft.published_by))
            text = Html(f"{text}\n{by}")
        self._tell(work, draft, text, keyboard, at=at)
        if draft.state in (SAVED, ENDED):
            self._tell_asker(work, draft, text, keyboard, at=at)

    def _tell_asker(self, work: Work, draft: Draft, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        asked = MessageRef(draft.asked_chat, draft.asked_message)
        if draft.asked_message and asked != MessageRef(draft.chat, draft.message_id):
            edit(work, asked, text, at=at, keyboard=keyboard)

    def _show(self, work: Work, tap: Tap, page: Page) -> None:
        text, keyboard = page
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)


def _timed(work: Work, revision: Revision) -> Item | None:
    """What a change of a timing, or the undo of one, is about."""
    kind, _, about = revision.why.partition(":")
    if kind == "undo":
        return _timed(work, work.revisions.get(int(about)))
    return Item("", f"{TIMING}/{about}") if kind == "timing" else None


def _revision(draft: Draft, change: FileChange, version: str, *, at: datetime) -> Revision:
    return Revision(at, draft.by, _why(draft), change, version, draft.published_by)


def _why(draft: Draft) -> str:
    """Of a revision, for its line in the history."""
    if draft.undoes:
        return f"{UNDO}{draft.undoes}"
    if draft.approves:
        return f"approve:{draft.approves}"
    return f"timing:{'/'.join(draft.times)}" if draft.times[0] else "edit"

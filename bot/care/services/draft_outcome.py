"""What came of trying a change of the content, of writing it, and of moving running plans: noted, and told to staff."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Button, Keyboard, MessageRef
from bot.care.model.inbound import AuditEvent
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.revision import MOVE, UNDO, Checked, Draft, DraftKind, DraftState, FileChange, Revision, Verdict
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.content_words import ContentWords
from bot.care.services.draft_pages import DraftPages
from bot.care.services.drafted import ask_for_words, is_asked_else
from bot.care.services.posting import edit, put
from bot.care.services.running_plans import hold_plans
from bot.care.services.speaking import Speaking
from bot.care.services.stale_translations import StaleTranslations

WRITING, CHECKING, READY = DraftState.WRITING, DraftState.CHECKING, DraftState.READY
MOVING, SAVED, ENDED = DraftState.MOVING, DraftState.SAVED, DraftState.ENDED

Next = tuple[Draft, Html, Keyboard]
"""What it has become, what is read of it, and what may be tapped."""


@dataclass(frozen=True)
class DraftOutcome:
    speaking: Speaking
    words: ContentWords
    pages: DraftPages

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

    def moved(self, work: Work, draft: Draft, *, count: int | None, at: datetime) -> None:
        """Running plans follow the new timing, or stay; None: it is not in use any more."""
        what = self.words.subject(draft.item, draft.file)
        name = "timing/not-moved" if count is None else f"timing/{'moved' if draft.for_plans == MOVE else 'kept'}"
        saved = draft.turned(SAVED)
        if work.drafts.turn(saved, was=MOVING):
            text = self.speaking.staff(name, what=what, count=str(count))
            self._tell_both(work, saved, text, self.pages.onward(draft), at=at)

    def tell_asker(self, work: Work, draft: Draft, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        """In the message in which somebody asked a clinician; nothing where nobody did, or it is told there anyway."""
        asked = MessageRef(draft.asked_chat, draft.asked_message)
        if draft.asked_message and asked != MessageRef(draft.chat, draft.message_id):
            edit(work, asked, text, at=at, keyboard=keyboard)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _checked(self, work: Work, draft: Draft, checked: Checked, told: Html, at: datetime) -> Next:
        if checked.verdict is Verdict.DONE and checked.change is not None:
            print_ = checked.change.old_print
            ready = draft.turned(READY, print=print_, told=told, before=checked.now)
            return ready, self.pages.previewed(ready, at=at), self.pages.choices(ready)
        if checked.verdict is Verdict.REFUSED and draft.is_written:
            writing = draft.turned(WRITING, at=at, message_id=0)
            if is_asked_else(work, draft, at=at):
                return writing, told, self.pages.refused(draft)
            # the next message is their mended words
            ask_for_words(work, draft, Contact(draft.chat), at=at)
            return writing, told, self.pages.cancel(draft)
        if checked.verdict is Verdict.SAME and draft.for_plans:
            # written by a process that did not live to say so
            return self._moving(draft, at=at)
        return draft.turned(ENDED), told, self.pages.back(draft)

    def _saved(self, work: Work, draft: Draft, checked: Checked, held_back: Mapping[str, Html], at: datetime) -> Next:
        if checked.verdict is Verdict.CHANGED:
            return draft.turned(CHECKING), self.words.draft("looking-again", draft), ()
        if checked.verdict is Verdict.DONE and checked.change is not None:
            revision = work.revisions.add(_revision(draft, checked.change, checked.version, at=at))
            StaleTranslations(self.words.pages.sampling.library).tell(work, held_back, at=at)
            deed = "approve" if draft.kind is DraftKind.APPROVAL else "revise-words"
            work.audit.add(AuditEvent(at, f"member:{draft.by}", deed, f"revision:{revision.id}", str(draft.item)))
            if draft.for_plans:
                return self._moving(draft, at=at)
            if draft.kind is not DraftKind.TIMING:
                # a file that somebody had changed by hand is taken back
                hold_plans(work, checked.change, at=at)
            undo = (Button(self.speaking.label("content/undo"), "content-undo", (str(revision.id),)),)
            return draft.turned(SAVED), self.words.draft("saved", draft), (undo, *self.pages.onward(draft))
        if checked.verdict is Verdict.READ_ONLY:
            return draft.turned(READY), self.words.end(draft, checked), self.pages.choices(draft)
        return draft.turned(ENDED), self.words.end(draft, checked), self.pages.back(draft)

    def _moving(self, draft: Draft, *, at: datetime) -> Next:
        text = self.speaking.staff("timing/moving", what=self.words.subject(draft.item, draft.file))
        return draft.turned(MOVING, at=at), text, ()

    def _tell(self, work: Work, draft: Draft, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        """In the message that says how the draft fares."""
        if draft.message_id:
            edit(work, MessageRef(draft.chat, draft.message_id), text, at=at, keyboard=keyboard)
            return
        act = Act(ActKind.EDIT, Contact(draft.chat), text=text, keyboard=keyboard)
        put(work, act, at=at, purpose=Purpose.EDIT, after=draft.shown)

    def _tell_both(self, work: Work, draft: Draft, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        """Whoever let it go live, and whoever had asked for that, once it has ended."""
        if draft.state is SAVED and draft.asked_message:
            by = self.speaking.staff("content/published-by", member_name=self.words.who(work, draft.published_by))
            text = Html(f"{text}\n{by}")
        self._tell(work, draft, text, keyboard, at=at)
        if draft.state in (SAVED, ENDED):
            self.tell_asker(work, draft, text, keyboard, at=at)


def _revision(draft: Draft, change: FileChange, version: str, *, at: datetime) -> Revision:
    return Revision(at, draft.by, _why(draft), change, version, draft.published_by)


def _why(draft: Draft) -> str:
    """Of a revision, for its line in the history."""
    if draft.undoes:
        return f"{UNDO}{draft.undoes}"
    match draft.kind:
        case DraftKind.APPROVAL:
            return f"approve:{draft.treatment}"
        case DraftKind.TIMING:
            return f"timing:{'/'.join(draft.times)}"
        case _:
            return "edit"

"""File a phrasing under a topic: its effect is read before anything is saved, and what was saved can be taken out."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard, MessageRef
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Member, Role
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.unanswered import End, FilingState, Group, Outcome, Phrasing
from bot.care.model.unanswered import Filing as Filed
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import NotRemembered, Work
from bot.care.services.admitting import Admitting
from bot.care.services.effect_words import EffectWords
from bot.care.services.posting import edit, post, show
from bot.care.services.speaking import Speaking

DEED, SYMPTOM_DEED = "file-phrasing", "file-symptom-phrasing"
WEIGHING, READY, SAVING = FilingState.WEIGHING, FilingState.READY, FilingState.SAVING
SAVED, TAKING_OUT, ENDED = FilingState.SAVED, FilingState.TAKING_OUT, FilingState.ENDED

Next = tuple[Filed, Html, tuple[Button, ...]]
"""What it has become, what is read of it, and what may be tapped."""


@dataclass(frozen=True)
class Filing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    words: EffectWords

    # --- what a person taps ------------------------------------------------------------------------------------------

    def prepare(self, work: Work, who: Sender, tap: Tap) -> None:
        """Nothing is saved by this tap: its effect is worked out and shown."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        group = self.words.pages.find(work, tap.args[0])
        if member is None or tap.message_id is None or not work.outbox.use_tap(tap.token, at=now):
            return
        if group is None:
            self._show(work, tap, self.speaking.staff("unanswered/gone"), (self._back(),))
            return
        phrasing = Phrasing(group.newest.language, tap.args[1], group.newest.words)
        filing = Filed(phrasing, group.id, WEIGHING, member.account, tap.chat, tap.message_id, now)
        work.filings.add(replace(filing, clinical=self._is_clinical(phrasing, group)))
        self._show(work, tap, self.words.phrasing("working", phrasing))

    def save(self, work: Work, who: Sender, tap: Tap) -> None:
        """What is about symptoms only a clinician saves: for anybody else a clinician is asked."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        if member is None:
            return
        filing = self._found(work, tap)
        if filing is None or filing.state is not READY:
            self._show(work, tap, self.speaking.staff("unanswered/over"), (self._back(),))
        elif filing.clinical and not may(member, SYMPTOM_DEED):
            self._ask_clinicians(work, member, filing, tap, at=now)
        else:
            self._go_on(work, member, filing, SAVING, tap)

    def discard(self, work: Work, who: Sender, tap: Tap) -> None:
        member = self.admitting.admit(work, who, DEED, at=self.clock.now())
        filing = self._found(work, tap)
        if member is None:
            return
        if filing is None or not work.filings.turn(filing.turned(ENDED), was=READY):
            self._show(work, tap, self.speaking.staff("unanswered/over"), (self._back(),))
            return
        text = self.words.phrasing("discarded", filing.phrasing, member_name=member.name)
        self._show(work, tap, text, (self._back(),))

    def take_out(self, work: Work, who: Sender, tap: Tap) -> None:
        """What a clinician had to save only a clinician takes out."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        if member is None:
            return
        filing = self._found(work, tap)
        if filing is None or filing.state is not SAVED:
            self._show(work, tap, self.speaking.staff("unanswered/over"), (self._back(),))
        elif filing.clinical and not may(member, SYMPTOM_DEED):
            self._ask_clinicians(work, member, filing, tap, at=now)
        else:
            self._go_on(work, member, filing, TAKING_OUT, tap)

    # --- what came out -----------------------------------------------------------------------------------------------

    def came_out(self, work: Work, filing: Filed, outcome: Outcome, *, at: datetime) -> None:
        """The end of work under way; whoever was told of it already is not told again."""
        if not work.filings.turn(filing, was=filing.state):
            return
        after = {WEIGHING: self._weighed, SAVING: self._saved, TAKING_OUT: self._taken_out}
        turned, text, buttons = after[filing.state](work, filing, outcome, at)
        work.filings.turn(turned, was=filing.state)
        keyboard: Keyboard = tuple((button,) for button in buttons)
        edit(work, MessageRef(filing.chat, filing.message_id), text, at=at, keyboard=keyboard)

    def _weighed(self, _work: Work, filing: Filed, outcome: Outcome, _at: datetime) -> Next:
        if outcome.end is not End.DONE:
            return filing.turned(ENDED), self.words.end(filing.phrasing, outcome), (self._back(),)
        told = self.words.effect(filing.phrasing, outcome.effect)
        if filing.clinical:
            told = Html(f"{told}\n\n{self.speaking.staff('unanswered/symptom')}")
        return filing.turned(READY, print=outcome.print, told=told), told, self._choices(filing)

    def _saved(self, work: Work, filing: Filed, outcome: Outcome, at: datetime) -> Next:
        if outcome.end is End.CHANGED:
            return filing.turned(WEIGHING), self.words.phrasing("end-changed", filing.phrasing), ()
        # these very words in this very place: it was written before a restart
        if outcome.end is End.DONE or (outcome.end is End.THERE and filing.phrasing.target in outcome.reasons):
            count = work.unanswered.file(filing.group, filing.id)
            self._note(work, filing, DEED, at=at)
            text = self.words.phrasing("saved", filing.phrasing, count=str(count))
            return filing.turned(SAVED), text, (self._out(filing), self._back())
        text = self.words.end(filing.phrasing, outcome)
        if outcome.end is End.READ_ONLY:
            return filing.turned(READY), text, self._choices(filing)
        return filing.turned(ENDED), text, (self._back(),)

    def _taken_out(self, work: Work, filing: Filed, outcome: Outcome, at: datetime) -> Next:
        if outcome.end in (End.DONE, End.NOT_THERE):
            work.unanswered.unfile(filing.id)
            self._note(work, filing, "take-out-phrasing", at=at)
            return filing.turned(ENDED), self.words.phrasing("taken-out", filing.phrasing), (self._back(),)
        if outcome.end is End.CHANGED:
            return filing, self.words.phrasing("taking-out", filing.phrasing), ()
        again = self._out(filing)
        return filing.turned(SAVED), self.words.end(filing.phrasing, outcome), (again, self._back())

    # --- inside ------------------------------------------------------------------------------------------------------

    def _go_on(self, work: Work, member: Member, filing: Filed, state: FilingState, tap: Tap) -> None:
        """In the background from here; the result is shown where it was asked for."""
        if tap.message_id is None:
            return
        going = filing.turned(state, by=member.account, chat=tap.chat, message_id=tap.message_id)
        if work.filings.turn(going, was=filing.state):
            self._show(work, tap, self.words.phrasing(state.value, filing.phrasing))

    def _ask_clinicians(self, work: Work, member: Member, filing: Filed, tap: Tap, *, at: datetime) -> None:
        """To save it, or to take out what is saved."""
        is_out = filing.state is SAVED
        which, choices = ("out-", (self._out(filing),)) if is_out else ("", self._choices(filing))
        told = self.words.phrasing("filed", filing.phrasing) if is_out else filing.told
        clinicians = [one for one in work.team.members() if one.role is Role.CLINICIAN]
        if not clinicians:
            text = self.speaking.staff(f"unanswered/{which}no-clinician")
            self._show(work, tap, Html(f"{told}\n\n{text}"), choices)
            return
        asked = self.speaking.staff(f"unanswered/{which}for-clinician", member_name=member.name)
        keyboard: Keyboard = tuple((button,) for button in choices)
        for one in clinicians:
            post(work, one.contact, Html(f"{asked}\n\n{told}"), at=at, keyboard=keyboard, purpose=Purpose.FILE_PHRASING)
        listed = ", ".join(one.name for one in clinicians)
        self._show(work, tap, self.words.phrasing("asked-clinicians", filing.phrasing, listed=listed), (self._back(),))

    def _is_clinical(self, phrasing: Phrasing, group: Group) -> bool:
        """Of symptom words it is a clinician's judgement, too, that they are not for us."""
        topics = self.speaking.shelf.topics(phrasing.language)
        about = (phrasing.target,) if phrasing.family is None else group.closest
        return any(topics[topic].symptom for topic in about if topic in topics)

    def _found(self, work: Work, tap: Tap) -> Filed | None:
        try:
            return work.filings.get(int(tap.args[0]))
        except NotRemembered:
            return None

    def _note(self, work: Work, filing: Filed, deed: str, *, at: datetime) -> None:
        where = f"{filing.phrasing.language} {filing.phrasing.target}"
        work.audit.add(AuditEvent(at, f"member:{filing.by}", deed, f"filing:{filing.id}", where))

    def _choices(self, filing: Filed) -> tuple[Button, ...]:
        label, which = self.speaking.label, (str(filing.id),)
        return (
            Button(label("unanswered/save"), "file-save", which),
            Button(label("unanswered/discard"), "file-discard", which),
        )

    def _out(self, filing: Filed) -> Button:
        return Button(self.speaking.label("unanswered/take-out"), "file-out", (str(filing.id),))

    def _back(self) -> Button:
        return self.words.pages.back()

    def _show(self, work: Work, tap: Tap, text: Html, buttons: tuple[Button, ...] = ()) -> None:
        keyboard: Keyboard = tuple((button,) for button in buttons)
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)

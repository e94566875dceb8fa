"""Hear what somebody writes: danger signs first, then single words, open questions, and the clinic's answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import Entry, Flow, Heard, Said, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM
from bot.care.model.texts import holds
from bot.care.model.words import Html
from bot.care.ports.hearing import Match, Understanding
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.answering import Answering
from bot.care.services.confidence import confided, confided_since, was_denied
from bot.care.services.confiding import Confiding
from bot.care.services.dates_offered import DatesOffered
from bot.care.services.desk import DeskWork
from bot.care.services.editing import Editing
from bot.care.services.enrolling import Enrolling
from bot.care.services.escalating import Escalating
from bot.care.services.joining import Joining
from bot.care.services.knowing import Knowing
from bot.care.services.leaving import Leaving
from bot.care.services.passing_on import PassingOn, is_told
from bot.care.services.posting import post, show, tell
from bot.care.services.putting_right import PuttingRight
from bot.care.services.rating import Rating
from bot.care.services.ringing import CANNOT_WAIT
from bot.care.services.selfcare import SelfCare
from bot.care.services.talking import Talking, last_words, let_go
from bot.care.services.topics import Topics
from bot.care.services.triaging import QUIET, STRANGER, Triaging
from bot.care.services.whose import own_cases

OFFERED = 3
CONVERSATION = "conversation"
THANKS = "thanks"
"""The one family of words that calls for nobody once a case is closed."""
TALK_LASTS = timedelta(hours=4)
"""After a person of the clinic has written, what the bot does not know is theirs to read."""


@dataclass(frozen=True)
class Listening:
    clock: Clock
    knowing: Knowing
    understanding: Understanding
    escalating: Escalating
    answering: Answering
    selfcare: SelfCare
    leaving: Leaving
    enrolling: Enrolling
    joining: Joining
    desk: DeskWork
    editing: Editing
    putting_right: PuttingRight

    @property
    def triaging(self) -> Triaging:
        return Triaging(self.knowing, self.understanding, self.escalating)

    @property
    def _passing_on(self) -> PassingOn:
        return PassingOn(self.knowing, self.escalating)

    @property
    def _rating(self) -> Rating:
        return Rating(self.answering)

    @property
    def talking(self) -> Talking:
        return Talking(self.clock, self.knowing, self.escalating)

    @property
    def topics(self) -> Topics:
        return Topics(self.knowing)

    # --- red flags ---------------------------------------------------------------------------------------------------

    def raises(self, work: Work, said: Said, *, at: datetime) -> bool:
        """Every inbound text passes here before anything may answer it."""
        raised = self.triaging.raises(work, self._rating.meant(work, said, at=at), at=at)
        patient = work.patients.by_chat(said.sender.chat) if raised and said.media else None
        if patient is not None:
            # the image is never waited for, but never lost either
            self._passing_on.pass_on(work, patient, said, at=at, quietly=True)
        return raised

    def amber_yes(self, work: Work, who: Sender, tap: Tap) -> None:
        """It is happening now: as if it had been certain from the start."""
        self._clarified(work, who, tap, yes=True)

    def amber_no(self, work: Work, who: Sender, tap: Tap) -> None:
        """It is not: the question that was meant is answered. What staff were told already, they close."""
        self._clarified(work, who, tap, yes=False)

    # --- everything else ---------------------------------------------------------------------------------------------

    def hear(self, work: Work, said: Said) -> None:
        """A private text that raised nothing; it never ends without an answer."""
        now = self.clock.now()
        who = said.sender
        if not who.private or self.desk.reply(work, said, at=now):
            return
        if not said.edited and any(
            form.typed(work, said) for form in (self.editing, self.putting_right, self.enrolling, self.joining)
        ):
            return
        patient = work.patients.by_chat(who.chat)
        if patient is None or patient.consent is None:
            self._unknown(work, said, at=now)
        elif said.edited:
            self._edited(work, patient, said, at=now)
        elif not self._word(work, patient, said, at=now) and not self._asked_for(work, patient, said, at=now):
            self._reply(work, patient, said, at=now)

    def media(self, work: Work, said: Said) -> None:
        """A picture, a voice, a file: only a person can read it."""
        now = self.clock.now()
        if not said.sender.private or is_told(work, said) or self.desk.reply(work, said, at=now):
            return
        patient = work.patients.by_chat(said.sender.chat)
        if patient is None or patient.consent is None:
            self._unknown(work, said, at=now)
            return
        self._passing_on.pass_on(work, patient, said, at=now)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _word(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> bool:
        """A word alone, in any language and case, is a deed."""
        word = said.text.strip().strip(".!?¡¿ ").casefold()
        deed = self._deeds().get(self.knowing.shelf.bare_words().get(word, ""))
        if deed is None:
            return False
        self._note(work, patient, said, Heard.COMMAND, word, at=at)
        deed(work, said.sender)
        return True

    def _deeds(self) -> Mapping[str, Callable[[Work, Sender], None]]:
        return {
            "help": self.selfcare.reaching.person,
            "today": self.selfcare.today,
            "stop": self.leaving.stop,
            "pause": self.leaving.pause,
            "resume": self.leaving.resume,
            "delete": self.leaving.delete,
        }

    def _asked_for(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> bool:
        """Yes or no to "is it happening now", a number for a check-in or the pain, a date."""
        meant = self._yes_or_no(patient, said.text)
        case = self._open_question(work, patient)
        if meant is not None and case is not None:
            self._note(work, patient, said, Heard.CLARIFYING, case.reason, at=at)
            self._decide(work, patient, case, yes=meant, at=at)
            return True
        if self.answering.typed(work, said, at=at) or self._rating.noted(work, patient, said, at=at):
            return True
        return DatesOffered(self.knowing, self.escalating).typed(work, patient, said, at=at)

    def _is_clear(self, found: Match, case: Escalation) -> bool:
        """The bot knows the answer, and it is one to give to somebody who wrote of harming themselves."""
        if found.confident or found.family is None:
            return found.confident
        return was_denied(case) or (found.family == THANKS and case.state is EscalationState.CLOSED)

    def _wants_a_person(self, patient: Patient, text: str) -> bool:
        return any(holds(text, one) for one in self._listed("person-words", patient))

    def _listed(self, name: str, patient: Patient) -> list[str]:
        """Words that a patient is known by, of a phrase that lists them with commas."""
        words = self.knowing.speaking.label(f"listening/{name}", patient.language)
        return [one.strip() for one in words.split(",") if one.strip()]

    def _is_talking(self, work: Work, patient: Patient, *, at: datetime) -> bool:
        """A person of the clinic wrote not long ago: what comes now is likely meant for them."""
        words = last_words(work, patient)
        return words is not None and at - words.at <= TALK_LASTS

    def _waits_with(self, work: Work, patient: Patient, *, at: datetime) -> Escalation | None:
        """What a person was just asked to look at: who sends a picture explains it in the next message."""
        cases = reversed(own_cases(work, patient))
        waiting = (one for one in cases if one.state is not EscalationState.CLOSED and one.confirmed)
        return next((one for one in waiting if at - one.opened_at <= TALK_LASTS), None)

    def _add(self, work: Work, patient: Patient, case: Escalation, text: str, *, at: datetime) -> tuple[Heard, str]:
        name = "added-urgent" if case.level in CANNOT_WAIT else "added"
        told = self.knowing.say(work, patient, f"phrases/listening/{name}", at=at)
        self.escalating.alerting.note(work, case, patient, text, told=told, at=at)
        self._send(work, patient, told, at=at)
        return Heard.PASSED_ON, CONVERSATION

    def _pass_on(self, work: Work, patient: Patient, text: str, *, at: datetime) -> tuple[Heard, str]:
        told = self.knowing.say(work, patient, "phrases/listening/to-your-team", at=at)
        self.escalating.alerting.raise_alert(
            work, patient, level=None, reason=CONVERSATION, words=text, told=told, at=at
        )
        self._send(work, patient, told, at=at)
        return Heard.PASSED_ON, CONVERSATION

    def _answer(
        self,
        work: Work,
        patient: Patient,
        text: str,
        *,
        at: datetime,
        words: Entry | None = None,
        said: Said | None = None,
        shown: str = "",
    ) -> tuple[Heard, str]:
        """The clinic's own answer, or that there is none; `words`: a person's, who may want to answer by themselves.

        `said`: the message, where no danger sign was ever seen in it; only such words are kept to learn from.
        `shown`: what staff read in the place of this text, where it is passed on.
        """
        situation = self.knowing.situation(work, patient, "", at=at)
        found = self.understanding.match(text, situation)
        topics = [candidate.topic for candidate in found.candidates]
        waits = self._waits_with(work, patient, at=at)
        # while a person is on it, what sounds like something else is theirs to read
        is_clear = found.confident or (found.family is not None and words is None and waits is None)
        case = confided(work, patient, at=at)
        if case is not None and not self._is_clear(found, case):
            Confiding(self.knowing, self.escalating.alerting).writes(work, patient, case, shown or text, at=at)
            return Heard.PASSED_ON, CONVERSATION
        if not is_clear and self._is_talking(work, patient, at=at):
            return self._pass_on(work, patient, shown or text, at=at)
        if not is_clear and waits is not None:
            return self._add(work, patient, waits, shown or text, at=at)
        # nobody looks through what was written beside something confided
        learned = said if case is None else None
        about = self.selfcare.keeping.answered(learned) if learned is not None else ""
        if found.family is not None:
            text = self.knowing.say(work, patient, f"out_of_scope/{found.family}", at=at)
            tell(work, patient, text, at=at, keyboard=self.topics.menu(patient, about))
            return Heard.ANSWERED, found.family
        if found.confident and topics and words is not None:
            return Heard.SUGGESTED, " ".join((topics[0], *found.also))
        if found.confident and topics and self.topics.tell(work, patient, topics[0], at=at, about=about):
            for further in found.also:
                self.topics.tell(work, patient, further, at=at)
            return Heard.ANSWERED, topics[0]
        kept = self.selfcare.keeping.unmatched(work, patient, learned, topics, at=at) if learned is not None else ""
        self.topics.offer(work, patient, topics[:OFFERED], at=at, about=kept)
        return Heard.UNMATCHED, topics[0] if topics else ""

    def _reply(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> None:
        if self._wants_a_person(patient, said.text):
            self._note(work, patient, said, Heard.COMMAND, "help", at=at)
            self.selfcare.reaching.person(work, said.sender, said.text)
            return
        self._respond(work, patient, said, at=at, learned=said)

    def _respond(
        self,
        work: Work,
        patient: Patient,
        said: Said,
        *,
        at: datetime,
        learned: Said | None = None,
        shown: str = "",
    ) -> None:
        words = self.talking.of(work, patient, at=at)
        heard, topic = self._answer(work, patient, said.text, at=at, words=words, said=learned, shown=shown)
        entry = self._note(work, patient, said, heard, topic, at=at)
        if words is not None and heard is Heard.SUGGESTED:
            self.talking.suggest(work, patient, entry, words, at=at)

    def _edited(self, work: Work, patient: Patient, said: Said, *, at: datetime) -> None:
        """A changed question is answered again; what it was before stays in the diary."""
        before = work.diary.by_message(said.sender.chat, said.message_id)
        if before is not None and before.words == said.text:
            return
        let_go(work, patient, message_id=said.message_id)
        self._respond(work, patient, said, at=at, shown=self._with_before(work, patient, said, before))

    def _with_before(self, work: Work, patient: Patient, said: Said, before: Entry | None) -> str:
        """Whoever read the first words would not look for others in their place: both are said.

        What was confided to clinicians is not quoted to the desk later.
        """
        if before is None or confided_since(work, patient, at=before.at) is not None:
            return said.text
        language = self.knowing.speaking.staff_language
        return self.knowing.speaking.label("listening/changed", language, said=said.text, old_value=before.words)

    def _clarified(self, work: Work, who: Sender, tap: Tap, *, yes: bool) -> None:
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        case = work.escalations.get(int(tap.args[0]))
        if patient is None or case.patient_id != patient.id or not work.outbox.use_tap(tap.token, at=now):
            return
        chosen = self.knowing.speaking.phrase("answering/chosen", patient, answer=tap.label)
        act = work.outbox.get(tap.delivery_id).act
        if act is not None:
            show(work, tap, Html(f"{act.text}\n\n{chosen}"), at=now)
        self._decide(work, patient, case, yes=yes, at=now)

    def _decide(self, work: Work, patient: Patient, case: Escalation, *, yes: bool, at: datetime) -> None:
        if yes and case.level is not None:
            self.triaging.red(work, patient, case.words, case.reason, case.level, at=at)
            return
        self.escalating.alerting.dismiss(work, case, at=at)
        left = work.escalations.get(case.id)
        if left.reason == SELF_HARM and left.state is not EscalationState.CLOSED:
            # whoever was told of it hears this too
            said = self.knowing.speaking.label("listening/no", self.knowing.speaking.staff_language)
            Confiding(self.knowing, self.escalating.alerting).writes(work, patient, left, said, at=at)
            return
        self._answer(work, patient, case.words, at=at)

    def _open_question(self, work: Work, patient: Patient) -> Escalation | None:
        mine = reversed(own_cases(work, patient))
        return next(
            (one for one in mine if one.level is not None and self.escalating.alerting.is_pending(work, one)), None
        )

    def _yes_or_no(self, patient: Patient, text: str) -> bool | None:
        word = text.strip().strip(".!,").casefold()
        for name, meaning in (("yes-words", True), ("no-words", False)):
            if word in self._listed(name, patient):
                return meaning
        return None

    def _unknown(self, work: Work, said: Said, *, at: datetime) -> None:
        """Staff hear that nothing was sent; everybody else gets one polite answer a minute, always the same."""
        who = said.sender
        if work.team.member(who.account) is not None:
            self.desk.replying.refuse(work, said, "alerts/not-sent", at=at)
            return
        patient = work.patients.by_chat(who.chat)
        case = confided(work, patient, at=at) if patient is not None else None
        if patient is not None and case is not None:
            # they have not agreed yet, but they have been heard
            words = " ".join(filter(None, (f"[{said.media}]" if said.media else "", said.text)))
            Confiding(self.knowing, self.escalating.alerting).writes(work, patient, case, words, at=at)
            return
        if work.flows.current(who.chat, who.account, at=at) is not None:
            return
        work.flows.put(Flow(who.chat, who.account, STRANGER, {}, at + QUIET))
        post(work, here(who), self.escalating.admitting.stranger(who), at=at, purpose=Purpose.STRANGER)

    def _note(self, work: Work, patient: Patient, said: Said, heard: Heard, topic: str, *, at: datetime) -> Entry:
        entry = Entry(patient.id, at, heard, said.text, said.sender.chat, said.message_id, topic)
        return work.diary.add(entry)

    def _send(self, work: Work, patient: Patient, text: Html, *, at: datetime) -> None:
        tell(work, patient, text, at=at, keyboard=self.topics.menu(patient))

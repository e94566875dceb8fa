"""Red flags first: look at every text before anything may answer it, whoever wrote it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button, Keyboard, Lane, MessageRef
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import Entry, Flow, Heard, Said, Sender
from bot.care.model.people import Patient
from bot.care.model.permissions import COMMANDS, PATIENT_COMMANDS
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM
from bot.care.model.triage import Assessment, Level
from bot.care.model.words import Html
from bot.care.ports.hearing import Understanding
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.advising import Advising
from bot.care.services.asking import person_button
from bot.care.services.closing_note import note_asked
from bot.care.services.confidence import confided
from bot.care.services.drafted import words_asked_for
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post, tell
from bot.care.services.putting_right import correction_asked
from bot.care.services.staff_reply import answers_patient

ADVISED, STRANGER = "advised", "stranger"
"""What is remembered of somebody nobody knows: that they were told the numbers, or who we are."""
QUIET = timedelta(minutes=1)
"""Between two answers with the same words to somebody nobody knows."""
_COMMAND = re.compile(r"/(\w+)(?:@\w+)?")
_LINK = re.compile(r"/start(?:@\w+)?\s+[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Triaging:
    knowing: Knowing
    understanding: Understanding
    escalating: Escalating

    def raises(self, work: Work, said: Said, *, at: datetime) -> bool:
        """True when these words were a danger sign, or might be one: then they have been answered."""
        if not said.text.strip() or _is_our_command(said.text) or self._is_staff_work(work, said, at=at):
            return False
        patient = work.patients.by_chat(said.sender.chat)
        situation = self.knowing.situation(work, patient, said.sender.language, at=at)
        found = self.understanding.triage(said.text, situation)
        if not found.raised or found.level is None or found.flag is None:
            return False
        if patient is None:
            return self._stranger(work, said, found, at=at)
        if said.edited and self._was_raised(work, patient, said, found, at=at):
            return False
        if found.certain:
            self.red(work, patient, said.text, found.flag, found.level, message=_ref(said), at=at)
        else:
            self._amber(work, patient, said, found.flag, found.level, at=at)
        heard = Heard.ESCALATED if found.certain else Heard.CLARIFYING
        chat = said.sender.chat
        work.diary.add(Entry(patient.id, at, heard, said.text, chat, said.message_id, found.flag))
        return True

    def red(
        self,
        work: Work,
        patient: Patient,
        words: str,
        flag: str,
        level: Level,
        *,
        at: datetime,
        message: MessageRef | None = None,
    ) -> Escalation:
        """Advice to the patient, then the alert, in one transaction."""
        advising = Advising(self.knowing, self.escalating)
        return advising.advise(work, patient, flag, words, at=at, level=level, message=message)

    def _amber(self, work: Work, patient: Patient, said: Said, flag: str, level: Level, *, at: datetime) -> None:
        """One clarifying question, with the numbers; no answer in time rings unconfirmed."""
        weighed = self.escalating.alerting.level_for(work, patient, flag, at=at, level=level)
        text = self.knowing.say(work, patient, f"phrases/listening/{_question(flag, weighed)}", at=at)
        case = self.escalating.alerting.suspect(
            work, patient, level=weighed, reason=flag, words=said.text, told=text, at=at
        )
        tell(
            work,
            patient,
            text,
            at=at,
            lane=Lane.URGENT,
            keyboard=self._yes_no(patient, case),
            purpose=Purpose.CLARIFY,
            reply_to=said.message_id,
        )

    def _yes_no(self, patient: Patient, case: Escalation) -> Keyboard:
        names = (("yes", "amber-yes"), ("no", "amber-no"))
        both = tuple(
            Button(self.knowing.speaking.label(f"listening/{name}", patient.language), deed, (str(case.id),))
            for name, deed in names
        )
        return (both, (person_button(self.knowing, patient),))

    def _was_raised(self, work: Work, patient: Patient, said: Said, found: Assessment, *, at: datetime) -> bool:
        """The words as they were before the edit had raised the same, and whoever heard of it still does."""
        before = work.diary.by_message(said.sender.chat, said.message_id)
        if before is None or before.topic != found.flag:
            return False
        if found.flag == SELF_HARM and confided(work, patient, at=at) is None:
            return False
        # a question is not enough for what is certain by now
        return before.heard is Heard.ESCALATED or (before.heard is Heard.CLARIFYING and not found.certain)

    def _stranger(self, work: Work, said: Said, found: Assessment, *, at: datetime) -> bool:
        """Whoever it is gets the fixed text with the numbers; nobody can be alerted about them."""
        if found.level is Level.SAME_DAY:
            return False
        language = self.knowing.speaking.spoken(said.sender.language)
        facts = self.knowing.clinic_facts(work, language, self.knowing.shelf.clinic.country, at=at)
        name = "stranger-self-harm" if found.flag == SELF_HARM else f"stranger-{_name(found.level)}"
        text: Html = self.knowing.shelf.say(f"phrases/listening/{name}", language, facts)
        if not self._told_just_now(work, said.sender, name, at=at):
            # staff alerts and patients' advice are urgent; nobody whom we know is kept waiting by strangers
            post(work, here(said.sender), text, at=at, purpose=Purpose.ADVICE)
        return True

    def _told_just_now(self, work: Work, who: Sender, name: str, *, at: datetime) -> bool:
        """The same numbers once a minute are enough; remembered unless something else is already."""
        flow = work.flows.current(who.chat, who.account, at=at)
        if flow is not None and flow.kind == ADVISED and flow.data["told"] == name:
            return True
        if flow is None or flow.kind in (ADVISED, STRANGER):
            work.flows.put(Flow(who.chat, who.account, ADVISED, {"told": name}, at + QUIET))
        return False

    def _is_staff_work(self, work: Work, said: Said, *, at: datetime) -> bool:
        """The desk's own talk, commands, replies to patients and words for the content are no patient's words."""
        if not said.sender.private:
            return True
        if work.team.member(said.sender.account) is None:
            return False
        return (
            said.text.startswith("/")
            or answers_patient(work, said, at=at) is not None
            or note_asked(work, said) is not None
            or correction_asked(work, said, at=at) is not None
            or words_asked_for(work, said, at=at) is not None
        )


def _is_our_command(text: str) -> bool:
    """Alone, it says nothing about anybody's skin; with more words behind it, it might.

    What a link sends are letters by chance: one in a thousand would look like a danger sign.
    """
    if _LINK.fullmatch(text.strip()):
        return True
    found = _COMMAND.fullmatch(text.strip())
    return found is not None and found[1].lower() in (*PATIENT_COMMANDS, *COMMANDS)


def _question(flag: str, level: Level) -> str:
    if flag == SELF_HARM:
        return "is-it-now-self-harm"
    return "is-it-now-emergency" if level is Level.EMERGENCY else "is-it-now"


def _name(level: Level | None) -> str:
    return "emergency" if level is Level.EMERGENCY else "urgent"


def _ref(said: Said) -> MessageRef:
    return MessageRef(said.sender.chat, said.message_id)

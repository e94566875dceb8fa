"""A patient's way to a person: now, or when the clinic can."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button
from bot.care.model.escalation import EscalationState
from bot.care.model.inbound import Entry, Heard, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.raising import is_flag
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.asking import person_button
from bot.care.services.confidence import confided, confided_since
from bot.care.services.confiding import Confiding
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import SAME_TALK, Knowing
from bot.care.services.posting import show, tell
from bot.care.services.whose import own_cases

SAME_CASE = timedelta(hours=24)


@dataclass(frozen=True)
class Reaching:
    clock: Clock
    knowing: Knowing
    escalating: Escalating

    def person(self, work: Work, who: Sender, words: str = "") -> None:
        """HELP, the button, or `words` that ask for it: asks whether it can wait.

        No answer in ten minutes counts as one.
        """
        now = self.clock.now()
        # also of somebody who has not agreed yet
        known = work.patients.by_chat(who.chat) if who.private else None
        case = confided(work, known, at=now) if known is not None else None
        if known is not None and case is not None:
            self._confiding.wants_a_person(work, known, case, words or self._asks, at=now)
            return
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        said = words or self._asks
        if self._is_urgent(work, patient, at=now):
            self._again(work, patient, said, at=now)
            return
        text = self.knowing.say(work, patient, "phrases/selfcare/person", at=now)
        self.escalating.alerting.suspect(work, patient, level=None, reason="help", words=said, told=text, at=now)
        buttons = [Button(self._label(patient, f"selfcare/person-{one}"), f"person-{one}") for one in ("now", "wait")]
        tell(work, patient, text, at=now, keyboard=tuple((button,) for button in buttons))

    def person_now(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self._chooses(work, who, tap, at=now)
        if patient is None:
            return
        text = self.knowing.say(work, patient, "phrases/selfcare/help-now", at=now)
        show(work, tap, text, at=now)
        asked = self._asked_in(work, patient)
        for case in own_cases(work, patient):
            if case.reason == "help":
                self.escalating.alerting.dismiss(work, case, at=now)
        self._hand_over(work, patient, tap, Level.URGENT, "help-now", asked=asked, told=text, at=now)

    def person_wait(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self._chooses(work, who, tap, at=now)
        if patient is None:
            return
        text = self.knowing.say(work, patient, "phrases/selfcare/help-wait", at=now)
        show(work, tap, text, at=now)
        self._hand_over(work, patient, tap, None, "help", asked=self._asked_in(work, patient), told=text, at=now)

    @property
    def _confiding(self) -> Confiding:
        return Confiding(self.knowing, self.escalating.alerting)

    def _chooses(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> Patient | None:
        """Whoever may choose whether it can wait; nobody who wrote of harming themselves since they were asked."""
        patient = self.escalating.admitting.patient_here(work, who, at=at)
        if patient is None or not work.outbox.use_tap(tap.token, at=at):
            return None
        case = confided(work, patient, at=at)
        if case is None:
            return patient
        self._confiding.wants_a_person(work, patient, case, tap.label, at=at, tap=tap)
        self._note(work, patient, Heard.ESCALATED, tap.label, at=at, topic=case.reason)
        return None

    def _is_urgent(self, work: Work, patient: Patient, *, at: datetime) -> bool:
        """A sign that must not wait is open: nobody is asked whether it can."""
        cases = (one for one in own_cases(work, patient) if one.confirmed and is_flag(one.reason))
        near = (one for one in cases if one.state is not EscalationState.CLOSED and at - one.opened_at <= SAME_CASE)
        return any(one.level in (Level.URGENT, Level.EMERGENCY) for one in near)

    def _again(self, work: Work, patient: Patient, said: str, *, at: datetime) -> None:
        text = self.knowing.say(work, patient, "phrases/selfcare/help-urgent", at=at)
        self.escalating.alerting.raise_alert(
            work, patient, level=Level.URGENT, reason="help-now", words=said, told=text, at=at
        )
        tell(work, patient, text, at=at, keyboard=((person_button(self.knowing, patient),),))

    @property
    def _asks(self) -> str:
        """What staff read of who only tapped or typed HELP."""
        return self.knowing.speaking.label("asks/person", self.knowing.speaking.staff_language)

    def _asked_in(self, work: Work, patient: Patient) -> str:
        """The words in which a person was asked for just now; empty where there are none."""
        waiting = (one for one in own_cases(work, patient) if one.reason == "help" and not one.confirmed)
        return next((one.words for one in waiting if one.words != self._asks), "")

    def _hand_over(
        self,
        work: Work,
        patient: Patient,
        tap: Tap,
        level: Level | None,
        reason: str,
        *,
        asked: str,
        told: Html,
        at: datetime,
    ) -> None:
        # what they wrote just before says what it is about, unless only clinicians read it
        was_confided = confided_since(work, patient, at=at - SAME_TALK) is not None
        before = "" if was_confided else self.knowing.said_before(work, patient, at=at)
        words = " / ".join(filter(None, (before, asked, tap.label)))
        self.escalating.alerting.raise_alert(work, patient, level=level, reason=reason, words=words, told=told, at=at)
        self._note(work, patient, Heard.ESCALATED, tap.label, at=at, topic=reason)

    def _note(self, work: Work, patient: Patient, heard: Heard, words: str, *, at: datetime, topic: str) -> None:
        chat = patient.contact.chat if patient.contact else 0
        work.diary.add(Entry(patient.id, at, heard, words, chat, 0, topic))

    def _label(self, patient: Patient, name: str) -> str:
        return self.knowing.speaking.label(name, patient.language)

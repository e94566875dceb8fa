"""Take what a patient answers to a check-in: keep it, act on what it means, and ask what comes next."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.conditions import Known
from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import CheckInAnswer, Entry, Heard, Said, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.protocol import Ask, AskKind, Step
from bot.care.model.scores import SCALES, Finding, is_valid, judge
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.advising import Advising
from bot.care.services.asking import Asking, person_button
from bot.care.services.escalating import Escalating
from bot.care.services.gate_note import note_shut_gate
from bot.care.services.knowing import Knowing
from bot.care.services.planning import Planning
from bot.care.services.posting import show, tell
from bot.care.services.questions import OK, SKIP, words_of
from bot.care.services.whose import own_cases


@dataclass(frozen=True)
class Asked:
    """One question, to whom it was put, and what was answered."""

    known: Known
    step: Step
    ask: Ask
    value: str
    label: str

    @property
    def patient(self) -> Patient:
        return self.known.patient

    @property
    def enrolment(self) -> Enrolment:
        return self.known.enrolment

    @property
    def words(self) -> str:
        """For staff: the day it was answered, the question's name, and the answer."""
        return f"D+{self.known.day} {self.ask.id}: {self.label}"

    @property
    def kept_as(self) -> str:
        return self.known.kept_as(self.step)


@dataclass(frozen=True)
class Answering:
    clock: Clock
    knowing: Knowing
    escalating: Escalating
    asking: Asking
    planning: Planning

    @property
    def advising(self) -> Advising:
        return Advising(self.knowing, self.escalating)

    def answer(self, work: Work, who: Sender, tap: Tap) -> None:
        """A check-in's button: args are enrolment, step, ask and value."""
        now = self.clock.now()
        asked = self._asked(work, who, tap, at=now)
        if asked is None:
            return
        if _held(asked) is None:
            self._show(work, tap, asked.patient, at=now)
        self.take(work, asked, at=now)

    def typed(self, work: Work, said: Said, *, at: datetime) -> bool:
        """A bare number, while a question from 0 to 10 or 0 to 4 is open."""
        patient = work.patients.by_chat(said.sender.chat)
        asked = self._scaled(work, patient, said.text.strip(), at=at) if patient is not None else None
        if asked is None:
            return False
        self.take(work, asked, at=at, message_id=said.message_id)
        return True

    def is_asked_for(self, work: Work, patient: Patient, value: str, *, at: datetime) -> bool:
        """Whether a check-in asks for this number now."""
        return self._scaled(work, patient, value, at=at) is not None

    def take(self, work: Work, asked: Asked, *, at: datetime, message_id: int = 0) -> None:
        """The first answer is kept; a worse one given later is still acted upon."""
        finding = self._judge(asked)
        given = CheckInAnswer(
            asked.patient.id,
            asked.enrolment.id,
            asked.kept_as,
            asked.ask.id,
            asked.value,
            at,
            asked.known.day,
        )
        is_new = work.answers.add(given)
        self._note(work, asked, at=at, message_id=message_id)
        if not is_new:
            self._again(work, asked, finding, at=at)
            return
        fresh = replace(asked, known=replace(asked.known, answers=(*asked.known.answers, given)))
        self._plan(work, fresh, at=at)
        self._reply(work, fresh, finding, at=at)
        self._settle_unanswered(work, fresh, finding, at=at)
        said = asked.words
        note_shut_gate(work, self.knowing, asked.known, asked.ask, asked.value, finding=finding, said=said, at=at)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _scaled(self, work: Work, patient: Patient, value: str, *, at: datetime) -> Asked | None:
        """This number as an answer to the question that is open now, where it fits on its scale."""
        known = self._known(work, patient, at=at) if value.isdecimal() else None
        open_now = self.asking.asked_now(work, known) if known is not None else None
        if known is None or open_now is None or open_now[1].kind not in SCALES or not is_valid(open_now[1], value):
            return None
        return Asked(known, *open_now, value, value)

    def _asked(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> Asked | None:
        """What the button stood for; None for buttons of others and questions that are no more."""
        patient = work.patients.by_chat(who.chat)
        enrolment_id, step_id, ask_id, value = tap.args
        if patient is None:
            return None
        course = self.knowing.course(work, patient, session=int(enrolment_id))
        if not course or course[-1].id != int(enrolment_id):
            return None
        known = self.knowing.known(work, patient, course, at=at)
        step = known.protocol.step(step_id)
        ask = next((one for one in step.asks if one.id == ask_id), None) if step else None
        if ask is None and value not in (SKIP, OK):
            self._pass_on(work, known, tap, f"D+{known.day} {ask_id}: {tap.label}", at=at)
            return None
        if step is None or ask is None or not (value == SKIP or is_valid(ask, value)):
            self._say(work, patient, "answering/old-question", at=at)
            return None
        return Asked(known, step, ask, value, tap.label)

    def _known(self, work: Work, patient: Patient, *, at: datetime) -> Known | None:
        course = self.knowing.course(work, patient)
        return self.knowing.known(work, patient, course, at=at) if course else None

    def _judge(self, asked: Asked) -> Finding:
        if asked.value == SKIP:
            return Finding()
        known = asked.known
        return judge(
            known.protocol,
            asked.step,
            asked.ask,
            asked.value,
            known.answers,
            day=known.day,
            next_on=known.enrolment.next_on,
        )

    def _pass_on(self, work: Work, known: Known, tap: Tap, words: str, *, at: datetime) -> None:
        """Taken off while it was open: what was answered may be a danger sign, and a person reads it."""
        if not work.outbox.use_tap(tap.token, at=at):
            return
        patient, step_id = known.patient, tap.args[1]
        told = self.knowing.say(work, patient, "phrases/answering/taken-off", at=at)
        self._show(work, tap, patient, at=at)
        self.escalating.alerting.raise_alert(
            work, patient, level=None, reason="something-else", words=words, told=told, at=at
        )
        self._send(work, patient, told, at=at)
        work.diary.add(Entry(patient.id, at, Heard.PASSED_ON, words, tap.chat, 0, step_id))

    def _show(self, work: Work, tap: Tap, patient: Patient, *, at: datetime) -> None:
        """The message keeps its words and shows what was chosen in place of the buttons."""
        act = work.outbox.get(tap.delivery_id).act
        if act is None:
            return
        chosen = self.knowing.speaking.phrase("answering/chosen", patient, answer=tap.label)
        keyboard = ((person_button(self.knowing, patient),),)
        show(work, tap, Html(f"{act.text}\n\n{chosen}"), at=at, keyboard=keyboard)

    def _note(self, work: Work, asked: Asked, *, at: datetime, message_id: int) -> None:
        chat = asked.patient.contact.chat if asked.patient.contact else 0
        work.diary.add(Entry(asked.patient.id, at, Heard.CHECK_IN, asked.words, chat, message_id, asked.step.id))

    def _again(self, work: Work, asked: Asked, finding: Finding, *, at: datetime) -> None:
        """Answered before: the first answer stays, but what this one says is not lost."""
        if _held(asked) == asked.value:
            return
        if finding.flag is not None:
            self._raise(work, asked, finding, at=at)
            return
        self._say(work, asked.patient, "answering/first-counts", at=at)

    def _reply(self, work: Work, asked: Asked, finding: Finding, *, at: datetime) -> None:
        if finding.flag is not None:
            escalation_level = self._raise(work, asked, finding, at=at)
            # somebody who must phone now is not asked anything more
            if escalation_level is not Level.EMERGENCY:
                self.asking.ask_next(work, asked.known, asked.step, at=at)
            return
        before = self._words(work, asked, finding, at=at)
        if finding.refers or finding.review:
            self._refer(work, asked, "review" if finding.review else "something-else", told=before or "", at=at)
        if self.asking.ask_next(work, asked.known, asked.step, at=at, before=before):
            return
        self._send(work, asked.patient, before or self._thanks(work, asked, at=at), at=at)

    def _raise(self, work: Work, asked: Asked, finding: Finding, *, at: datetime) -> Level | None:
        if finding.flag is None:
            return None
        raised = self.advising.advise(
            work,
            asked.patient,
            finding.flag,
            asked.words,
            at=at,
            level=finding.level,
            together=finding.together,
            precises=finding.precises,
        )
        return raised.level

    def _refer(self, work: Work, asked: Asked, reason: str, *, told: str, at: datetime) -> None:
        self.escalating.alerting.raise_alert(
            work, asked.patient, level=None, reason=reason, words=asked.words, told=told, at=at
        )

    def _words(self, work: Work, asked: Asked, finding: Finding, *, at: datetime) -> Html | None:
        """The answer's own words, else what its kind calls for; None where a thank-you is enough."""
        own = f"steps/{words_of(asked.known.protocol, asked.step)}/reply/{asked.ask.id}/{asked.value}"
        if self.knowing.shelf.has(own, asked.patient.language):
            return self.knowing.say(work, asked.patient, own, at=at)
        if finding.review:
            return self.knowing.say(work, asked.patient, "phrases/answering/review", at=at)
        if finding.common:
            return self.knowing.say(work, asked.patient, "phrases/answering/common-pain", at=at)
        if finding.refers:
            return self.knowing.say(work, asked.patient, "phrases/answering/refers", at=at)
        return None

    def _thanks(self, work: Work, asked: Asked, *, at: datetime) -> Html:
        name = "got-it" if asked.ask.kind is AskKind.ACK else "thanks"
        return self.knowing.say(work, asked.patient, f"phrases/answering/{name}", at=at)

    def _plan(self, work: Work, asked: Asked, *, at: datetime) -> None:
        """A gate that failed is asked again each morning; one that passed is not."""
        says = any(one.gate is not None for one in asked.ask.answers if one.id == asked.value)
        if says:
            self.planning.replan(work, asked.patient, asked.enrolment, at=at)

    def _settle_unanswered(self, work: Work, asked: Asked, finding: Finding, *, at: datetime) -> None:
        """An answer ends the suspicion that its silence would have been."""
        if asked.ask.unanswered is None or finding.flag == asked.ask.unanswered:
            return
        for case in own_cases(work, asked.patient):
            if case.reason == asked.ask.unanswered:
                self.escalating.alerting.dismiss(work, case, at=at)

    def _say(self, work: Work, patient: Patient, name: str, *, at: datetime) -> None:
        self._send(work, patient, self.knowing.say(work, patient, f"phrases/{name}", at=at), at=at)

    def _send(self, work: Work, patient: Patient, text: Html, *, at: datetime) -> None:
        tell(work, patient, text, at=at, keyboard=((person_button(self.knowing, patient),),))


def _held(asked: Asked) -> str | None:
    """What this very question was answered with before."""
    given = (one for one in asked.known.answers if (one.step, one.ask) == (asked.kept_as, asked.ask.id))
    return next((one.value for one in given), None)

"""Put a check-in's questions one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.conditions import Known, next_ask
from bot.care.model.delivery import Button, Delivery, DeliveryState, Keyboard
from bot.care.model.inbound import Flow
from bot.care.model.people import Patient
from bot.care.model.protocol import Ask, AskKind, Step
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell
from bot.care.services.questions import Questions
from scheduler.localtime import local_day

WAITS = timedelta(hours=24)
TYPED = {AskKind.DATE: "date", AskKind.PHOTO: "photo"}
"""Questions whose answer is no button."""
LEFT = frozenset({DeliveryState.SENT, DeliveryState.FOLDED})


@dataclass(frozen=True)
class Asking:
    knowing: Knowing
    escalating: Escalating

    def ask_next(self, work: Work, known: Known, step: Step, *, at: datetime, before: Html | None = None) -> bool:
        """The next open question of this step, else of what was sent with it; `before` stands in front of it.

        False when nothing is left to ask: then `before` has not been said.
        """
        found = next(self._open(work, known, step), None)
        patient = known.patient
        if found is None or patient.contact is None:
            return False
        questions = self.questions(work, known, at=at)
        question = Html(f"<b>{questions.words(*found)}</b>")
        text = Html(f"{before}\n\n{question}") if before else question
        keyboard = questions.keyboard(*found)
        purpose = Purpose.CHECK_IN
        if found[1].kind is AskKind.PHOTO and work.outbox.latest(patient.id, Purpose.PHOTO_GUIDE) is None:
            guide = self.knowing.say(work, patient, "phrases/asks/photo-guide", at=at)
            text, purpose = Html(f"{text}\n\n{guide}"), Purpose.PHOTO_GUIDE
        tell(work, patient, text, at=at, keyboard=keyboard, purpose=purpose)
        self._wait(work, known, *found, question, at=at)
        return True

    def questions(self, work: Work, known: Known, *, at: datetime) -> Questions:
        said = self.knowing.facts(work, known.patient, at=at, session=known.enrolment.id)
        language = known.patient.language
        return Questions(self.knowing.shelf, language, said, known.protocol, known.enrolment.id)

    def asked_now(self, work: Work, known: Known) -> tuple[Step, Ask] | None:
        """The question that is open in the newest check-in of today, if there is one."""
        steps = reversed(self._sent_today(work, known))
        asked = ((step, next_ask(step, known)) for step in steps)
        return next(((step, ask) for step, ask in asked if ask is not None), None)

    def _open(self, work: Work, known: Known, step: Step) -> Iterator[tuple[Step, Ask]]:
        others = [other for other in self._sent_today(work, known) if other.id != step.id]
        for one in (step, *sorted(others, key=lambda each: each.rank)):
            ask = next_ask(one, known)
            if ask is not None and ask.kind is not AskKind.ACK:
                yield one, ask

    def _sent_today(self, work: Work, known: Known) -> list[Step]:
        rows = work.outbox.of_enrolment(known.enrolment.id)
        sent = {row.id for row in rows if _left_on(row, known)}
        today = [row for row in rows if row.id in sent or _carried_by(row, sent)]
        steps = (known.protocol.step(row.step) for row in today)
        return [step for step in steps if step is not None]

    def _wait(self, work: Work, known: Known, step: Step, ask: Ask, question: Html, *, at: datetime) -> None:
        """What is typed or sent next may be its answer; some questions ring when nobody answers them."""
        patient = known.patient
        if patient.contact is not None and ask.kind in TYPED:
            data = {"enrolment": str(known.enrolment.id), "step": known.kept_as(step), "ask": ask.id}
            work.flows.put(Flow(patient.contact.chat, patient.contact.chat, TYPED[ask.kind], data, at + WAITS))
        if ask.unanswered is not None:
            level = self.escalating.alerting.level_for(work, patient, ask.unanswered, at=at)
            words = self.knowing.speaking.label("answering/unanswered")
            self.escalating.alerting.suspect(
                work, patient, level=level, reason=ask.unanswered, words=words, told=question, at=at
            )


def _left_on(row: Delivery, known: Known) -> bool:
    if row.state is not DeliveryState.SENT or row.sent_at is None or not row.step:
        return False
    return local_day(row.sent_at, known.patient.zone) == known.on


def _carried_by(row: Delivery, sent: set[int]) -> bool:
    return row.state is DeliveryState.FOLDED and any(row.reason == f"into {carrier}" for carrier in sent)


def person_button(knowing: Knowing, patient: Patient) -> Button:
    return Button(knowing.speaking.label("asks/person", patient.language), "person")


def in_rows(buttons: Sequence[Button], size: int = 1) -> Keyboard:
    """So many on a line; one where answers are sentences."""
    return tuple(tuple(buttons[n : n + size]) for n in range(0, len(buttons), size))

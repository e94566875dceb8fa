"""Say on a patient's card, in words, what was answered, what is risky and what reaches nobody."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.care.model.enrolment import Enrolment, HealthFacts
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Ask, AskKind, Step
from bot.care.model.texts import cut, flat
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.knowing import Knowing
from bot.care.services.questions import Questions
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

MOST_ASKED = 70
"""UTF-16 units of a question: staff know the rest of it."""


@dataclass(frozen=True)
class CardWords:
    speaking: Speaking
    knowing: Knowing

    def answers(self, work: Work, patient: Patient, enrolment: Enrolment, *, most: int, at: datetime) -> list[Html]:
        """The latest, as the patient read and tapped them."""
        latest = work.answers.of_enrolment(enrolment.id)[-most:]
        questions = self._questions(work, patient, enrolment, at=at) if latest else None
        return [self._answer(one, questions) for one in latest]

    def step(self, enrolment: Enrolment, step_id: str) -> str:
        protocol = followed(self.speaking.shelf.protocols, enrolment)
        step = protocol.step(step_id) if protocol else None
        if step is None:
            return step_id
        name = "after" if step.anchor is Anchor.SESSION else "before"
        return self.speaking.staff(f"seeing/step-{name}", day=str(step.day), value=step_id)

    def risks(self, enrolment: Enrolment, *, at: datetime) -> Html:
        health = enrolment.health
        named = self._risks(health, at=at)
        asked = (health.isotretinoin, health.pregnancy, health.cold_sores, health.dark_marks)
        if not named:
            known = "not-asked" if all(one is None for one in asked) else "none"
            named = [self.speaking.staff(f"seeing/risk-{known}")]
        return self.speaking.staff("seeing/risks", items=Html("; ".join(named)))

    def silences(self, patient: Patient, *, at: datetime) -> Html:
        """Why planned messages do not arrive; empty when they do."""
        lines = []
        if patient.unreachable_since is not None:
            since = self.speaking.moment(patient.unreachable_since, at=at)
            lines.append(self.speaking.staff("seeing/silent-unreachable", when=since))
        if patient.stopped_at is not None:
            lines.append(
                self.speaking.staff("seeing/silent-stopped", when=self.speaking.moment(patient.stopped_at, at=at))
            )
        if patient.paused_until is not None and patient.paused_until > local_day(at, patient.zone):
            until = self.speaking.day(patient.paused_until, at=at)
            lines.append(self.speaking.staff("seeing/silent-paused", until=until))
        return Html("\n".join(lines))

    def _risks(self, health: HealthFacts, *, at: datetime) -> list[Html]:
        named = [self._isotretinoin(health.isotretinoin, at=at)]
        flags = {"pregnancy": health.pregnancy, "cold-sores": health.cold_sores, "dark-marks": health.dark_marks}
        flags |= {"tone-deep": health.tone == "deep", "antiviral": health.antiviral_on is not None}
        named += [self.speaking.staff(f"seeing/risk-{name}") for name, holds in flags.items() if holds]
        return [risk for risk in named if risk]

    def _isotretinoin(self, said: str | None, *, at: datetime) -> Html:
        if said in (None, "never"):
            return Html()
        if said == "now":
            return self.speaking.staff("seeing/risk-isotretinoin-now")
        last = self.speaking.day(date.fromisoformat(said or ""), at=at)
        return self.speaking.staff("seeing/risk-isotretinoin-earlier", when=last)

    def _questions(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> Questions | None:
        """None for a treatment that is no longer offered: its words are gone."""
        protocol = followed(self.speaking.shelf.protocols, enrolment)
        if protocol is None or not self.knowing.course(work, patient, session=enrolment.id):
            return None
        language = self.speaking.staff_language
        facts = self.knowing.facts(work, patient, at=at, language=language, session=enrolment.id)
        return Questions(self.speaking.shelf, language, facts, protocol, enrolment.id)

    def _answer(self, given: CheckInAnswer, questions: Questions | None) -> Html:
        step = questions.protocol.step(given.step_id) if questions else None
        ask = next((one for one in step.asks if one.id == given.ask), None) if step else None
        what, value = f"{given.step} {given.ask}", given.value
        if questions is not None and step is not None and ask is not None:
            what, value = self._asked(questions, step, ask), _tapped(questions, step, ask, given.value)
        return self.speaking.staff("seeing/answer", day=str(given.day), what=what, value=value)

    def _asked(self, questions: Questions, step: Step, ask: Ask) -> str:
        """The question; those that are put again and again have a short name."""
        if ask.kind is AskKind.CHOICE:
            return cut(flat(questions.words(step, ask)), most=MOST_ASKED)
        return self.speaking.label(f"seeing/asked-{ask.kind.name.lower()}")


def _tapped(questions: Questions, step: Step, ask: Ask, value: str) -> str:
    """The words on the button that stood for this value; the value itself when it was typed or sent."""
    buttons = (button for row in questions.keyboard(step, ask) for button in row)
    return next((button.label for button in buttons if button.args[3:] == (value,)), value)

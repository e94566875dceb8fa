"""Tell a patient what to do about a red flag, and bring in a person, in that order."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Lane, MessageRef
from bot.care.model.escalation import Escalation
from bot.care.model.people import Patient
from bot.care.model.raising import level_of
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports import MissingWords, Work
from bot.care.services.asking import person_button
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post


@dataclass(frozen=True)
class Advising:
    knowing: Knowing
    escalating: Escalating

    def advise(
        self,
        work: Work,
        patient: Patient,
        flag: str,
        words: str,
        *,
        at: datetime,
        level: Level | None = None,
        together: bool = False,
        message: MessageRef | None = None,
    ) -> Escalation:
        """The fixed advice leaves first, the alert in the same transaction; `together`: with another bad answer."""
        weighed = self.escalating.alerting.level_for(work, patient, flag, at=at, level=level)
        text = self.advice(work, patient, flag, weighed, together=together, at=at)
        if patient.contact is not None:
            post(
                work,
                patient.contact,
                text,
                at=at,
                lane=Lane.URGENT,
                keyboard=((person_button(self.knowing, patient),),),
                purpose="advice",
                patient_id=patient.id,
            )
        return self.escalating.alerting.raise_alert(
            work, patient, level=weighed, reason=flag, words=words, told=text, at=at, message=message
        )

    def advice(
        self, work: Work, patient: Patient, flag: str, level: Level, *, at: datetime, together: bool = False
    ) -> Html:
        """The flag's own words; where it counts for more than usual, also that it must not wait."""
        said = self._said(work, patient, flag, at=at)
        usual = level_of(flag)
        if level.weight > usual.weight:
            more = self.knowing.say(work, patient, "phrases/alerts/raised", at=at)
            return Html(f"{said}\n\n{more}")
        if together and level is Level.URGENT:
            more = self.knowing.say(work, patient, "phrases/alerts/also-emergency", at=at)
            return Html(f"{said}\n\n{more}")
        return said

    def _said(self, work: Work, patient: Patient, flag: str, *, at: datetime) -> Html:
        """Whatever is wrong with a file, a danger sign is answered with the numbers."""
        try:
            return self.knowing.say(work, patient, f"red_flags/{flag}", at=at)
        except MissingWords:
            return self.knowing.say(work, patient, "phrases/alerts/plain-advice", at=at)

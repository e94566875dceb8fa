"""Tell a patient what to do about a red flag, and bring in a person, in that order."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Lane, MessageRef
from bot.care.model.escalation import Escalation
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import level_of
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.ports.words import MissingWords
from bot.care.services.asking import person_button
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell

SESSION_NEAR = 14
"""Days before the next session in which what a patient tells may put it off (facts 5, RF-S10)."""
DECIDES_SESSION = frozenset({
    "RF-U1", "RF-U2", "RF-U7", "RF-U8", "RF-U9", "RF-U10", "RF-U11", "RF-S7", "RF-S8", "RF-S12",
})  # fmt: skip
"""Infection, cold sore, rash, a stopped medicine, pregnancy, flare, burn: the team decides whether it goes ahead."""


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
        precises: datetime | None = None,
        message: MessageRef | None = None,
    ) -> Escalation:
        """The fixed advice leaves first, the alert in the same transaction; `together`: with another bad answer."""
        weighed = self.escalating.alerting.level_for(work, patient, flag, at=at, level=level, precises=precises)
        text = self.advice(work, patient, flag, weighed, together=together, at=at)
        keyboard = ((person_button(self.knowing, patient),),)
        tell(work, patient, text, at=at, lane=Lane.URGENT, keyboard=keyboard, purpose=Purpose.ADVICE)
        return self.escalating.alerting.raise_alert(
            work, patient, level=weighed, reason=flag, words=words, told=text, at=at, message=message
        )

    def advice(
        self, work: Work, patient: Patient, flag: str, level: Level, *, at: datetime, together: bool = False
    ) -> Html:
        """The flag's own words; where it counts for more than usual, first of all that it must not wait."""
        is_raised = level.weight > level_of(flag).weight
        first = ["raised"] if is_raised else []
        more = ["also-emergency"] if together and level is Level.URGENT and not is_raised else []
        if flag in DECIDES_SESSION and self._session_near(work, patient, at=at):
            more.append("before-session")
        if level is Level.URGENT:
            more.append("being-told")
        before, after = (
            [self.knowing.say(work, patient, f"phrases/alerts/{name}", at=at) for name in names]
            for names in (first, more)
        )
        return Html("\n\n".join([*before, self._said(work, patient, flag, at=at), *after]))

    def _session_near(self, work: Work, patient: Patient, *, at: datetime) -> bool:
        left = self.knowing.situation(work, patient, patient.language, at=at).days_to_next
        return left is not None and 0 <= left <= SESSION_NEAR

    def _said(self, work: Work, patient: Patient, flag: str, *, at: datetime) -> Html:
        """Whatever is wrong with a file, a danger sign is answered with the numbers."""
        try:
            return self.knowing.say(work, patient, f"red_flags/{flag}", at=at)
        except MissingWords:
            return self.knowing.say(work, patient, "phrases/alerts/plain-advice", at=at)

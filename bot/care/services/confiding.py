"""Whoever wrote of harming themselves is told whom to call, whatever they do next; clinicians hear it, nobody else."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Lane
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.texts import cut
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alerting import Alerting
from bot.care.services.asking import person_button
from bot.care.services.confidence import was_denied
from bot.care.services.knowing import Knowing
from bot.care.services.posting import show, tell
from bot.care.services.whose import own_cases

BESIDE = "after-self-harm"
"""The reason of what is written after it was found to be nothing."""
MOST_BEFORE = 500
"""UTF-16 units of what was said in a case that is raised again."""


@dataclass(frozen=True)
class Confiding:
    knowing: Knowing
    alerting: Alerting

    def writes(self, work: Work, patient: Patient, case: Escalation, words: str, *, at: datetime) -> None:
        """Words that the bot has no answer to: a list of topics would be none."""
        name = "to-clinicians" if was_denied(case) else "added-self-harm"
        told = self.knowing.say(work, patient, f"phrases/listening/{name}", at=at)
        if was_denied(case):
            self.alerting.raise_alert(work, patient, level=None, reason=BESIDE, words=words, told=told, at=at)
        else:
            self.pass_on(work, patient, case, words, told=told, at=at)
        tell(work, patient, told, at=at, lane=Lane.URGENT, purpose=Purpose.ADVICE)

    def wants_a_person(
        self, work: Work, patient: Patient, case: Escalation, words: str, *, at: datetime, tap: Tap | None = None
    ) -> None:
        """Nobody asks them whether it can wait; what was asked before that is over."""
        told = self.knowing.say(work, patient, "phrases/selfcare/help-self-harm", at=at)
        for one in own_cases(work, patient):
            if one.reason == "help":
                self.alerting.dismiss(work, one, at=at)
        self.pass_on(work, patient, case, words, told=told, at=at)
        if tap is not None:
            show(work, tap, told, at=at)
        else:
            keyboard = ((person_button(self.knowing, patient),),)
            tell(work, patient, told, at=at, lane=Lane.URGENT, keyboard=keyboard, purpose=Purpose.ADVICE)

    def pass_on(
        self, work: Work, patient: Patient, case: Escalation, words: str, *, told: Html, at: datetime
    ) -> Escalation:
        """Under its case; one that was only asked about, or is closed, rings for it."""
        alerting = self.alerting
        if case.state is EscalationState.CLOSED:
            words = " / ".join((cut(case.words, most=MOST_BEFORE), words))
            return alerting.raise_alert(
                work, patient, level=case.level, reason=case.reason, words=words, told=told, at=at
            )
        if alerting.is_pending(work, case):
            case = alerting.raise_alert(
                work, patient, level=case.level, reason=case.reason, words=case.words, told=told, at=at
            )
        return alerting.note(work, case, patient, words, told=told, at=at)

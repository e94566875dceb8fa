"""What nothing here could deal with, whatever the fault: who sent it hears so, and a person looks at a patient's."""

from dataclasses import dataclass
from html import escape

from bot.care.model.delivery import Lane
from bot.care.model.inbound import Sender
from bot.care.model.purpose import Purpose
from bot.care.model.texts import cut
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post, tell
from bot.care.services.ringing import confidants, everyone

REASON = "unhandled"
MOST = 1_000
PLAIN = "🔴 {who} sent something that this bot could not deal with, and got no answer. Please phone them now. {words}"
"""Staff hear this also when the clinic's own words are what is broken."""


@dataclass(frozen=True)
class Unhandled:
    clock: Clock
    knowing: Knowing
    escalating: Escalating

    def answer(self, work: Work, who: Sender, words: str) -> None:
        """Nobody looked for danger signs in what a patient sent: it is urgent until a person has read it.

        The desk is told without the words, which may be for clinicians only; those get them.
        """
        now, patient = self.clock.now(), work.patients.by_chat(who.chat)
        if patient is not None:
            told = self.knowing.say(work, patient, "phrases/listening/unhandled", at=now)
            hidden = self.knowing.speaking.label("listening/unhandled-words")
            self.escalating.alerting.raise_alert(
                work, patient, level=Level.URGENT, reason=REASON, words=hidden, told=told, at=now
            )
            self.plainly(work, who, words)
            tell(work, patient, told, at=now, lane=Lane.URGENT, purpose=Purpose.ADVICE)
        elif who.private or work.team.member(who.account) is not None:
            text = self.knowing.speaking.staff("listening/unhandled-else")
            post(work, here(who), text, at=now, purpose=Purpose.UNHANDLED)

    def plainly(self, work: Work, who: Sender, words: str) -> None:
        """About a patient, to clinicians, in words that need no content."""
        now, patient = self.clock.now(), work.patients.by_chat(who.chat)
        if patient is None:
            return
        text = PLAIN.format(who=escape(patient.code), words=escape(cut(words, most=MOST)))
        for contact in [member.contact for member in confidants(work)] or everyone(work):
            post(work, contact, Html(text), at=now, lane=Lane.URGENT, purpose=Purpose.UNHANDLED, patient_id=patient.id)

"""A note with a closed alert: asked of whoever closed it, for colleagues alone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Delivery
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import Said, Sender
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.texts import units
from bot.care.ports.records import Work
from bot.care.services.admitting import here, noted
from bot.care.services.alert_card import AlertCard
from bot.care.services.posting import post

WAITS = timedelta(hours=1)
LONGEST = 1_000
"""UTF-16 units: it stands below all that the alert says."""


def note_asked(work: Work, said: Said) -> Delivery | None:
    """The question for a note that these words reply to; what answers it never goes to a patient."""
    found = work.outbox.by_message(said.sender.chat, said.reply_to) if said.reply_to is not None else None
    return found if found is not None and found.purpose is Purpose.NOTE_ASKED else None


@dataclass(frozen=True)
class ClosingNote:
    card: AlertCard

    def ask(self, work: Work, who: Sender, ended: Escalation, *, at: datetime) -> None:
        """By a message of its own: a reply to the alert goes to the patient, and groups hand us nothing but replies."""
        if ended.patient_id is None or ended.closing is None:
            return
        speaking = self.card.knowing.speaking
        how = speaking.staff(f"alerts/closing-{ended.closing.name.lower()}")
        text = speaking.staff("alerts/ask-note", patient_code=work.patients.get(ended.patient_id).code, how=how)
        post(
            work,
            here(who),
            text,
            at=at,
            purpose=Purpose.NOTE_ASKED,
            patient_id=ended.patient_id,
            escalation_id=ended.id,
            force_reply=True,
        )

    def heard(self, work: Work, said: Said, *, at: datetime) -> bool:
        """True for an answer to that question, whoever gave it; only theirs who was asked counts, for an hour."""
        asked, member = note_asked(work, said), work.team.member(said.sender.account)
        if asked is None or asked.escalation_id is None:
            return False
        if member is None or not may(member, "close-alert"):
            # whoever is no member any more writes as anybody does, in their own chat
            return not said.sender.private
        ended, words = work.escalations.get(asked.escalation_id), said.text.strip()
        if not _may_note(ended, member.account, at=at):
            self._answer(work, said, "note-too-late", at=at)
        elif said.media or not words or units(words) > LONGEST:
            self._answer(work, said, "note-only-words", at=at)
        else:
            with_note = replace(ended, note=words)
            work.escalations.save(with_note)
            work.audit.add(noted(member, "note", f"escalation:{ended.id}", at=at))
            self.card.renew(work, with_note, self.card.standing(with_note, member.name), at=at)
            self._answer(work, said, "note-kept", at=at)
        return True

    def _answer(self, work: Work, said: Said, name: str, *, at: datetime) -> None:
        text = self.card.knowing.speaking.staff(f"alerts/{name}")
        post(work, here(said.sender), text, at=at, reply_to=said.message_id, purpose=Purpose.NOTE_ANSWER)


def _may_note(ended: Escalation, account: int, *, at: datetime) -> bool:
    is_closed = ended.state is EscalationState.CLOSED and ended.closed_at is not None
    return is_closed and ended.owner == account and at <= (ended.closed_at or at) + WAITS

"""Carry what a member of staff writes back to the patient it is about."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Delivery, MessageRef
from bot.care.model.inbound import Entry, Heard, Said
from bot.care.model.people import Contact, Member, Patient
from bot.care.model.texts import units
from bot.care.ports import Work
from bot.care.services.admitting import here, noted
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post, put

DELIVERED = "👌"
NOT_SENT = "🙈"
"""Marks on staff's own messages; Telegram allows only some emoji as reactions."""
LONGEST = 3_500


@dataclass(frozen=True)
class StaffReply:
    knowing: Knowing
    escalating: Escalating

    def send(self, work: Work, said: Said, member: Member, delivery: Delivery, *, at: datetime) -> None:
        """Signed with the member's name; a mark on their message says that it has arrived."""
        patient = work.patients.get(delivery.patient_id) if delivery.patient_id is not None else None
        if patient is None or patient.contact is None or patient.unreachable_since is not None:
            self.refuse(work, said, "alerts/no-chat", at=at)
            return
        if said.edited or not said.text.strip() or units(said.text) > LONGEST:
            self.refuse(work, said, "alerts/only-text" if not said.edited else "alerts/no-edits", at=at)
            return
        self._post(work, said, member, patient, delivery, to=patient.contact, at=at)

    def refuse(self, work: Work, said: Said, name: str, *, at: datetime) -> None:
        """Nothing left for the patient, and the writer is told why."""
        post(
            work,
            here(said.sender),
            self.knowing.speaking.staff(name),
            at=at,
            reply_to=said.message_id,
            purpose="not-sent",
        )

    def mark(self, work: Work, said: Said, *, at: datetime) -> None:
        """Staff's own talk: marked as not sent, without a word."""
        self._react(work, said, NOT_SENT, at=at)

    def _post(
        self,
        work: Work,
        said: Said,
        member: Member,
        patient: Patient,
        delivery: Delivery,
        *,
        to: Contact,
        at: datetime,
    ) -> None:
        clinic = self.knowing.shelf.clinic.name
        text = self.knowing.speaking.phrase(
            "alerts/from-team", patient, member_name=member.name, clinic_name=clinic, said=said.text
        )
        case = delivery.escalation_id
        sent = post(work, to, text, at=at, purpose="staff-reply", patient_id=patient.id, escalation_id=case)
        self._react(work, said, DELIVERED, at=at, after=sent.id)
        work.diary.add(Entry(patient.id, at, Heard.REPLY, said.text, said.sender.chat, said.message_id, member.name))
        work.audit.add(noted(member, "reply", f"patient:{patient.code}", at=at))
        if case is not None:
            self.escalating.take(work, work.escalations.get(case), member, at=at, quietly=True)

    def _react(self, work: Work, said: Said, emoji: str, *, at: datetime, after: int | None = None) -> None:
        target = MessageRef(said.sender.chat, said.message_id)
        act = Act(ActKind.REACT, here(said.sender), target=target, emoji=emoji)
        put(work, act, at=at, purpose="mark", after=after)


def answers_patient(work: Work, said: Said) -> Delivery | None:
    """The alert or the patient's copied message that these words reply to."""
    if said.reply_to is None:
        return None
    found = work.outbox.by_message(said.sender.chat, said.reply_to)
    return found if found is not None and found.escalation_id is not None else None

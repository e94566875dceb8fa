"""Carry what a member of staff writes back to the patient it is about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Lane, MessageRef
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import Entry, Heard, Said
from bot.care.model.people import Contact, Member, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.sent_file import Unfit
from bot.care.model.texts import flat, units
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import here, noted
from bot.care.services.contact import answers, is_contacted
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.parting import give_back
from bot.care.services.posting import post, put
from bot.care.services.ringing import first_to_hear, for_clinicians_only, is_confidant, may_hear
from bot.care.services.talking import let_go
from bot.care.services.together import leads_first
from bot.care.services.whose import own_cases, was_another_s

DELIVERED = "👌"
NOT_SENT = "🙈"
"""Marks on staff's own messages; Telegram allows only some emoji as reactions."""
LONGEST = 3_500
LONGEST_CAPTION = 800
CARRIED = frozenset({"photo", "video", "voice", "audio", "document", "animation"})
"""What may bear a signature: the others would reach a patient from nobody."""
WORDLESS_LASTS = timedelta(days=2)
"""For so long a message without words may be what an unclear end left behind; later it is more likely another one."""


@dataclass(frozen=True)
class StaffReply:
    knowing: Knowing
    escalating: Escalating

    def send(self, work: Work, said: Said, member: Member, delivery: Delivery, *, at: datetime) -> None:
        """Signed with the member's name; a mark on their message says that it has arrived."""
        patient = work.patients.get(delivery.patient_id) if delivery.patient_id is not None else None
        if patient is None or patient.contact is None or patient.unreachable_since is not None:
            self.refuse(work, said, "alerts/no-chat", at=at)
        elif was_another_s(work, delivery):
            self.refuse(work, said, "alerts/not-theirs", at=at)
        elif said.edited:
            self._change(work, said, member, patient, at=at)
        elif said.media and (said.media not in CARRIED or units(said.text) > LONGEST_CAPTION):
            self.refuse(work, said, "alerts/only-media", at=at)
        elif said.file is not None and said.file.unfit is not None:
            self.refuse(work, said, f"alerts/not-sent-{said.file.unfit}", at=at)
        elif not said.media and (not said.text.strip() or units(said.text) > LONGEST):
            self.refuse(work, said, "alerts/only-text", at=at)
        else:
            self._post(work, said, member, patient, delivery, to=patient.contact, at=at)

    def take_back(self, work: Work, said: Said, member: Member, *, at: datetime) -> None:
        """`/unsend` as a reply to one's own message, or by a clinician to anybody's: the patient's copy goes."""
        sent = self._sent_for(work, MessageRef(said.sender.chat, said.reply_to or 0))
        if sent is None:
            self.refuse(work, said, "forum/not-deleted", at=at)
            return
        is_theirs = _wrote(member, sent)
        if not is_theirs and not is_confidant(work, member.contact):
            work.audit.add(noted(member, "refused", f"delivery:{sent.id}", at=at, detail="unsend"))
            self.refuse(work, said, "forum/not-yours", at=at)
            return
        work.audit.add(noted(member, "unsend", f"delivery:{sent.id}", at=at))
        if work.outbox.settle(sent.id, DeliveryState.CANCELLED, at=at, reason="taken back"):
            self.refuse(work, said, "forum/deleted", at=at)
        else:
            act = Act(ActKind.DELETE, sent.contact, source=MessageRef(said.sender.chat, said.message_id))
            put(work, act, at=at, purpose=Purpose.UNSEND, after=sent.id, patient_id=sent.patient_id)
        self._give_back(work, sent, at=at)
        if not is_theirs:
            self._tell_writer(work, member, sent, at=at)

    def ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """Whether the patient has it, or no longer has it, and why: said where it was written."""
        written = delivery.act.source if delivery.act is not None else None
        arrived = delivery.state is DeliveryState.SENT
        if written is None or (arrived and delivery.purpose is not Purpose.UNSEND):
            return
        name = "not-taken-back" if delivery.purpose is Purpose.UNSEND else "did-not-arrive"
        unreadable = delivery.reason == Unfit.UNREADABLE
        why = f"{name}-{Unfit.UNREADABLE if unreadable else delivery.state.value}"
        name = why if self.knowing.shelf.has(f"phrases/forum/{why}", self.knowing.speaking.staff_language) else name
        thread = work.threads.of(delivery.patient_id or 0)
        where = thread.contact if thread is not None and thread.chat == written.chat else Contact(written.chat)
        text = self.knowing.speaking.staff("forum/deleted" if arrived else f"forum/{name}")
        post(work, where, text, at=at, reply_to=written.message, purpose=Purpose.NOT_SENT)

    def refuse(self, work: Work, said: Said, name: str, *, at: datetime) -> None:
        """Nothing left for the patient, and the writer is told why."""
        post(
            work,
            here(said.sender),
            self.knowing.speaking.staff(name),
            at=at,
            reply_to=said.message_id,
            purpose=Purpose.NOT_SENT,
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
        case = delivery.escalation_id
        kind = ActKind.COPY if said.media else ActKind.SEND
        written = MessageRef(said.sender.chat, said.message_id)
        answered = delivery.act.source if delivery.act is not None else None
        # a picture of theirs that staff answer to is what they see it under
        under = answered.message if answered is not None and answered.chat == to.chat else None
        text, writer = self._signed(said, member, patient), member.account
        act = Act(kind, to, text, source=written, file=said.file, reply_to=under, member=writer)
        sent = put(work, act, at=at, purpose=Purpose.STAFF_REPLY, patient_id=patient.id, escalation_id=case)
        self._react(work, said, DELIVERED, at=at, after=sent.id)
        words = " ".join(filter(None, (f"[{said.media}]" if said.media else "", said.text)))
        let_go(work, patient)
        work.diary.add(Entry(patient.id, at, Heard.REPLY, words, said.sender.chat, said.message_id, member.name))
        work.audit.add(noted(member, "reply", f"patient:{patient.code}", at=at))
        # whoever answers has the case, wherever they wrote it; not that of somebody who was taken for this patient
        for one in own_cases(work, patient):
            is_meant = answers(work, one, under=case, writer=writer)
            if one.id == case or (one.confirmed and not for_clinicians_only(one) and is_meant):
                self.escalating.take(work, one, member, at=at, quietly=True)

    def _tell_writer(self, work: Work, by: Member, sent: Delivery, *, at: datetime) -> None:
        """They believe that the patient knows."""
        writer = work.team.member(sent.act.member) if sent.act is not None else None
        if writer is None or sent.patient_id is None:
            return
        speaking, code = self.knowing.speaking, work.patients.get(sent.patient_id).code
        since = speaking.moment(sent.due_at, at=at)
        text = speaking.staff("forum/taken-back", member_name=by.name, patient_code=code, since=since)
        post(work, writer.contact, text, at=at, purpose=Purpose.NOTICE)

    def _give_back(self, work: Work, sent: Delivery, *, at: datetime) -> None:
        """What these words had taken is everybody's again, unless the patient heard from somebody anyhow."""
        writer = sent.act.member if sent.act is not None else 0
        mine = [one for one in work.escalations.of_patient(sent.patient_id or 0) if one.owner == writer]
        for one in sorted(mine, key=leads_first):
            is_taken_so = one.state is EscalationState.ACKNOWLEDGED and one.acknowledged_at == sent.due_at
            if is_taken_so and not is_contacted(work, one):
                give_back(work, self.escalating.card, one, at=at)
        self._tell_of_unanswered(work, sent, at=at)

    def _tell_of_unanswered(self, work: Work, sent: Delivery, *, at: datetime) -> None:
        """What was closed on these words rings no more, and its patient has heard from nobody now."""
        if sent.patient_id is None or sent.act is None:
            return
        patient, speaking = work.patients.get(sent.patient_id), self.knowing.speaking
        phone = patient.phone or speaking.staff("alerts/no-phone")
        text = speaking.staff("forum/closed-unanswered", patient_code=patient.code, phone=phone)
        for case in own_cases(work, patient):
            if not self._was_closed_on(work, case, sent, sent.act.member) or is_contacted(work, case):
                continue
            writer = work.team.member(sent.act.member)
            hears = [*first_to_hear(work, case, self.knowing.shelf.clinic, at=at)]
            if writer is not None and writer.contact not in hears and may_hear(work, case, writer):
                hears.append(writer.contact)
            for contact in hears:
                post(
                    work,
                    contact,
                    text,
                    at=at,
                    lane=Lane.URGENT,
                    purpose=Purpose.NOTICE,
                    patient_id=patient.id,
                    escalation_id=case.id,
                )

    def _was_closed_on(self, work: Work, case: Escalation, sent: Delivery, writer: int) -> bool:
        """It was open when they were written, and they were taken for its answer."""
        if case.closed_at is None or not case.opened_at <= sent.due_at <= case.closed_at:
            return False
        return answers(work, case, under=sent.escalation_id, writer=writer)

    def _change(self, work: Work, said: Said, member: Member, patient: Patient, *, at: datetime) -> None:
        """What staff wrote is changed at the patient's too."""
        written = MessageRef(said.sender.chat, said.message_id)
        sent = self._sent_for(work, written)
        if sent is not None and sent.contact != patient.contact:
            # it went to somebody who was taken for this patient
            self.refuse(work, said, "alerts/no-edits", at=at)
            return
        is_text = sent is not None and sent.act is not None and sent.act.kind is ActKind.SEND
        if sent is None or not is_text or not said.text.strip() or units(said.text) > LONGEST:
            self.refuse(work, said, "alerts/no-edits", at=at)
            return
        act = Act(ActKind.EDIT, sent.contact, self._signed(said, member, patient), source=written)
        put(work, act, at=at, purpose=Purpose.STAFF_CHANGE, after=sent.id, patient_id=patient.id)
        work.diary.add(Entry(patient.id, at, Heard.REPLY, said.text, said.sender.chat, said.message_id, member.name))

    def _signed(self, said: Said, member: Member, patient: Patient) -> Html:
        clinic = self.knowing.shelf.clinic.name
        return self.knowing.speaking.phrase(
            "alerts/from-team", patient, member_name=member.name, clinic_name=clinic, said=said.text
        )

    def _sent_for(self, work: Work, written: MessageRef) -> Delivery | None:
        """What went to a patient of a message that staff wrote."""
        entry = work.diary.by_message(written.chat, written.message)
        rows = work.outbox.of_patient(entry.patient_id) if entry is not None and entry.heard is Heard.REPLY else ()
        mine = (row for row in rows if row.purpose is Purpose.STAFF_REPLY and row.act is not None)
        return next((row for row in mine if row.act is not None and row.act.source == written), None)

    def _react(self, work: Work, said: Said, emoji: str, *, at: datetime, after: int | None = None) -> None:
        target = MessageRef(said.sender.chat, said.message_id)
        act = Act(ActKind.REACT, here(said.sender), target=target, emoji=emoji)
        put(work, act, at=at, purpose=Purpose.MARK, after=after)


def _wrote(member: Member, sent: Delivery) -> bool:
    """In their own chat nobody else writes."""
    if sent.act is None or sent.act.source is None:
        return False
    return member.account == sent.act.member or member.contact.chat == sent.act.source.chat


def answers_patient(work: Work, said: Said, *, at: datetime) -> Delivery | None:
    """The alert or the patient's copied message that these words reply to."""
    if said.reply_to is None:
        return None
    found = work.outbox.by_message(said.sender.chat, said.reply_to) or _unclear(work, said, at=at)
    if found is not None and found.purpose is Purpose.NOTE_ASKED:
        return None
    return found if found is not None and (found.escalation_id is not None or found.purpose is Purpose.RELAY) else None


def _unclear(work: Work, said: Said, *, at: datetime) -> Delivery | None:
    """The message of ours that says just this, and of which a copy came whose number was lost with the answer.

    None where it could be about two patients, or says nothing: staff are told that it was not sent. A topic is one
    patient's, so there a picture or a voice of the last days need not say anything.
    """
    words = said.reply_text.split()
    rows = [row for row in work.outbox.unclear_in(said.sender.chat) if row.contact.thread == said.sender.thread]
    if not words:
        is_picture = bool(said.reply_media) and said.sender.thread is not None
        rows = [row for row in rows if is_picture and at - row.due_at <= WORDLESS_LASTS]
    same = [row for row in rows if row.act is not None and flat(row.act.text).split() == words]
    return same[0] if len({row.patient_id for row in same}) == 1 else None

"""Hand a patient to a person: raise an alert, see that somebody takes it, let them answer and close it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Delivery, Lane, MessageRef
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Contact, Member, Patient
from bot.care.model.permissions import may
from bot.care.model.raising import is_flag, level_of, weighed
from bot.care.model.texts import cut, units
from bot.care.model.triage import Level
from bot.care.model.words import Html
from bot.care.ports import Clock, Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.alert_card import MOST_WORDS, AlertCard
from bot.care.services.alert_list import AlertList
from bot.care.services.knowing import Knowing
from bot.care.services.overdue import Overdue
from bot.care.services.posting import post, put
from bot.care.services.ringing import ALERT, first_to_hear, is_silent, privately, rows_of, rung

GROUPED_WITHIN = timedelta(hours=1)
MOST_NOTE = 1_500


@dataclass(frozen=True)
class Escalating:
    clock: Clock
    knowing: Knowing
    admitting: Admitting

    @property
    def card(self) -> AlertCard:
        return AlertCard(self.knowing)

    # --- raising -----------------------------------------------------------------------------------------------------

    def level_for(self, work: Work, patient: Patient, flag: str, *, at: datetime, level: Level | None = None) -> Level:
        """How serious this flag is for this very patient, with their health and their other open signs."""
        current = work.enrolments.current(patient.id)
        others = work.escalations.of_patient(patient.id)
        return weighed(flag, level or level_of(flag), others, current.health if current else None, at=at)

    def raise_alert(
        self,
        work: Work,
        patient: Patient,
        *,
        level: Level | None,
        reason: str,
        words: str,
        told: str = "",
        at: datetime,
        message: MessageRef | None = None,
    ) -> Escalation:
        """An escalation and its alert; the same reason within an hour is noted under the one that is open."""
        earlier = self._grouped(work, patient, reason, at=at)
        if earlier is None:
            added = work.escalations.add(self._new(work, patient, level, reason, words=words, told=told, at=at))
            self.alert(work, added, at=at, message=message)
            return added
        if not earlier.confirmed or _weight(level) > _weight(earlier.level):
            return self._worsen(work, earlier, level, words, told, at=at, message=message)
        self._note(work, earlier, patient, words, at=at)
        return earlier

    def suspect(
        self, work: Work, patient: Patient, *, level: Level | None, reason: str, words: str, told: str, at: datetime
    ) -> Escalation:
        """A sign that was only asked about: written down at once, rung when nobody answers in time."""
        earlier = self._grouped(work, patient, reason, at=at)
        if earlier is not None:
            return earlier
        new = self._new(work, patient, level, reason, words=words, told=told, at=at)
        return work.escalations.add(replace(new, confirmed=False))

    def dismiss(self, work: Work, escalation: Escalation, *, at: datetime) -> None:
        """The patient said that it is not so; what nobody was told of yet ends here."""
        if self.is_pending(work, escalation):
            ended = replace(escalation, state=EscalationState.CLOSED, closing=Closing.FALSE_ALARM, closed_at=at)
            work.escalations.save(ended)

    def is_pending(self, work: Work, escalation: Escalation) -> bool:
        """Asked about, not answered, and nobody told."""
        is_open = escalation.state is EscalationState.OPEN and not escalation.confirmed
        return is_open and not rung(rows_of(work, escalation))

    def alert(self, work: Work, escalation: Escalation, *, at: datetime, message: MessageRef | None = None) -> None:
        """To the desk, or to every reachable clinician and admin where there is none."""
        for contact in first_to_hear(work, escalation):
            sent = self._send(work, escalation, contact, at=at)
            if message is not None and units(escalation.words) > MOST_WORDS:
                self.copy(work, escalation, contact, message, at=at, after=sent.id)

    def copy(
        self,
        work: Work,
        escalation: Escalation,
        contact: Contact,
        message: MessageRef,
        *,
        at: datetime,
        after: int | None = None,
    ) -> None:
        """The patient's own message beside the alert: words too long for it, or what is not words."""
        act = Act(ActKind.COPY, contact, source=message, silent=True)
        put(
            work,
            act,
            at=at,
            lane=Lane.URGENT,
            purpose="copy",
            patient_id=escalation.patient_id,
            escalation_id=escalation.id,
            after=after,
        )

    def failed(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """An alert did not arrive: everybody who can help and was not told yet is told privately."""
        if delivery.escalation_id is None:
            return
        escalation = work.escalations.get(delivery.escalation_id)
        if escalation.state is EscalationState.CLOSED:
            return
        told = rung(rows_of(work, escalation))
        where = self.knowing.staff("alerts/the-desk" if delivery.contact.is_group else "alerts/a-member")
        note = self.knowing.staff("alerts/fell-through", where=where)
        for contact in privately(work, escalation):
            if contact.chat not in told:
                self._send(work, escalation, contact, at=at, note=note)

    # --- what staff do with it ---------------------------------------------------------------------------------------

    def acknowledge(self, work: Work, who: Sender, tap: Tap) -> None:
        """*I have it*: everybody sees who, and the patient is told."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "acknowledge", at=now)
        if member is not None:
            self.take(work, work.escalations.get(int(tap.args[0])), member, at=now)

    def take(
        self, work: Work, escalation: Escalation, member: Member, *, at: datetime, quietly: bool = False
    ) -> Escalation:
        """Only the first one takes it; `quietly` when the patient hears from them anyway."""
        if escalation.state is not EscalationState.OPEN:
            return escalation
        taken = escalation.acknowledge(member.account, at=at)
        work.escalations.save(taken)
        work.audit.add(noted(member, "acknowledge", f"escalation:{taken.id}", at=at))
        if not quietly:
            self._tell_patient(work, taken, member, at=at)
        self._show(work, taken, member, at=at)
        return taken

    def close(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Close*: asks how it ended."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "close-alert", at=now)
        if member is None or tap.message_id is None:
            return
        escalation = work.escalations.get(int(tap.args[0]))
        if is_flag(escalation.reason) and not may(member, "close-red-flag"):
            post(work, here(who), self.knowing.staff("alerts/only-clinical"), at=now, purpose="refusal")
            return
        if escalation.state is EscalationState.CLOSED:
            post(work, here(who), self.knowing.staff("alerts/gone"), at=now, purpose="refusal")
            return
        target = MessageRef(tap.chat, tap.message_id)
        keyboard = self.card.outcomes(escalation)
        put(work, Act(ActKind.EDIT, Contact(tap.chat), target=target, keyboard=keyboard), at=now, purpose="edit")

    def close_not(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Not yet*: the buttons that were there come back."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "close-alert", at=now) is None or tap.message_id is None:
            return
        escalation = work.escalations.get(int(tap.args[0]))
        target = MessageRef(tap.chat, tap.message_id)
        keyboard = self.card.keyboard(escalation)
        put(work, Act(ActKind.EDIT, Contact(tap.chat), target=target, keyboard=keyboard), at=now, purpose="edit")

    def closed(self, work: Work, who: Sender, tap: Tap) -> None:
        """Only a person closes; how it ended is kept."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "close-alert", at=now)
        escalation = work.escalations.get(int(tap.args[0]))
        if member is None or escalation.state is EscalationState.CLOSED:
            return
        if is_flag(escalation.reason) and not may(member, "close-red-flag"):
            return
        closing = Closing[tap.args[1]]
        ended = escalation.close(member.account, closing, at=now)
        work.escalations.save(ended)
        work.audit.add(noted(member, "close", f"escalation:{ended.id}", at=now, detail=closing.value))
        if escalation.state is EscalationState.OPEN and closing is not Closing.DUPLICATE:
            self._tell_patient(work, ended, member, at=now)
        self._show(work, ended, member, at=now)

    def alerts(self, work: Work, who: Sender) -> None:
        """`/alerts`: what is open, worst first."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "alerts", at=now) is not None:
            AlertList(self.card).show(work, here(who), at=now)

    # --- what time does with it --------------------------------------------------------------------------------------

    def overdue(self, work: Work, *, at: datetime) -> None:
        """Everything timed that is due by `at`: unanswered questions, climbing, and "nobody has answered"."""
        Overdue(self.card).run(work, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """The next instant at which `overdue` would do something."""
        return Overdue(self.card).next_moment(work, after=after)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _new(
        self, work: Work, patient: Patient, level: Level | None, reason: str, *, words: str, told: str, at: datetime
    ) -> Escalation:
        course = work.enrolments.course(patient.id)
        return Escalation(
            patient_id=patient.id,
            enrolment_id=course[-1].id if course else None,
            opened_at=at,
            level=level,
            reason=reason,
            words=words,
            told=told,
        )

    def _grouped(self, work: Work, patient: Patient, reason: str, *, at: datetime) -> Escalation | None:
        mine = work.escalations.of_patient(patient.id)
        near = (one for one in mine if one.reason == reason and at - one.opened_at <= GROUPED_WITHIN)
        return next((one for one in near if one.state is not EscalationState.CLOSED), None)

    def _worsen(
        self,
        work: Work,
        earlier: Escalation,
        level: Level | None,
        words: str,
        told: str,
        *,
        at: datetime,
        message: MessageRef | None,
    ) -> Escalation:
        """What was only suspected, or less serious, rings anew; somebody must take it again."""
        worst = level if _weight(level) > _weight(earlier.level) else earlier.level
        grown = replace(
            earlier, level=worst, words=words, told=told, confirmed=True, state=EscalationState.OPEN, opened_at=at
        )
        work.escalations.save(grown)
        self.alert(work, grown, at=at, message=message)
        return grown

    def _note(self, work: Work, earlier: Escalation, patient: Patient, words: str, *, at: datetime) -> None:
        said = cut(words, most=MOST_NOTE)
        text = self.knowing.staff("alerts/again", patient_code=patient.code, said=said)
        for row in rows_of(work, earlier):
            if row.purpose == ALERT:
                post(
                    work,
                    row.contact,
                    text,
                    at=at,
                    lane=Lane.URGENT,
                    purpose="note",
                    patient_id=patient.id,
                    escalation_id=earlier.id,
                    reply_to=row.message_id,
                    silent=is_silent(earlier, self.knowing.shelf.clinic, at=at),
                )

    def _send(
        self, work: Work, escalation: Escalation, contact: Contact, *, at: datetime, note: Html | None = None
    ) -> Delivery:
        return self.card.send(work, escalation, contact, at=at, purpose=ALERT, note=note)

    def _tell_patient(self, work: Work, escalation: Escalation, member: Member, *, at: datetime) -> None:
        if escalation.patient_id is None:
            return
        patient = work.patients.get(escalation.patient_id)
        if patient.contact is None:
            return
        clinic = self.knowing.shelf.clinic.name
        text = self.knowing.phrase("alerts/seen", patient, member_name=member.name, clinic_name=clinic)
        post(work, patient.contact, text, at=at, purpose="seen", patient_id=patient.id, escalation_id=escalation.id)

    def _show(self, work: Work, escalation: Escalation, member: Member, *, at: datetime) -> None:
        """Every message of this alert now says who has it, with the buttons that are left."""
        standing = self.card.standing(escalation, member.name)
        for row in rows_of(work, escalation):
            if row.act is None or row.act.kind is not ActKind.SEND or not row.act.keyboard:
                continue
            text = Html(f"{row.act.text}\n\n{standing}")
            act = Act(ActKind.EDIT, row.contact, text=text, keyboard=self.card.keyboard(escalation))
            put(work, act, at=at, lane=Lane.URGENT, purpose="edit", after=row.id)


def _weight(level: Level | None) -> int:
    return -1 if level is None else level.weight

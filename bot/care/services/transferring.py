"""Move a patient to another Telegram account of theirs: a one-time link, both told, and a way back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Button, Delivery, DeliveryState, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Contact, Member, Patient
from bot.care.model.purpose import BY_STAFF, Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.inviting import LIVES, Inviting
from bot.care.services.noticing import tell_staff
from bot.care.services.planning import Planning
from bot.care.services.posting import post, put, show
from bot.care.services.rechecking import CUT_OFF
from bot.care.services.speaking import Speaking
from bot.care.services.staff_reply import StaffReply
from bot.care.services.talking import let_go
from bot.care.services.withdrawing import withdraw_all

LEFT = "another account"
"""Why a row ended that waited for the account before."""
UNDONE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Transferring:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    confirming: Confirming
    inviting: Inviting
    planning: Planning
    replying: StaffReply

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Other account* on a card."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "transfer", at=now) is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        if not _is_connected(work, patient):
            post(work, here(who), self.speaking.about("transfer/not-connected", patient), at=now)
            return
        text = self.speaking.about("transfer/confirm", patient)
        self.confirming.ask(work, who, text, "transfer-yes", str(patient.id), at=now)

    def begin(self, work: Work, who: Sender, tap: Tap) -> None:
        """Confirmed: a link for the other account. Until it is used all stays as it is."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "transfer", at=now)
        args = None if member is None else self.confirming.accept(work, who, tap, at=now)
        if member is None or args is None:
            return
        patient = work.patients.get(int(args[0]))
        if not _is_connected(work, patient):
            show(work, tap, self.speaking.about("transfer/not-connected", patient), at=now)
            return
        self._invite(work, who, patient, at=now)
        work.audit.add(noted(member, "transfer", f"patient:{patient.code}", at=now))
        show(work, tap, self.speaking.about("transfer/begun", patient), at=now)

    def call_off(self, work: Work, who: Sender, tap: Tap) -> None:
        """The link is dead before anybody used it."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "transfer", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        patient = work.patients.get(int(tap.args[0]))
        latest = work.invitations.latest(patient.id)
        if latest is None or latest.token_hash != tap.args[1] or latest.used_at is not None:
            return  # it was used, or another one took its place: its message says so
        work.invitations.revoke_all(patient.id, at=now)
        work.audit.add(noted(member, "transfer-off", f"patient:{patient.code}", at=now))
        self.inviting.mark(work, patient, self.speaking.about("transfer/off", patient), at=now)

    def take_over(self, work: Work, who: Sender, patient: Patient, tap: Tap, *, at: datetime) -> None:
        """The other account has said "that is me": from now on it is the only one."""
        old = patient.contact
        if old is None or old.chat == who.chat or not who.private:
            return
        new = here(who)
        moved = self._switch(work, patient, new, at=at)
        subject = f"patient:{patient.code}"
        work.audit.add(AuditEvent(at, subject, "transferred", subject))
        show(work, tap, self.speaking.phrase("transfer/patient-arrived", moved), at=at)
        self._say_left(work, moved, old, at=at)
        self.inviting.mark(work, moved, self.speaking.about("transfer/used", moved), at=at)
        args = (str(moved.id), str(old.chat), str(new.chat), (at + UNDONE_WITHIN).isoformat())
        undo: Keyboard = ((Button(self.speaking.label("transfer/undo"), "transfer-undo", args),),)
        text = self.speaking.about("transfer/staff-done", moved)
        tell_staff(work, text, at=at, patient_id=moved.id, keyboard=undo)

    def undo(self, work: Work, who: Sender, tap: Tap) -> None:
        """Back to the account it was; not once somebody else has that one, or another day later."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "transfer", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        patient, back = work.patients.get(int(tap.args[0])), self._back(work, tap, at=now)
        if back is None or patient.contact is None:
            show(work, tap, self.speaking.about("transfer/too-late", patient), at=now)
            return
        left = patient.contact
        moved = self._switch(work, patient, back, at=now)
        self._noted_undo(work, member, moved, at=now)
        self._say_left(work, moved, left, at=now)
        post(work, back, self.speaking.phrase("transfer/patient-back", moved), at=now, patient_id=moved.id)
        show(work, tap, self.speaking.about("transfer/undone", moved, member_name=member.name), at=now)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _noted_undo(self, work: Work, member: Member, patient: Patient, *, at: datetime) -> None:
        # whoever still holds the link cannot go there and back
        work.invitations.revoke_all(patient.id, at=at)
        work.audit.add(noted(member, "transfer-undo", f"patient:{patient.code}", at=at))

    def _back(self, work: Work, tap: Tap, *, at: datetime) -> Contact | None:
        patient, old, new, until = work.patients.get(int(tap.args[0])), *tap.args[1:]
        is_there = patient.contact is not None and patient.contact.chat == int(new)
        is_free = work.patients.by_chat(int(old)) is None
        return Contact(int(old)) if is_there and is_free and at <= datetime.fromisoformat(until) else None

    def _invite(self, work: Work, who: Sender, patient: Patient, *, at: datetime) -> None:
        work.invitations.revoke_all(patient.id, at=at)
        invitation, link, code = self.inviting.link(patient_id=patient.id, until=at + LIVES)
        work.invitations.add(invitation)
        until = self.speaking.moment(at + LIVES, at=at)
        text = self.inviting.with_link("transfer/link", patient, link, code, until=until)
        keyboard: Keyboard = (
            (Button(self.speaking.label("enrolling/copy-link"), copy=link),),
            (
                Button(
                    self.speaking.label("transfer/call-off"), "transfer-off", (str(patient.id), invitation.token_hash)
                ),
            ),
        )
        act = Act(ActKind.SEND, here(who), text=text, qr=link, keyboard=keyboard)
        put(work, act, at=at, purpose=Purpose.INVITATION, patient_id=patient.id)

    def _switch(self, work: Work, patient: Patient, to: Contact, *, at: datetime) -> Patient:
        """Nothing that waits arrives at the other chat, and what is planned goes to this one."""
        waited = [row for row in work.outbox.of_patient(patient.id) if not row.state.final]
        withdraw_all(work, patient, at=at, reason=LEFT)
        let_go(work, patient)
        self._say_unread(work, waited, at=at)
        if patient.contact is not None:
            work.flows.clear(patient.contact.chat, patient.contact.chat)
        moved = replace(patient, contact=to, unreachable_since=None)
        work.patients.save(moved)
        work.answers.give_back(moved.id, to.chat)
        enrolment = work.enrolments.current(moved.id)
        if enrolment is not None:
            _free(work, enrolment, at=at)
            self.planning.replan(work, moved, enrolment, at=at)
        return moved

    def _say_unread(self, work: Work, waited: Sequence[Delivery], *, at: datetime) -> None:
        """To staff, of words of theirs that the old account will not get: they may be for the new one, or not."""
        ended = (work.outbox.get(row.id) for row in waited if row.purpose in BY_STAFF)
        for row in ended:
            if row.state is DeliveryState.CANCELLED:
                self.replying.ended(work, row, at=at)

    def _say_left(self, work: Work, patient: Patient, left: Contact, *, at: datetime) -> None:
        """Whoever holds that chat: neither a name nor what it was about."""
        clinic = self.speaking.shelf.clinic
        text = self.speaking.phrase(
            "transfer/patient-left", patient, clinic_name=clinic.name, clinic_phone=clinic.phone
        )
        post(work, left, text, at=at, patient_id=patient.id, purpose=Purpose.TRANSFER)


def _free(work: Work, enrolment: Enrolment, *, at: datetime) -> None:
    """What the old account did not get, or only perhaps, is planned anew while it is of use."""
    for row in work.outbox.of_enrolment(enrolment.id):
        is_lost = row.state is DeliveryState.UNREACHABLE or row.reason in (LEFT, CUT_OFF)
        if row.step and is_lost and row.useful_until is not None and at < row.useful_until:
            work.outbox.forget_tries(row.id)


def _is_connected(work: Work, patient: Patient) -> bool:
    return (
        patient.consent is not None and patient.contact is not None and work.enrolments.current(patient.id) is not None
    )

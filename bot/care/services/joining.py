"""Open a one-time link or code, and make sure it is held by the right person."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.codes import read_code
from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import AuditEvent, Flow, Invitation, Said, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock, Keys
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here
from bot.care.services.consenting import Consenting
from bot.care.services.doubles import Doubles
from bot.care.services.health_asking import HealthAsking
from bot.care.services.inviting import Inviting
from bot.care.services.noticing import tell_staff
from bot.care.services.placing import Placing
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking
from bot.care.services.staff_inviting import StaffInviting
from bot.care.services.transferring import Transferring
from bot.care.services.welcoming import Welcoming

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
MOST_TRIES = 5
LOCKED = "locked"
LOCK = timedelta(hours=1)


@dataclass(frozen=True)
class Joining:
    clock: Clock
    speaking: Speaking
    keys: Keys
    admitting: Admitting
    inviting: Inviting
    consenting: Consenting
    health: HealthAsking
    placing: Placing
    doubles: Doubles
    welcoming: Welcoming
    colleagues: StaffInviting
    transferring: Transferring

    def start(self, work: Work, who: Sender) -> None:
        """`/start` alone: everybody gets what is theirs."""
        self.welcoming.welcome(work, who, at=self.clock.now())

    def open(self, work: Work, who: Sender, payload: str) -> None:
        """`/start <token>`: what a tap on the link sends."""
        if who.private:
            secret = payload if TOKEN.fullmatch(payload) else (read_code(payload) or payload)
            self._try(work, who, secret, at=self.clock.now())

    def typed(self, work: Work, said: Said) -> bool:
        """True when the words were a code, or answered a question of ours."""
        who, now = said.sender, self.clock.now()
        if not who.private:
            return False
        if self.placing.typed(work, said, at=now):
            return True
        code = read_code(said.text)
        if code is None:
            return False
        known = work.patients.by_chat(who.chat) or work.team.member(who.account)
        if known is not None and work.invitations.find(self.keys.hash(code)) is None:
            return False  # words of people we know may look like a code
        self._try(work, who, code, at=now)
        return True

    def confirm(self, work: Work, who: Sender, tap: Tap) -> None:
        """ "Yes, that is me": the link is used up by this account."""
        now = self.clock.now()
        invitation = self._of_tap(work, tap)
        if invitation is None or not self._take(work, invitation, who, at=now):
            if invitation is not None and work.outbox.use_tap(tap.token, at=now):
                # two accounts held this link: whoever was slower may be the patient
                self._tell_of_dead_link(work, invitation, work.patients.get(invitation.patient_id), at=now)
            show(work, tap, self.speaking.say("joining/no-link", self.admitting.language_of(who)), at=now)
            return
        patient = work.patients.get(invitation.patient_id)
        if patient.consent is None:
            self.consenting.show_words(work, who, patient, tap, at=now)
        else:
            self.transferring.take_over(work, who, patient, tap, at=now)

    def not_me(self, work: Work, who: Sender, tap: Tap) -> None:
        """The link dies, staff are told, and nothing is kept of the account."""
        now = self.clock.now()
        show(work, tap, self.speaking.say("joining/not-me-thanks", self.admitting.language_of(who)), at=now)
        invitation = self._of_tap(work, tap)
        if invitation is None or invitation.used_at is not None or invitation.revoked_at is not None:
            return
        patient = work.patients.get(invitation.patient_id)
        work.invitations.revoke_all(patient.id, at=now)
        work.audit.add(AuditEvent(now, "stranger", "not-me", f"patient:{patient.code}"))
        self.inviting.mark(work, patient, self.speaking.about("enrolling/dead-link", patient), at=now)
        self._tell(work, patient, "not-me", at=now)

    def _try(self, work: Work, who: Sender, secret: str, *, at: datetime) -> None:
        flow = work.flows.current(who.chat, who.account, at=at)
        if flow is not None and flow.kind == LOCKED:
            return
        if self.colleagues.opens(work, who, secret, at=at):
            return
        invitation = work.invitations.find(self.keys.hash(secret))
        patient = None if invitation is None else work.patients.get(invitation.patient_id)
        if invitation is None or patient is None:
            self._reject(work, who, at=at)
        elif self._is_theirs(work, invitation, who) or patient.contact == here(who):
            self._again(work, who, patient, at=at)
        elif not self._is_open(work, invitation, at=at):
            self._tell_of_dead_link(work, invitation, patient, at=at)
            self._reject(work, who, at=at)
        elif not self.doubles.hold(work, who, patient, at=at):
            self._first_screen(work, who, patient, invitation, at=at)

    def _first_screen(self, work: Work, who: Sender, patient: Patient, invitation: Invitation, *, at: datetime) -> None:
        """Says only a first name and a day: it may be read by the wrong person."""
        language = self.admitting.language_of(who)
        enrolment = work.enrolments.current(patient.id)
        if enrolment is None:
            self._reject(work, who, at=at)
            return
        name = "first-screen" if enrolment.session_on else "first-screen-booked"
        session = self.speaking.session(enrolment, at=at, language=language)
        text = self.speaking.say(f"joining/{name}", language, first_name=patient.first_name, session_date=session)
        args = (str(patient.id), str(invitation.id))
        keyboard: Keyboard = (
            (Button(self.speaking.label("joining/yes", language), "join-yes", args),),
            (Button(self.speaking.label("joining/not-me", language), "join-no", args),),
        )
        post(work, here(who), text, at=at, keyboard=keyboard, purpose=Purpose.JOINING)

    def _again(self, work: Work, who: Sender, patient: Patient, *, at: datetime) -> None:
        """The rightful account opens its link once more: where it was, or today's text."""
        if patient.consent is None:
            self.consenting.show_words(work, who, patient, None, at=at)
        else:
            self.welcoming.welcome(work, who, at=at)

    def _reject(self, work: Work, who: Sender, *, at: datetime) -> None:
        """Used, expired, unknown, revoked: one and the same answer, and after five of them none."""
        tries = work.invitations.rejected(who.chat, at=at)
        name = "no-link" if tries < MOST_TRIES else "too-many"
        text = self.speaking.say(f"joining/{name}", self.admitting.language_of(who))
        post(work, here(who), text, at=at, purpose=Purpose.REFUSAL)
        if tries >= MOST_TRIES:
            work.flows.put(Flow(who.chat, who.account, LOCKED, {}, at + LOCK))

    def _tell_of_dead_link(self, work: Work, invitation: Invitation, patient: Patient, *, at: datetime) -> None:
        """Staff see a second account at a used link, and somebody who came too late."""
        latest = work.invitations.latest(patient.id)
        if latest is None or latest.id != invitation.id or invitation.revoked_at is not None:
            return
        self._tell(work, patient, "second-attempt" if invitation.used_at else "too-late", at=at)

    def _tell(self, work: Work, patient: Patient, name: str, *, at: datetime) -> None:
        button = Button(self.speaking.label("enrolling/new-link"), "new-link", (str(patient.id),))
        keyboard: Keyboard = ((button,),) if patient.consent is None else ()
        text = self.speaking.about(f"joining/staff-{name}", patient)
        tell_staff(work, text, at=at, patient_id=patient.id, keyboard=keyboard)

    def _of_tap(self, work: Work, tap: Tap) -> Invitation | None:
        """The invitation under whose first screen it was tapped, unless a newer one took its place."""
        latest = work.invitations.latest(int(tap.args[0]))
        return latest if latest is not None and latest.id == int(tap.args[1]) else None

    def _take(self, work: Work, invitation: Invitation, who: Sender, *, at: datetime) -> bool:
        patient = work.patients.get(invitation.patient_id)
        if self._is_theirs(work, invitation, who) and (patient.consent is None or patient.contact == here(who)):
            # of somebody in care a used link moves nothing: what was undone stays undone
            return True
        if self.doubles.other(work, who, patient) is not None:
            return False
        return work.invitations.redeem(invitation.id, by=who.account, at=at)

    def _is_theirs(self, work: Work, invitation: Invitation, who: Sender) -> bool:
        latest = work.invitations.latest(invitation.patient_id)
        return invitation.used_by == who.account and latest is not None and latest.id == invitation.id

    def _is_open(self, work: Work, invitation: Invitation, *, at: datetime) -> bool:
        alive = invitation.used_at is None and invitation.revoked_at is None and at < invitation.expires_at
        return alive and work.enrolments.current(invitation.patient_id) is not None

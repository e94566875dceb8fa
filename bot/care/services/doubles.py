"""One account, one person: what happens when a second link is opened by an account that is in care already."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import EnrolmentStatus
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.continuing import Continuing, hears
from bot.care.services.going_live import GoingLive
from bot.care.services.inviting import Inviting
from bot.care.services.noticing import tell_staff, told_since
from bot.care.services.posting import post, show, tell
from bot.care.services.speaking import Speaking

ASKED_EVERY = timedelta(hours=24)
"""About one link and one account, however often it is opened."""


@dataclass(frozen=True)
class Doubles:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    inviting: Inviting
    continuing: Continuing
    going_live: GoingLive

    def other(self, work: Work, who: Sender, patient: Patient) -> Patient | None:
        """The patient this account belongs to already, when it is another one."""
        known = work.patients.by_chat(who.chat)
        return known if known is not None and known.id != patient.id else None

    def hold(self, work: Work, who: Sender, patient: Patient, *, at: datetime) -> bool:
        """True when the account is somebody's already: it gets nothing of the link until staff choose."""
        known = self.other(work, who, patient)
        if known is None:
            return False
        post(work, here(who), self.speaking.say("joining/being-checked", known.language), at=at)
        args = (str(known.id), str(patient.id))
        if patient.consent is not None:
            # somebody in care who changes accounts is not folded into whoever has that one
            self._tell(work, patient, self.speaking.about("joining/staff-two", patient), (), at=at)
            return True
        keyboard: Keyboard = (
            (Button(self.speaking.label("joining/same-person", patient_code=known.code), "double-same", args),),
            (Button(self.speaking.label("joining/two-people"), "double-two", args),),
        )
        text = self.speaking.about("joining/staff-double", patient, other_name=known.first_name, other_code=known.code)
        self._tell(work, patient, text, keyboard, at=at)
        return True

    def same(self, work: Work, who: Sender, tap: Tap) -> None:
        """The new enrolment becomes the next session of the person who is known."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "enroll", at=now)
        if member is None:
            return
        known, double = (work.patients.get(int(one)) for one in tap.args)
        if double.consent is not None:
            # they have joined by themselves since: a course of somebody who is connected goes to nobody else
            show(work, tap, self.speaking.about("joining/staff-joined", double), at=now)
            return
        enrolment = work.enrolments.current(double.id)
        may_not = self.going_live.refusal_as_real(known, enrolment) if double.test and enrolment is not None else None
        if may_not is not None:
            post(work, here(who), may_not, at=now)
            return
        if not work.outbox.use_tap(tap.token, at=now):
            return
        if enrolment is None:
            show(work, tap, self.speaking.about("enrolling/no-course", double), at=now)
            return
        work.invitations.revoke_all(double.id, at=now)
        work.enrolments.save(enrolment.close(EnrolmentStatus.CANCELLED, at=now))
        merged = replace(
            known, ref=known.ref or double.ref, phone=known.phone or double.phone, born=known.born or double.born
        )
        work.patients.save(merged)
        begun = self.continuing.begin(work, merged, replace(enrolment, id=0, patient_id=known.id), at=now)
        work.audit.add(noted(member, "same-person", f"patient:{known.code}", at=now, detail=double.code))
        summary = self.inviting.summary(begun, at=now)
        name = "new-session" if hears(known) else "new-session-unheard"
        text = self.speaking.about(f"enrolling/{name}", known, summary=summary, remarks="")
        show(work, tap, text, at=now)
        self.inviting.mark(work, double, text, at=now)

    def two(self, work: Work, who: Sender, tap: Tap) -> None:
        """Two people on one account is refused, with the reason; the link stays good for the other account."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "enroll", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        known, double = (work.patients.get(int(one)) for one in tap.args)
        work.audit.add(noted(member, "two-people", f"patient:{double.code}", at=now, detail=known.code))
        show(work, tap, self.speaking.about("joining/staff-two", double), at=now)
        tell(work, known, self.speaking.say("joining/one-person-per-account", known.language), at=now)

    def _tell(self, work: Work, patient: Patient, text: Html, keyboard: Keyboard, *, at: datetime) -> None:
        if not told_since(work, text, patient_id=patient.id, since=at - ASKED_EVERY):
            tell_staff(work, text, at=at, patient_id=patient.id, keyboard=keyboard)

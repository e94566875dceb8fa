"""What staff do to a patient's connection: wrong person, a pause, the end of a course."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, MessageRef
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.continuing import Continuing
from bot.care.services.inviting import Inviting
from bot.care.services.leaving import PAUSES
from bot.care.services.planning import Planning
from bot.care.services.posting import put, show, tell
from bot.care.services.speaking import Speaking
from bot.care.services.talking import let_go
from bot.care.services.withdrawing import withdraw_all
from scheduler.localtime import local_day


@dataclass(frozen=True)
class Unlinking:
    speaking: Speaking
    admitting: Admitting
    confirming: Confirming
    inviting: Inviting
    planning: Planning
    continuing: Continuing

    def ask(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        """Each is confirmed first; the button's own deed says which."""
        if self.admitting.admit(work, who, tap.deed, at=at) is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        text = self.speaking.about(f"seeing/confirm-{tap.deed}", patient)
        if tap.deed == "pause-patient":
            self._ask_how_long(work, who, patient, text, at=at)
            return
        self.confirming.ask(work, who, text, f"{tap.deed}-yes", str(patient.id), at=at)

    def wrong_person(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        """Stop, unlink, new link: whoever holds the old chat gets nothing more."""
        found = self._confirmed(work, who, tap, "wrong-person", at=at)
        if found is None:
            return
        member, patient = found
        enrolment = work.enrolments.current(patient.id)
        withdraw_all(work, patient, at=at, reason="wrong person")
        let_go(work, patient)
        if patient.contact is not None:
            work.flows.clear(patient.contact.chat, patient.contact.chat)
            work.answers.set_aside(patient.id, patient.contact.chat)
        unlinked = replace(patient, contact=None, consent=None, unreachable_since=None)
        work.patients.save(unlinked)
        if enrolment is not None:
            self.planning.close(work, enrolment, at=at, reason="wrong person")
            self.inviting.mark(work, patient, self.speaking.about("enrolling/replaced", patient), at=at)
            self.inviting.invite(work, unlinked, enrolment, to=here(who), at=at)
        else:
            work.invitations.revoke_all(patient.id, at=at)
        work.audit.add(noted(member, "wrong-person", f"patient:{patient.code}", at=at))
        self._say_unlinked(work, who, tap, patient, at=at)

    def pause(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        """In the place of a pause that there was; a pause always has an end."""
        found = self._confirmed(work, who, tap, "pause-patient", at=at)
        if found is None:
            return
        member, patient = found
        until = local_day(at, patient.zone) + timedelta(days=int(tap.args[-1]))
        work.patients.save(replace(patient, paused_until=until))
        work.audit.add(noted(member, "pause-patient", f"patient:{patient.code}", at=at, detail=until.isoformat()))
        show(work, tap, self.speaking.about("seeing/paused", patient, until=self.speaking.day(until, at=at)), at=at)
        said = self.speaking.day(until, at=at, language=patient.language)
        self._tell(work, patient, member, "patient-paused", at=at, until=said)

    def resume(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        """Ends a pause, whoever began it; never a STOP."""
        found = self._confirmed(work, who, tap, "resume-patient", at=at)
        if found is None:
            return
        member, patient = found
        if patient.paused_until is None:
            show(work, tap, self.speaking.about("seeing/not-paused", patient), at=at)
            return
        resumed, enrolment = replace(patient, paused_until=None), work.enrolments.current(patient.id)
        work.patients.save(resumed)
        if enrolment is not None:
            self.planning.replan(work, resumed, enrolment, at=at)
        work.audit.add(noted(member, "resume-patient", f"patient:{patient.code}", at=at))
        show(work, tap, self.speaking.about("seeing/resumed", patient), at=at)
        self._tell(work, resumed, member, "patient-resumed", at=at)

    def end(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        """Scheduled messages end; the patient may still write and is still listened to."""
        found = self._confirmed(work, who, tap, "end-course", at=at)
        enrolment = None if found is None else work.enrolments.current(found[1].id)
        if found is None or enrolment is None:
            return
        member, patient = found
        self.continuing.change(work, patient, enrolment.close(at=at), at=at)
        self.planning.close(work, enrolment, at=at, reason="course ended by staff")
        work.audit.add(noted(member, "end-course", f"patient:{patient.code}", at=at))
        show(work, tap, self.speaking.about("seeing/ended", patient), at=at)
        if patient.may_be_written_to:
            text = self.speaking.say("seeing/patient-ended", patient.language)
            tell(work, patient, text, at=at, purpose=Purpose.ENDED)

    def _say_unlinked(self, work: Work, who: Sender, tap: Tap, patient: Patient, *, at: datetime) -> None:
        """Known for later, too: nothing that was written until now is the right person's."""
        holder = patient.contact.chat if patient.contact is not None else 0
        act = Act(ActKind.SEND, here(who), self.speaking.about("seeing/unlinked", patient), member=holder)
        if tap.message_id is not None:
            act = replace(act, kind=ActKind.EDIT, target=MessageRef(tap.chat, tap.message_id))
        put(work, act, at=at, purpose=Purpose.UNLINKED, patient_id=patient.id)

    def _ask_how_long(self, work: Work, who: Sender, patient: Patient, text: Html, *, at: datetime) -> None:
        today = local_day(at, patient.zone)
        ends = {days: self.speaking.day(today + timedelta(days=days), at=at) for days in PAUSES}
        offered = {
            self.speaking.label(f"seeing/pause-{days}", until=until): (str(patient.id), str(days))
            for days, until in ends.items()
        }
        self.confirming.offer(work, who, text, "pause-patient-yes", offered, at=at)

    def _tell(self, work: Work, patient: Patient, member: Member, name: str, *, at: datetime, **facts: str) -> None:
        """One line, so that a silence is no riddle; nobody who stopped is written to."""
        if patient.may_be_written_to:
            facts |= {"member_name": member.name, "clinic_name": self.speaking.shelf.clinic.name}
            text = self.speaking.say(f"seeing/{name}", patient.language, **facts)
            tell(work, patient, text, at=at, purpose=Purpose.PAUSED)

    def _confirmed(
        self, work: Work, who: Sender, tap: Tap, deed: str, *, at: datetime
    ) -> tuple[Member, Patient] | None:
        member = self.admitting.admit(work, who, deed, at=at)
        args = None if member is None else self.confirming.accept(work, who, tap, at=at)
        return None if member is None or args is None else (member, work.patients.get(int(args[0])))

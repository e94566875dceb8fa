"""A patient's own brakes: pause, resume, stop, privacy, and the wish to be deleted."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.escalation import EscalationState
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import is_flag
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here
from bot.care.services.noticing import tell_staff
from bot.care.services.planning import Planning
from bot.care.services.posting import post, show, tell
from bot.care.services.ringing import for_clinicians_only
from bot.care.services.speaking import Speaking
from bot.care.services.whose import own_cases
from bot.care.services.withdrawing import withdraw_unasked
from scheduler.localtime import local_day

PAUSES = (1, 3, 7)
"""Days; a pause always has an end."""
TOLD_EVERY = timedelta(hours=1)
"""Of one who blocks the chat and opens it again, over and over."""


@dataclass(frozen=True)
class Leaving:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    planning: Planning

    def pause(self, work: Work, who: Sender) -> None:
        """Asks until when."""
        now = self.clock.now()
        patient = self.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        buttons = [(self.speaking.label(f"leaving/pause-{days}", patient.language), days) for days in PAUSES]
        keyboard: Keyboard = tuple((Button(label, "pause-for", (str(days),)),) for label, days in buttons)
        self._say(work, patient, "pause", at=now, keyboard=keyboard)

    def pause_for(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self.admitting.patient_here(work, who, at=now)
        if patient is None or int(tap.args[0]) not in PAUSES or not work.outbox.use_tap(tap.token, at=now):
            return
        until = local_day(now, patient.zone) + timedelta(days=int(tap.args[0]))
        work.patients.save(replace(patient, paused_until=until))
        self._note(work, patient, "pause", at=now, detail=until.isoformat())
        said = self.speaking.day(until, at=now, language=patient.language)
        show(work, tap, self.speaking.say("leaving/paused", patient.language, until=said), at=now)

    def resume(self, work: Work, who: Sender) -> None:
        """Ends a pause or a stop."""
        now = self.clock.now()
        patient = self.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        if patient.paused_until is None and patient.stopped_at is None:
            self._say(work, patient, "not-paused", at=now)
            return
        resumed = patient.resume()
        work.patients.save(resumed)
        self._note(work, patient, "resume", at=now)
        self._replan(work, resumed, at=now)
        self._say(work, patient, "resumed", at=now)
        if patient.stopped_at is not None:
            self._tell(work, patient, "staff-resumed", at=now)

    def stop(self, work: Work, who: Sender) -> None:
        """Asks once; a STOP by mistake would leave somebody alone with their skin."""
        now = self.clock.now()
        patient = self.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        keyboard: Keyboard = (
            (Button(self.speaking.label("leaving/stop-yes", patient.language), "stop", ("yes",)),),
            (Button(self.speaking.label("leaving/stop-no", patient.language), "stop", ("no",)),),
        )
        self._say(work, patient, "stop", at=now, keyboard=keyboard)

    def stop_chosen(self, work: Work, who: Sender, tap: Tap) -> None:
        """Stopping ends scheduled messages, not listening."""
        now = self.clock.now()
        patient = self.admitting.patient_here(work, who, at=now)
        if patient is None or not work.outbox.use_tap(tap.token, at=now):
            return
        if tap.args[0] == "no":
            show(work, tap, self.speaking.say("leaving/kept", patient.language), at=now)
            return
        stopped = patient.stop(at=now)
        work.patients.save(stopped)
        self._replan(work, stopped, at=now)
        withdraw_unasked(work, stopped, at=now, reason="stopped")
        self._note(work, patient, "stop", at=now)
        show(work, tap, self._phrase(patient, "stopped"), at=now)
        self._tell(work, patient, "staff-stopped-open" if _is_alarming(work, patient) else "staff-stopped", at=now)

    def privacy(self, work: Work, who: Sender) -> None:
        """For everybody, also people we do not know; never into a group."""
        if not who.private:
            return
        now = self.clock.now()
        clinic = self.speaking.shelf.clinic
        contact = clinic.privacy_contact or clinic.phone
        language = self.admitting.language_of(who)
        facts = {"privacy_contact": contact, "days": str(clinic.retention.unanswered_days)}
        text = self.speaking.say("leaving/privacy", language, clinic_name=clinic.name, **facts)
        post(work, here(who), text, at=now, purpose=Purpose.PRIVACY)

    def delete(self, work: Work, who: Sender) -> None:
        """A wish to be deleted goes to staff: a clinic may have to keep records. Nothing is learned from them now."""
        now = self.clock.now()
        patient = self.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        work.patients.save(replace(patient, deletion_asked_at=patient.deletion_asked_at or now))
        work.unanswered.forget(patient.id)
        self._note(work, patient, "delete-asked", at=now)
        self._say(work, patient, "delete", at=now)
        self._tell(work, patient, "staff-delete", at=now)

    def reachable(self, work: Work, *, contact: Contact, reachable: bool) -> None:
        """Somebody blocked the bot, or opened the chat again."""
        now = self.clock.now()
        patient = work.patients.by_chat(contact.chat)
        if patient is None:
            return
        if reachable:
            self.found(work, patient, at=now)
        else:
            self.lost(work, patient, at=now)

    def lost(self, work: Work, patient: Patient, *, at: datetime) -> None:
        """The chat is blocked or gone; staff hear of it once, however many messages find out."""
        if patient.unreachable_since is not None:
            return
        work.patients.save(replace(patient, unreachable_since=at))
        self._note(work, patient, "unreachable", at=at)
        self._tell_of_reach(work, patient, Purpose.NOTICE_UNREACHABLE, "staff-unreachable", at=at)

    def found(self, work: Work, patient: Patient, *, at: datetime) -> None:
        """The chat is open again: the plan goes on where it would be."""
        if patient.unreachable_since is None:
            return
        changed = replace(patient, unreachable_since=None)
        work.patients.save(changed)
        self._note(work, patient, "reachable", at=at)
        self._tell_of_reach(work, patient, Purpose.NOTICE_REACHABLE, "staff-reachable", at=at)
        self._replan(work, changed, at=at)

    def _replan(self, work: Work, patient: Patient, *, at: datetime) -> None:
        enrolment = work.enrolments.current(patient.id)
        if enrolment is not None:
            self.planning.replan(work, patient, enrolment, at=at)

    def _phrase(self, patient: Patient, name: str) -> str:
        return self.speaking.say(f"leaving/{name}", patient.language, clinic_phone=self.speaking.shelf.clinic.phone)

    def _say(self, work: Work, patient: Patient, name: str, *, at: datetime, keyboard: Keyboard = ()) -> None:
        tell(work, patient, self._phrase(patient, name), at=at, keyboard=keyboard, purpose=Purpose.LEAVING)

    def _tell(self, work: Work, patient: Patient, name: str, *, at: datetime) -> None:
        tell_staff(work, self.speaking.about(f"leaving/{name}", patient), at=at, patient_id=patient.id)

    def _tell_of_reach(self, work: Work, patient: Patient, purpose: Purpose, name: str, *, at: datetime) -> None:
        """Twice within the hour is said as that, once: what was said before may hold no longer."""
        for kind, said in ((purpose, name), (Purpose.NOTICE_TO_AND_FRO, "staff-to-and-fro")):
            last = work.outbox.latest(patient.id, kind)
            if last is None or at - last >= TOLD_EVERY:
                text = self.speaking.about(f"leaving/{said}", patient)
                tell_staff(work, text, at=at, patient_id=patient.id, purpose=kind)
                return

    def _note(self, work: Work, patient: Patient, deed: str, *, at: datetime, detail: str = "") -> None:
        subject = f"patient:{patient.code}"
        work.audit.add(AuditEvent(at, subject, deed, subject, detail))


def _is_alarming(work: Work, patient: Patient) -> bool:
    """An alert that the desk may know of is still open."""
    cases = (one for one in own_cases(work, patient) if one.confirmed and is_flag(one.reason))
    return any(one.state is not EscalationState.CLOSED and not for_clinicians_only(one) for one in cases)

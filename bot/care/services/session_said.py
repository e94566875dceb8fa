"""Take the word on a session of today: staff's counts, the patient's begins day 0 until staff say the same."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import AuditEvent, Entry, Heard, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.session_day import USUAL_END
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, noted
from bot.care.services.asking import person_button
from bot.care.services.continuing import Continuing, begun_as
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.health_noting import HealthNoting
from bot.care.services.inviting import Inviting
from bot.care.services.knowing import Knowing
from bot.care.services.overriding import Overriding
from bot.care.services.posting import show
from bot.care.services.receipts import Receipts
from bot.care.services.session_day import SessionDay
from scheduler.localtime import local_day, local_hour


@dataclass(frozen=True)
class SessionSaid:
    clock: Clock
    knowing: Knowing
    admitting: Admitting
    continuing: Continuing
    inviting: Inviting
    receipts: Receipts
    overriding: Overriding
    noting: HealthNoting

    @property
    def asking(self) -> SessionDay:
        return SessionDay(self.knowing)

    def by_patient(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: patient, enrolment, the planned day, `yes` or `no`. Neither counts before staff say the same."""
        now = self.clock.now()
        patient, answer = work.patients.get(int(tap.args[0])), tap.args[3]
        if patient.contact is None or patient.contact.chat != who.chat:
            return
        enrolment = work.enrolments.current(patient.id)
        if enrolment is None or not _is_open(enrolment, tap) or not work.outbox.use_tap(tap.token, at=now):
            self._show(work, tap, patient, "patient-known", at=now)
            return
        work.diary.add(Entry(patient.id, now, Heard.PASSED_ON, tap.label, who.chat, tap.message_id or 0, "session"))
        subject = f"patient:{patient.code}"
        work.audit.add(AuditEvent(now, subject, "session-said", subject, answer))
        if answer == "yes":
            day = date.fromisoformat(tap.args[2])
            enrolment = self.continuing.suppose(work, patient, enrolment, ended=_ended(day, patient, at=now), at=now)
        said = self.knowing.speaking.about(
            f"session_day/staff-said-{answer}",
            patient,
            session_date=weekday_and_day(self.knowing.speaking, date.fromisoformat(tap.args[2]), at=now),
        )
        self.asking.ask_staff(work, patient, enrolment, at=now, said=said)
        self._show(work, tap, patient, f"patient-said-{answer}", at=now)

    def by_staff(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: patient, enrolment, the planned day, `done` or `not`: one tap."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "session", at=now)
        if member is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is None or not _is_meant(enrolment, tap) or not work.outbox.use_tap(tap.token, at=now):
            show(work, tap, self.knowing.speaking.about("sessions/settled-since", patient), at=now)
            return
        work.audit.add(noted(member, f"session-{tap.args[3]}", f"patient:{patient.code}", at=now, detail=tap.args[2]))
        if tap.args[3] == "done":
            begun = self.settle(work, patient, enrolment, by=member.account, at=now)
            name = begun_as(patient, was_supposed=enrolment.provisional)
            show(work, tap, self._about(f"sessions/{name}", patient, begun, at=now), at=now)
        else:
            going_on = self.refute(work, patient, enrolment, at=now)
            show(work, tap, self._about("session_day/refuted", patient, going_on, at=now), at=now)

    def settle(self, work: Work, patient: Patient, enrolment: Enrolment, *, by: int, at: datetime) -> Enrolment:
        """It took place on its planned day; what a clinician settled for the last session is asked about again."""
        begun = self._begin(work, patient, enrolment, by=by, at=at)
        self.overriding.ask_again(work, patient, begun, at=at)
        self.noting.done(work, patient, begun, at=at)
        return begun

    def refute(self, work: Work, patient: Patient, supposed: Enrolment, *, at: datetime) -> Enrolment:
        """Advice for a day 0 that never was has been sent: the patient hears at once that it does not hold."""
        going_on = self.continuing.refute(work, patient, supposed, at=at)
        if patient.may_be_written_to and supposed.session_on is not None:
            said = self.knowing.speaking.day(supposed.session_on, at=at, language=patient.language)
            text = self.knowing.speaking.phrase("session_day/patient-refuted", patient, session_date=said)
            self.receipts.correct(work, patient, text, at=at)
        return going_on

    def _begin(self, work: Work, patient: Patient, enrolment: Enrolment, *, by: int, at: datetime) -> Enrolment:
        if enrolment.provisional:
            return self.continuing.confirm(work, patient, enrolment, at=at)
        if enrolment.next_on is None:
            return enrolment
        ended = _ended(enrolment.next_on, patient, at=at)
        return self.continuing.take_place(work, patient, enrolment, enrolment.next_on, ended=ended, by=by, at=at)

    def _about(self, name: str, patient: Patient, enrolment: Enrolment, *, at: datetime) -> str:
        summary = self.inviting.summary(enrolment, at=at)
        return self.knowing.speaking.about(name, patient, summary=summary)

    def _show(self, work: Work, tap: Tap, patient: Patient, name: str, *, at: datetime) -> None:
        text = self.knowing.say(work, patient, f"phrases/session_day/{name}", at=at)
        show(work, tap, text, at=at, keyboard=((person_button(self.knowing, patient),),))


def _is_open(enrolment: Enrolment, tap: Tap) -> bool:
    """Nobody has said yet what became of the session that was asked about."""
    planned = enrolment.next_on.isoformat() if enrolment.next_on is not None else ""
    return str(enrolment.id) == tap.args[1] and planned == tap.args[2]


def _is_meant(enrolment: Enrolment, tap: Tap) -> bool:
    """The session asked about is still the one to be settled, also where the patient has spoken meanwhile."""
    if not enrolment.provisional:
        return _is_open(enrolment, tap)
    return enrolment.session_on is not None and enrolment.session_on.isoformat() == tap.args[2]


def _ended(day: date, patient: Patient, *, at: datetime) -> time:
    """Over by now on its own day; afterwards at the usual hour."""
    if local_day(at, patient.zone) != day:
        return USUAL_END
    return local_hour(at, patient.zone).replace(second=0, microsecond=0)

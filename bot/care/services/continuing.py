"""Go on with a known person: a new session takes over from the one before."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.people import Patient
from bot.care.ports.records import Work
from bot.care.services.planning import Planning


@dataclass(frozen=True)
class Continuing:
    planning: Planning

    def begin(self, work: Work, patient: Patient, new: Enrolment, *, at: datetime) -> Enrolment:
        """The old enrolment closes with what it had not sent; the new one is planned at once if the patient agreed."""
        old = work.enrolments.current(patient.id)
        if old is not None:
            work.enrolments.save(old.close(at=at))
            self.planning.close(work, old, at=at, reason="a newer session")
            new = replace(new, health=old.health, overrides=old.carried(), kept_timings=())
        begun = work.enrolments.add(new)
        self.plan(work, patient, begun, at=at)
        return begun

    def take_place(
        self, work: Work, patient: Patient, old: Enrolment, day: date, *, ended: time, by: int, at: datetime
    ) -> Enrolment:
        """The planned session was done on `day`: a booked patient gets day 0, a running course its next one."""
        begun = _day_0(old, day, ended)
        if old.session_on is None:
            self.change(work, patient, begun, at=at)
            return begun
        return self.begin(work, patient, replace(begun, id=0, created_at=at, created_by=by), at=at)

    # --- on the patient's word ---------------------------------------------------------------------------------------

    def suppose(self, work: Work, patient: Patient, old: Enrolment, *, ended: time, at: datetime) -> Enrolment:
        """The patient says that the planned session was done: day 0 begins, and the old plan waits for staff."""
        if old.next_on is None:
            raise ValueError("nothing was planned")
        supposed = replace(_day_0(old, old.next_on, ended), provisional=True)
        if old.session_on is None:
            self.change(work, patient, supposed, at=at)
            return supposed
        # its rows stay: none leaves while it is closed, and they go on if staff say that there was no session
        work.enrolments.save(old.close(at=at))
        added = work.enrolments.add(replace(supposed, id=0, created_at=at, overrides=old.carried(), kept_timings=()))
        self.plan(work, patient, added, at=at)
        return added

    def confirm(self, work: Work, patient: Patient, supposed: Enrolment, *, at: datetime) -> Enrolment:
        """Staff say so too: the old plan ends, and what waited for their word is planned."""
        before = _before(work, supposed)
        if before is not None:
            self.planning.close(work, before, at=at, reason="a newer session")
        known = replace(supposed, provisional=False)
        self.change(work, patient, known, at=at)
        return known

    def refute(self, work: Work, patient: Patient, supposed: Enrolment, *, at: datetime) -> Enrolment:
        """It did not take place: what was before goes on, without a next date until staff enter one."""
        before = _before(work, supposed)
        if before is None:
            booked = replace(supposed, session_on=None, status=EnrolmentStatus.BOOKED, provisional=False)
            self.change(work, patient, booked, at=at)
            return booked
        work.enrolments.save(supposed.close(EnrolmentStatus.CANCELLED, at=at))
        self.planning.close(work, supposed, at=at, reason="the session did not take place")
        going_on = before.reopen().move_next(None)
        self.change(work, patient, going_on, at=at)
        return going_on

    # --- either way --------------------------------------------------------------------------------------------------

    def change(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        work.enrolments.save(enrolment)
        self.plan(work, patient, enrolment, at=at)

    def plan(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """Nothing is planned for somebody who has not agreed yet; consent does it."""
        if patient.consent is not None:
            self.planning.replan(work, patient, enrolment, at=at)


def _before(work: Work, supposed: Enrolment) -> Enrolment | None:
    """The enrolment whose next session this was to be; None when it is the first."""
    course = work.enrolments.course(supposed.patient_id)
    planned = (one for one in course if one.id < supposed.id and one.next_on == supposed.session_on)
    return next((one for one in planned if one.status is EnrolmentStatus.CLOSED), None)


def _day_0(old: Enrolment, day: date, ended: time) -> Enrolment:
    active = EnrolmentStatus.ACTIVE
    return replace(old, session_on=day, ended=ended, next_on=None, next_at=None, status=active, provisional=False)


def hears(patient: Patient) -> bool:
    """What is planned reaches them: not stopped, not blocked."""
    return patient.may_be_written_to and patient.unreachable_since is None


def begun_as(patient: Patient, *, was_supposed: bool = False) -> str:
    """The phrase for staff: day 0 comes, came on the patient's own word, or does not reach them."""
    if hears(patient):
        return "began-before" if was_supposed else "began"
    return "began-unconnected" if patient.consent is None else "began-unheard"

"""Go on with a known person: a new session takes over from the one before."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.people import Patient
from bot.care.ports import Work
from bot.care.services.planning import Planning


@dataclass(frozen=True)
class Continuing:
    planning: Planning

    def begin(self, work: Work, patient: Patient, new: Enrolment, *, at: datetime) -> Enrolment:
        """The old enrolment closes with what it had not sent; the new one is planned at once if the patient agreed."""
        old = work.enrolments.current(patient.id)
        if old is not None:
            work.enrolments.save(old.close())
            self.planning.close(work, old, at=at, reason="a newer session")
        begun = work.enrolments.add(new if old is None else replace(new, health=old.health, overrides=old.carried()))
        self.plan(work, patient, begun, at=at)
        return begun

    def take_place(
        self, work: Work, patient: Patient, old: Enrolment, day: date, *, ended: time, by: int, at: datetime
    ) -> Enrolment:
        """The planned session was done on `day`: a booked patient gets day 0, a running course its next one."""
        active = EnrolmentStatus.ACTIVE
        begun = replace(old, session_on=day, ended=ended, next_on=None, next_at=None, status=active, provisional=False)
        if old.session_on is None:
            self.change(work, patient, begun, at=at)
            return begun
        return self.begin(work, patient, replace(begun, id=0, created_at=at, created_by=by), at=at)

    def change(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        work.enrolments.save(enrolment)
        self.plan(work, patient, enrolment, at=at)

    def plan(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """Nothing is planned for somebody who has not agreed yet; consent does it."""
        if patient.consent is not None:
            self.planning.replan(work, patient, enrolment, at=at)


def hears(patient: Patient) -> bool:
    """What is planned reaches them: not stopped, not blocked."""
    return patient.may_be_written_to and patient.unreachable_since is None

"""Ask what became of a session whose day has come, until staff say so; nothing is allowed again meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.hours import is_open
from bot.care.model.inbound import Sender
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.session_day import (
    first_after,
    is_still_fresh,
    last_before,
    patient_moment,
    planned_end,
    staff_moments,
)
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.asking import person_button
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.knowing import Knowing
from bot.care.services.noticing import staff_contacts
from bot.care.services.posting import post, tell
from scheduler.localtime import local_day

A_DAY_EARLY = timedelta(days=1)
"""A patient's calendar may be a day ahead of the clinic's."""


@dataclass(frozen=True)
class SessionDay:
    knowing: Knowing

    def run(self, work: Work, *, at: datetime) -> None:
        """Every question whose moment has come, once each; what a standstill passed over is asked once."""
        for patient, enrolment, day in self._waiting(work, until=at):
            if self._is_staff_due(work, patient, enrolment, day, at=at):
                self.ask_staff(work, patient, enrolment, at=at)
            if self._is_patient_due(work, patient, enrolment, day, at=at):
                self._ask_patient(work, patient, enrolment, day, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """When `run` has something to do next."""
        waiting = self._waiting(work, until=None)
        return min(chain.from_iterable(self._moments(*one, after=after) for one in waiting), default=None)

    def ask_staff(
        self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime, said: Html | None = None
    ) -> None:
        """Buttons for what became of it. `said`: what the patient just told us, instead of the plain question."""
        text = said or self._question(patient, enrolment, at=at)
        silent = not is_open(self.knowing.shelf.clinic, at)
        rows = self._choices(patient, enrolment)
        for to in staff_contacts(work):
            post(
                work, to, text, at=at, keyboard=rows, purpose=Purpose.SESSION_DAY, patient_id=patient.id, silent=silent
            )

    def ask_here(self, work: Work, who: Sender, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """The same question to whoever asks about the session."""
        text, rows = self._question(patient, enrolment, at=at), self._choices(patient, enrolment)
        post(work, here(who), text, at=at, keyboard=rows)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _waiting(self, work: Work, *, until: datetime | None) -> Iterator[tuple[Patient, Enrolment, date]]:
        """Whose session nobody of the clinic has spoken of, and the day it was planned for."""
        zone = self.knowing.shelf.clinic.zone
        last = date.max if until is None else local_day(until + A_DAY_EARLY, zone)
        for enrolment in work.enrolments.awaiting(until=last):
            day = enrolment.session_on if enrolment.provisional else enrolment.next_on
            if day is not None:
                yield work.patients.get(enrolment.patient_id), enrolment, day

    def _moments(self, patient: Patient, enrolment: Enrolment, day: date, *, after: datetime) -> Iterator[datetime]:
        clinic = self.knowing.shelf.clinic
        yield first_after(staff_moments(clinic, day, enrolment.next_at), after=after)
        asked = patient_moment(patient, day, planned_end(clinic, day, enrolment.next_at))
        if asked > after and patient.may_be_written_to and not enrolment.provisional:
            yield asked

    def _is_staff_due(self, work: Work, patient: Patient, enrolment: Enrolment, day: date, *, at: datetime) -> bool:
        moment = last_before(staff_moments(self.knowing.shelf.clinic, day, enrolment.next_at), at=at)
        return moment is not None and not _was_asked(work, patient, Purpose.SESSION_DAY, since=moment)

    def _is_patient_due(self, work: Work, patient: Patient, enrolment: Enrolment, day: date, *, at: datetime) -> bool:
        """A pause and a stop are respected; staff are asked all the same."""
        today = local_day(at, patient.zone)
        paused = patient.paused_until is not None and today < patient.paused_until
        reached = patient.may_be_written_to and patient.unreachable_since is None
        if enrolment.provisional or paused or not reached:
            return False
        moment = patient_moment(patient, day, planned_end(self.knowing.shelf.clinic, day, enrolment.next_at))
        fresh = is_still_fresh(moment, patient, at=at)
        return fresh and not _was_asked(work, patient, Purpose.SESSION_ASKED, since=moment)

    def _ask_patient(self, work: Work, patient: Patient, enrolment: Enrolment, day: date, *, at: datetime) -> None:
        args = (str(patient.id), str(enrolment.id), day.isoformat())
        speaking = self.knowing.speaking
        rows = tuple(
            (Button(speaking.label(f"session_day/patient-{one}", patient.language), "session-said", (*args, one)),)
            for one in ("yes", "no")
        )
        said = speaking.day(day, at=at, language=patient.language)
        text = speaking.phrase("session_day/patient-asked", patient, session_date=said)
        keyboard: Keyboard = (*rows, (person_button(self.knowing, patient),))
        tell(work, patient, text, at=at, keyboard=keyboard, purpose=Purpose.SESSION_ASKED)

    def _question(self, patient: Patient, enrolment: Enrolment, *, at: datetime) -> Html:
        day = enrolment.session_on if enrolment.provisional else enrolment.next_on
        said = "" if day is None else weekday_and_day(self.knowing.speaking, day, at=at)
        name = "staff-supposed" if enrolment.provisional else "staff-asked"
        treatment = self.knowing.speaking.treatment(enrolment)
        return self.knowing.speaking.about(f"session_day/{name}", patient, session_date=said, treatment_name=treatment)

    def _choices(self, patient: Patient, enrolment: Enrolment) -> Keyboard:
        """One tap says that it took place; a new date and a cancellation are confirmed as when they are typed."""
        label, person = self.knowing.speaking.label, str(patient.id)
        day = enrolment.session_on if enrolment.provisional else enrolment.next_on
        args = (person, str(enrolment.id), day.isoformat() if day is not None else "")
        done = Button(label("session_day/button-done"), "session-was", (*args, "done"))
        if enrolment.provisional:
            return (done,), (Button(label("session_day/button-not"), "session-was", (*args, "not")),)
        moved = Button(label("session_day/button-moved"), "session", (person, "date"))
        return (done,), (moved, Button(label("session_day/button-cancelled"), "session", (person, "not")))


def _was_asked(work: Work, patient: Patient, purpose: Purpose, *, since: datetime) -> bool:
    last = work.outbox.latest(patient.id, purpose)
    return last is not None and last >= since

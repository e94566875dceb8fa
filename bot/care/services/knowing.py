"""Know a patient at one moment: the facts for their words, what conditions look at, and what they write about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.conditions import Known
from bot.care.model.delivery import DeliveryState
from bot.care.model.enrolment import Enrolment, newest
from bot.care.model.escalation import EscalationState
from bot.care.model.flags import Flags
from bot.care.model.inbound import Entry, Heard
from bot.care.model.people import Patient
from bot.care.model.windows import leading
from bot.care.model.words import Facts, Html
from bot.care.ports.hearing import Situation
from bot.care.ports.records import Work
from bot.care.ports.words import Shelf
from bot.care.services.duty import as_told
from bot.care.services.speaking import Speaking
from bot.care.services.telling import Telling
from bot.care.services.telling_clinic import ClinicWords
from bot.care.services.voice import Voice
from bot.care.services.whose import came_from_another, own_cases
from scheduler.localtime import local_day

NOT_WORDS = frozenset({Heard.CHECK_IN, Heard.COMMAND, Heard.REPLY, Heard.HANDED_BACK})
SAME_TALK = timedelta(hours=1)
"""How long words stay what was said just before."""
ALARM_LASTS = timedelta(days=1)
RECENT = 20


@dataclass(frozen=True)
class Knowing:
    speaking: Speaking
    telling: Telling

    @property
    def shelf(self) -> Shelf:
        return self.speaking.shelf

    def facts(
        self, work: Work, patient: Patient, *, at: datetime, language: str = "", session: int | None = None
    ) -> Facts:
        """Everything approved words may name, for this patient now.

        `language` when it is not for their own eyes; `session` (an enrolment's id) when the newest is not meant.
        """
        reader = replace(patient, language=language) if language else patient
        course = self.course(work, patient, session=session)
        if not course:
            own = {"first_name": patient.first_name, "patient_code": patient.code}
            return self.clinic_facts(work, reader.language, patient.country, at=at) | own
        answers = work.answers.of_enrolment(course[-1].id)
        flags = self.flags(work, patient)
        clinic = as_told(work, self.shelf.clinic, at=at)
        return self.telling.facts(reader, course, self.shelf, at=at, answers=answers, flags=flags, clinic=clinic)

    def today(self, work: Work, patient: Patient, *, at: datetime) -> Html | None:
        """What is on and off today, with dates; None without a session."""
        course = self.course(work, patient)
        if not course:
            return None
        known = self.known(work, patient, course, at=at)
        return Html(self.telling.today(known, self.shelf, self.facts(work, patient, at=at)))

    def course(self, work: Work, patient: Patient, *, session: int | None = None) -> Sequence[Enrolment]:
        """Up to one session (the newest unless given), oldest first.

        Only those whose treatment is still on the shelf: nobody goes unanswered because a file was taken away.
        """
        known = self.shelf.protocols
        kept = [one for one in work.enrolments.course(patient.id) if one.treatment in known]
        last = newest(kept)
        until = session if session is not None else last.id if last is not None else 0
        return [one for one in kept if one.id <= until]

    def clinic_facts(self, work: Work, language: str, country: str, *, at: datetime) -> Facts:
        """What can be said to somebody nobody knows."""
        clinic = as_told(work, self.shelf.clinic, at=at)
        voice = Voice(self.shelf, self.telling.dates, language, local_day(at, clinic.zone).year)
        return ClinicWords(voice, clinic, country).facts(at=at)

    def say(self, work: Work, patient: Patient, key: str, *, at: datetime, **more: str) -> Html:
        """Words for the patient, `key` in full (`faq/makeup`, `phrases/listening/...`)."""
        return self.shelf.say(key, patient.language, self.facts(work, patient, at=at) | more)

    def flags(self, work: Work, patient: Patient) -> Flags:
        return Flags.of(own_cases(work, patient))

    def known(self, work: Work, patient: Patient, course: Sequence[Enrolment], *, at: datetime) -> Known:
        """All that conditions look at; `course` ends with the session that is meant."""
        rows = work.outbox.of_enrolment(course[-1].id)
        return Known(
            course,
            patient,
            self.shelf.protocols,
            local_day(at, patient.zone),
            work.answers.of_enrolment(course[-1].id),
            frozenset(row.step for row in rows if row.state in (DeliveryState.SENT, DeliveryState.FOLDED)),
            self.flags(work, patient),
        )

    def situation(self, work: Work, patient: Patient | None, language: str, *, at: datetime) -> Situation:
        """What of this person takes part in understanding their words."""
        if patient is None:
            return Situation(self.speaking.spoken(language))
        course = self.course(work, patient)
        before = self.said_before(work, patient, at=at)
        if not course:
            return Situation(patient.language, before=before)
        today = local_day(at, patient.zone)
        current = course[-1]
        column = leading(self.shelf.protocols, current).column
        cases = (case for case in own_cases(work, patient) if case.level is not None)
        return Situation(
            patient.language,
            column,
            current.day(today),
            current.days_to_next(today),
            before,
            tuple(said.words for said in self._own(work, patient) if local_day(said.at, patient.zone) == today),
            any(case.state is not EscalationState.CLOSED or at - case.opened_at <= ALARM_LASTS for case in cases),
        )

    def said_before(self, work: Work, patient: Patient, *, at: datetime) -> str:
        """The patient's own last words of the last hour; buttons, commands and staff's replies are none."""
        near = (entry for entry in self._own(work, patient) if at - entry.at <= SAME_TALK)
        own = (entry.words for entry in near if not came_from_another(work, patient, at=entry.at))
        return next(own, "")

    def _own(self, work: Work, patient: Patient) -> Iterator[Entry]:
        """What was written in this patient's name lately, the newest first."""
        said = reversed(work.diary.of_patient(patient.id, limit=RECENT))
        return (entry for entry in said if entry.heard not in NOT_WORDS)

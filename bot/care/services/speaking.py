"""Say approved phrases to staff and to patients, with days and treatments in their words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.care.model.enrolment import Enrolment
from bot.care.model.people import Patient
from bot.care.model.sign_off import ANSWERS
from bot.care.model.texts import flat
from bot.care.model.typed_line import Remark
from bot.care.model.words import Html
from bot.care.ports.words import Dates, Library, Shelf
from scheduler.localtime import local_day, local_hour

GAP = re.compile(r"\n\s*\n\s*\n")


@dataclass(frozen=True)
class Speaking:
    """Phrases are named `group/name`; staff hear the clinic's first language."""

    library: Library
    dates: Dates

    @property
    def shelf(self) -> Shelf:
        return self.library.shelf

    @property
    def staff_language(self) -> str:
        return self.shelf.clinic.languages[0]

    def spoken(self, language: str) -> str:
        """The clinic's own language nearest to what Telegram says of somebody, e.g. `en-gb`; its first otherwise."""
        base = language.partition("-")[0].lower()
        return base if base in self.shelf.clinic.languages else self.staff_language

    def staff(self, name: str, /, **facts: str) -> Html:
        return self.say(name, self.staff_language, **facts)

    def say(self, name: str, language: str, /, **facts: str) -> Html:
        # what has nothing to say leaves no gap
        return Html(GAP.sub("\n\n", self.shelf.say(f"phrases/{name}", language, facts)).strip())

    def label(self, name: str, language: str = "", **facts: str) -> str:
        """Words on a button: plain text, since Telegram reads no markup there; staff's language by default."""
        return flat(self.say(name, language or self.staff_language, **facts))

    def about(self, name: str, patient: Patient, **facts: str) -> Html:
        """To staff, about a patient."""
        first_name = self.marked(patient.first_name, patient)
        return self.staff(name, first_name=first_name, patient_code=patient.code, **facts)

    def marked(self, said: str, patient: Patient) -> str:
        """Nobody takes a test patient for a real one."""
        return self.staff("seeing/marked-test", value=said) if patient.test else said

    def phrase(self, name: str, patient: Patient, **facts: str) -> Html:
        """To a patient: a short phrase that needs none of their dates."""
        return self.say(name, patient.language, first_name=patient.first_name, patient_code=patient.code, **facts)

    def remarks(self, group: str, remarks: Iterable[Remark]) -> Html:
        """One line each, to staff."""
        return Html("\n".join(self.staff(f"{group}/{remark.name}", **remark.facts) for remark in remarks))

    def day(self, day: date, *, at: datetime, language: str = "") -> str:
        return self.dates.say_day(day, language or self.staff_language, year=at.year)

    def hour(self, at: datetime, zone: ZoneInfo) -> str:
        return self.dates.say_time(local_hour(at, zone), self.staff_language)

    def moment(self, moment: datetime, *, at: datetime) -> str:
        """A day and an hour on the clinic's clock."""
        zone = self.shelf.clinic.zone
        return f"{self.day(local_day(moment, zone), at=at)}, {self.hour(moment, zone)}"

    def course_day(self, patient: Patient, enrolment: Enrolment, *, at: datetime) -> str:
        """How far the patient is, to staff."""
        day = enrolment.day(local_day(at, patient.zone))
        return self.staff("seeing/booked") if day is None else self.staff("seeing/day", day=str(day))

    def treatment(self, enrolment: Enrolment, language: str = "") -> Html:
        spoken = language or self.staff_language
        names = (enrolment.treatment, *enrolment.also)
        return Html(" + ".join(self._named(name, spoken) for name in names))

    def treatment_name(self, treatment: str) -> str:
        """For a button."""
        return flat(self._named(treatment, self.staff_language))

    def stood_for(self, name: str) -> str:
        """What a clinician's approval is of: a treatment, or all answers."""
        return self.label("signing/answers") if name == ANSWERS else self.treatment_name(name)

    def _named(self, treatment: str, language: str) -> Html:
        """One that is no longer offered, and has no words any more, is called by its id."""
        key = f"treatments/{treatment}/name"
        return self.shelf.say(key, language, {}) if self.shelf.has(key, language) else Html(treatment)

    def session(self, enrolment: Enrolment, *, at: datetime, language: str = "") -> str:
        """The day of the session, or of the first appointment; empty when neither is known."""
        day = enrolment.session_on or enrolment.next_on
        return "" if day is None else self.day(day, at=at, language=language)

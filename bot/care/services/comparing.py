"""A patient's first picture and their newest one, beside each other, for staff."""

from dataclasses import dataclass

from bot.care.model.delivery import Act, ActKind, Button
from bot.care.model.inbound import Entry, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confidence import confided_since
from bot.care.services.posting import post, put
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day


@dataclass(frozen=True)
class Comparing:
    clock: Clock
    speaking: Speaking
    admitting: Admitting

    def button(self, work: Work, patient: Patient) -> Button | None:
        """Where there is something to compare."""
        if self._two(work, patient) is None:
            return None
        return Button(self.speaking.label("seeing/compare"), "compare-photos", (str(patient.id),))

    def show(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "compare-photos", at=now)
        if member is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        two = self._two(work, patient)
        work.audit.add(noted(member, "compare-photos", f"patient:{patient.code}", at=now))
        if two is None:
            post(work, here(who), self.speaking.about("seeing/nothing-to-compare", patient), at=now)
            return
        first, last = two
        days = {"first": self._day(work, patient, first), "last": self._day(work, patient, last)}
        text = self.speaking.about("seeing/compared", patient, **days)
        instead = self.speaking.about("seeing/photos-gone", patient)
        pair = tuple(entry.file for entry in two if entry.file is not None)
        put(
            work,
            Act(ActKind.SEND, here(who), text, pair=pair, instead=instead, album=patient.id),
            at=now,
            purpose=Purpose.PHOTOS,
        )

    def _two(self, work: Work, patient: Patient) -> tuple[Entry, Entry] | None:
        """Of this course, with the patient's yes to photos; what was confided to clinicians is not shown around."""
        current = work.enrolments.current(patient.id)
        if patient.consent is None or not patient.consent.photos or current is None or current.session_on is None:
            return None
        mine = [
            entry
            for entry in work.diary.with_files(patient.id)
            if entry.file is not None and entry.file.is_picture and entry.file.unfit is None
            if local_day(entry.at, patient.zone) >= current.session_on
            if confided_since(work, patient, at=entry.at) is None
        ]
        return (mine[0], mine[-1]) if len(mine) > 1 else None

    def _day(self, work: Work, patient: Patient, entry: Entry) -> str:
        """How many days after the session, and the date."""
        current = work.enrolments.current(patient.id)
        day = local_day(entry.at, patient.zone)
        number = current.day(day) if current is not None else None
        said = self.speaking.staff("seeing/day", day=str(number)) if number is not None else ""
        return ", ".join(filter(None, (said, self.speaking.day(day, at=entry.at))))

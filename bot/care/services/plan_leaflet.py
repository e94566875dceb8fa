"""The plan of one patient on one page of paper, with its dates, for somebody who gets no messages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.care.model.enrolment import Area, Enrolment
from bot.care.model.leaflet import Leaflet, Section
from bot.care.model.people import Patient
from bot.care.model.texts import flat
from bot.care.model.things import Thing
from bot.care.model.windows import Gate, stretches
from bot.care.model.words import Facts
from bot.care.ports.records import Work
from bot.care.services.call_days import calls_of
from bot.care.services.knowing import Knowing
from bot.care.services.telling_windows import LISTED, WindowWords
from bot.care.services.voice import Voice
from scheduler.localtime import local_day


@dataclass(frozen=True)
class PlanLeaflet:
    knowing: Knowing

    def leaflet(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> Leaflet | None:
        """In the patient's language; None for a treatment that is no longer offered."""
        course = self.knowing.course(work, patient, session=enrolment.id)
        if not course or course[-1].id != enrolment.id:
            return None
        on = local_day(at, patient.zone)
        voice = self.knowing.telling.voice(patient, self.knowing.shelf, on)
        facts = self.knowing.facts(work, patient, at=at, session=enrolment.id)
        sections = (
            *self._windows(voice, course, on),
            *self._again(voice, course, on),
            *self._calls(voice, enrolment, patient, facts, on),
            self._section(voice, "signs", facts, _lines(voice, "signs", facts)),
            self._section(voice, "reach", facts, _lines(voice, "reach", facts)),
        )
        file = f"plan-{patient.code}-{on.isoformat()}.pdf"
        title, about, foot = (flat(voice.phrase(f"leaflet/{name}", facts)) for name in ("title", "about", "foot"))
        return Leaflet(file, title, about, sections, foot)

    def _windows(self, voice: Voice, course: Sequence[Enrolment], on: date) -> Sequence[Section]:
        """What is off and what is on from today, until when."""
        if course[-1].session_on is None:
            return ()
        words = WindowWords(voice, course, self.knowing.shelf.protocols, on, Gate.UNANSWERED)
        named = zip(("off", "on"), words.lines(), strict=True)
        return [self._section(voice, name, {}, [flat(line) for line in lines]) for name, lines in named if lines]

    def _again(self, voice: Voice, course: Sequence[Enrolment], on: date) -> Sequence[Section]:
        """What stops before the next session, by the day from which it does."""
        found: defaultdict[date, list[str]] = defaultdict(list)
        for thing in LISTED:
            # makeup is no matter off the face (facts 3.0)
            is_listed = thing is not Thing.MAKEUP or course[-1].area is Area.FACE
            for stretch in stretches(course, self.knowing.shelf.protocols, thing) if is_listed else ():
                if stretch.before and stretch.start > on:
                    found[stretch.start].append(voice.phrase(f"things/{thing.value}"))
        lines = [
            flat(voice.phrase("leaflet/again-line", change_day=voice.day(day), things=voice.several(things)))
            for day, things in sorted(found.items())
        ]
        return [self._section(voice, "again", {}, lines)] if lines else ()

    def _calls(self, voice: Voice, enrolment: Enrolment, patient: Patient, facts: Facts, on: date) -> Sequence[Section]:
        days = [call.on for call in calls_of(enrolment, patient, self.knowing.shelf) if call.on >= on]
        if not days:
            return ()
        listed = ", ".join(f"{voice.weekday(day)} {voice.day(day)}" for day in days)
        return [self._section(voice, "calls", facts, [flat(voice.phrase("leaflet/calls", facts, listed=listed))])]

    def _section(self, voice: Voice, name: str, facts: Facts, lines: Sequence[str]) -> Section:
        return Section(flat(voice.phrase(f"leaflet/title-{name}", facts)), tuple(lines))


def _lines(voice: Voice, name: str, facts: Facts) -> list[str]:
    said = voice.phrase(f"leaflet/{name}", facts).strip().splitlines()
    return [flat(line) for line in said if line.strip()]

"""Compute every name that approved words may use, for one patient at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.conditions import Known, gate, is_sent_away
from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus
from bot.care.model.flags import NO_FLAGS, Flags
from bot.care.model.hours import is_open
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Protocol, Step
from bot.care.model.things import Thing
from bot.care.model.timetable import Planned
from bot.care.model.windows import Gate, Protocols, days_before, leading
from bot.care.model.words import Facts
from bot.care.ports.words import Dates, Shelf
from bot.care.services.telling_clinic import ClinicWords
from bot.care.services.telling_treatment import TreatmentWords
from bot.care.services.telling_windows import WindowWords
from bot.care.services.voice import Voice
from scheduler.localtime import local_day

COUNTDOWN = (28, 14, 7, 3, 1)
MOST_LINES = 12


@dataclass(frozen=True)
class Telling:
    """`course` is always oldest first, never empty, and ends with the session that is meant."""

    dates: Dates

    def facts(
        self,
        patient: Patient,
        course: Sequence[Enrolment],
        shelf: Shelf,
        *,
        at: datetime,
        answers: Sequence[CheckInAnswer] = (),
        flags: Flags = NO_FLAGS,
        clinic: Clinic | None = None,
    ) -> Facts:
        """Every placeholder and dimension. `flags`: with a red flag open only a clinician lifts the healed gate.

        `clinic`: as patients may hear of it now, when that is not all the shelf says.
        """
        on = local_day(at, patient.zone)
        voice = self.voice(patient, shelf, on)
        kept = _kept(course)
        enrolment = _as_if_done(kept[-1], on)
        protocol = leading(shelf.protocols, enrolment)
        windows = _windows(voice, kept, enrolment, shelf, on=on, answers=answers, flags=flags)
        facts: Facts = {
            "antiviral_on": _antiviral(voice, enrolment),
            "first_name": patient.first_name,
            "patient_code": patient.code,
            "treatment_name": voice.several([_name(shelf, one, patient.language) for one in enrolment.treatments]),
        }
        facts |= _dimensions(windows, enrolment, protocol)
        facts |= _dates(voice, kept[-1], enrolment, on)
        facts |= ClinicWords(voice, clinic or shelf.clinic, patient.country).facts(at=at)
        facts |= windows.facts()
        return facts | TreatmentWords(voice, protocol, enrolment, enrolment.day(on) or 0, facts).facts()

    def dimensions(self, patient: Patient, course: Sequence[Enrolment], shelf: Shelf, *, at: datetime) -> Facts:
        """What decides between variants, for somebody who has answered nothing: a tenth of the work of all facts."""
        on = local_day(at, patient.zone)
        voice, kept = self.voice(patient, shelf, on), _kept(course)
        enrolment = _as_if_done(kept[-1], on)
        windows = _windows(voice, kept, enrolment, shelf, on=on)
        clinic_open = "yes" if is_open(shelf.clinic, at) else "no"
        return _dimensions(windows, enrolment, leading(shelf.protocols, enrolment)) | {"clinic_open": clinic_open}

    def today(self, known: Known, shelf: Shelf, facts: Facts) -> str:
        """What is on and off today, with dates. `facts` are theirs of this moment."""
        voice = self.voice(known.patient, shelf, known.on)
        off, free = WindowWords(voice, _kept(known.course), shelf.protocols, known.on, Gate(facts["gate"])).lines()
        nothing = voice.phrase("plan/nothing")
        lists = {"off_list": "\n".join(off) or nothing, "on_list": "\n".join(free) or nothing}
        return below(first_of_all(shelf, known, facts), voice.phrase("plan/today", facts, **lists))

    def plan_overview(
        self, patient: Patient, enrolment: Enrolment, planned: Sequence[Planned], shelf: Shelf, *, at: datetime
    ) -> str:
        """What is still coming, a line a message, from the rows of `Planning.timetable(...)`."""
        voice = self.voice(patient, shelf, local_day(at, patient.zone))
        coming = [row for row in planned if row.due_at >= at and not (row.step.repeats or row.step.daily)]
        days = {(local_day(row.due_at, patient.zone), _kind(row.step)): None for row in coming}
        lines = [_line(voice, day, kind) for day, kind in list(days)[:MOST_LINES]]
        if not lines:
            return voice.phrase("plan/overview_end")
        next_session = _next_session(voice, enrolment)
        return voice.phrase("plan/overview", items="\n".join(lines), next_session=next_session)

    def voice(self, patient: Patient, shelf: Shelf, on: date) -> Voice:
        return Voice(shelf, self.dates, patient.language, on.year)


def first_of_all(shelf: Shelf, known: Known, facts: Facts) -> str:
    """Nobody reads that something is fine again while a grave sign waits for a person; empty when none does.

    Nor, once they were sent to emergency care, before they said that the skin is closed and calm.
    """
    if known.flags.grave:
        return shelf.say("phrases/plan/sign-open", known.patient.language, facts)
    return shelf.say("phrases/plan/sent-away", known.patient.language, facts) if is_sent_away(known) else ""


def below(first: str, text: str) -> str:
    return f"{first}\n\n{text}" if first else text


def _windows(
    voice: Voice,
    kept: list[Enrolment],
    enrolment: Enrolment,
    shelf: Shelf,
    *,
    on: date,
    answers: Sequence[CheckInAnswer] = (),
    flags: Flags = NO_FLAGS,
) -> WindowWords:
    given = [answer for answer in answers if answer.enrolment_id == enrolment.id]
    is_known = enrolment is kept[-1] and not enrolment.provisional
    protocol = leading(shelf.protocols, enrolment)
    passed = gate(protocol, given, flags) if is_known else Gate.UNANSWERED
    return WindowWords(voice, kept, shelf.protocols, on, passed)


def _dimensions(windows: WindowWords, enrolment: Enrolment, protocol: Protocol) -> Facts:
    newest, passed = windows.course[-1], windows.gate
    return {
        "protocol": protocol.column,
        "surface": protocol.surface.value,
        "area": enrolment.area.value,
        "face": "yes" if enrolment.area is Area.FACE else "no",
        "gate": passed.value,
        "phase": _phase(enrolment, passed),
        "next": "unknown" if newest.next_on is None else "known",
        "near_next": "yes" if _is_near_next(newest, windows.protocols, windows.on) else "no",
        "marks": "yes" if enrolment.health.marks_easily else "no",
        "retinol_variant": enrolment.health.retinol.value,
        **windows.dimensions(),
    }


def _antiviral(voice: Voice, enrolment: Enrolment) -> str:
    day = enrolment.health.antiviral_on
    return voice.phrase("plan/not_known") if day is None else voice.day(date.fromisoformat(day))


def _name(shelf: Shelf, treatment: str, language: str) -> str:
    """A further treatment may be gone from the shelf; then it is called by its id."""
    key = f"treatments/{treatment}/name"
    return shelf.say(key, language, {}) if shelf.has(key, language) else treatment


def _kept(course: Sequence[Enrolment]) -> list[Enrolment]:
    """A cancelled session never was; the newest stays, whatever became of it."""
    return [each for each in course[:-1] if each.status is not EnrolmentStatus.CANCELLED] + [course[-1]]


def _as_if_done(enrolment: Enrolment, on: date) -> Enrolment:
    """From the next session's day on, until it is known what became of it, the day counts as day 0 (facts 3.8)."""
    return replace(enrolment, session_on=on, next_on=None) if enrolment.is_due(on) else enrolment


def _phase(enrolment: Enrolment, passed: Gate) -> str:
    if enrolment.session_on is None:
        return "before-first"
    return "late" if passed is Gate.CALM else "early"


def _is_near_next(enrolment: Enrolment, protocols: Protocols, on: date) -> bool:
    """Direct sun is off already for the coming session (facts 3.8)."""
    left = enrolment.days_to_next(on)
    return left is not None and left <= days_before(protocols, enrolment, Thing.SUN)


def _dates(voice: Voice, newest: Enrolment, enrolment: Enrolment, on: date) -> Facts:
    day = enrolment.day(on)
    left = newest.days_to_next(on)
    session_on = newest.session_on
    said = {
        "day": str(max(day, 0)) if day is not None else "0",
        "day_words": _day_words(voice, day),
        "today": f"{voice.weekday(on)} {voice.day(on)}",
        "session_date": voice.day(session_on) if session_on else _next_session(voice, newest),
        "next_session": _next_session(voice, newest),
        "countdown": _countdown(voice, left),
        "days_to_next": voice.phrase("plan/not_known") if left is None else str(max(left, 0)),
    }
    return said | {f"n{days}": _days_before(voice, newest, days) for days in COUNTDOWN}


def _day_words(voice: Voice, day: int | None) -> str:
    if day is None or day < 0:
        return voice.phrase("plan/day_words_before")
    return voice.phrase("plan/day_words_0") if day == 0 else voice.phrase("plan/day_words", day=str(day))


def _countdown(voice: Voice, left: int | None) -> str:
    if left is None:
        return voice.phrase("plan/not_known")
    return voice.phrase(f"plan/countdown_{left}") if left in (0, 1) else voice.phrase("plan/countdown", days=str(left))


def _next_session(voice: Voice, enrolment: Enrolment) -> str:
    return voice.phrase("plan/not_known") if enrolment.next_on is None else voice.day(enrolment.next_on)


def _days_before(voice: Voice, enrolment: Enrolment, days: int) -> str:
    if enrolment.next_on is None:
        return voice.phrase("plan/days_before", days=str(days))
    return voice.day(enrolment.next_on - timedelta(days=days))


def _kind(step: Step) -> str:
    if step.anchor is Anchor.NEXT_SESSION:
        return "reminder"
    return "check_in" if step.alarm else "message"


def _line(voice: Voice, day: date, kind: str) -> str:
    what = voice.phrase(f"plan/kind_{kind}")
    return voice.phrase("plan/overview_line", change_weekday=voice.weekday(day), change_day=voice.day(day), what=what)

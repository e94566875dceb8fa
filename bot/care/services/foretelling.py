"""Say what a patient would get and when, in the words they would read, without enrolling anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.care.model.conditions import Known, is_met, next_ask
from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.people import Consent, Contact, Patient
from bot.care.model.protocol import Protocol, Step
from bot.care.model.things import Thing
from bot.care.model.timetable import Planned, Timetable
from bot.care.model.windows import columns, leading, stretches
from bot.care.ports.words import Shelf
from bot.care.services.folding import folded_in
from bot.care.services.merging import Part, asked, merge
from bot.care.services.questions import Questions, words_of
from bot.care.services.telling import Telling
from scheduler.localtime import instant, local_day

ANSWERED = frozenset({"pain-was-4-to-6"})
"""Conditions that depend on an answer not given yet: their steps are shown with the condition's name."""
NOBODY = Contact(0)


@dataclass(frozen=True)
class Supposed:
    """A session that might be. `surface=None`: the treatment's own; `session_on=None`: only a booked next session."""

    treatment: str
    session_on: date | None
    zone: ZoneInfo
    language: str
    ended: time = time(17, 0)
    next_on: date | None = None
    next_at: time | None = None
    surface: Surface | None = None
    area: Area = Area.FACE
    also: tuple[str, ...] = ()
    """Further treatments of the same day, as shallow or shallower."""
    first_name: str = "Anna"
    enrolled_at: datetime | None = None
    """When the patient agrees; the session's end unless given."""

    def begun(self) -> datetime:
        if self.enrolled_at is not None:
            return self.enrolled_at
        if self.session_on is not None:
            return instant(self.session_on, self.ended, self.zone)
        return datetime.min.replace(tzinfo=UTC, year=1970)


@dataclass(frozen=True)
class Stage:
    """Who would read it, and from which content."""

    enrolment: Enrolment
    patient: Patient
    protocol: Protocol
    shelf: Shelf
    telling: Telling

    def questions(self, *, at: datetime) -> Questions:
        facts = self.telling.facts(self.patient, [self.enrolment], self.shelf, at=at)
        return Questions(self.shelf, self.patient.language, facts, self.protocol, self.enrolment.id)


def foretell(supposed: Supposed, shelf: Shelf, telling: Telling) -> dict[str, Any]:
    """The contract of `aftercare plan --json`; raises KeyError for a treatment that is not on the shelf."""
    enrolment, patient = _enrolment(supposed, shelf), _patient(supposed, shelf)
    protocol = leading(shelf.protocols, enrolment)
    rows = rows_of(supposed, shelf, protocol)
    stage = Stage(enrolment, patient, protocol, shelf, telling)
    return {
        "treatment": "+".join((supposed.treatment, *supposed.also)),
        "zone": supposed.zone.key,
        "messages": [_message(list(group), stage) for _, group in groupby(rows, key=lambda row: row.due_at)],
        "windows": windows([enrolment], shelf),
    }


def rows_of(supposed: Supposed, shelf: Shelf, protocol: Protocol) -> list[Planned]:
    """The steps of this plan with their instants."""
    enrolment, patient, begun = _enrolment(supposed, shelf), _patient(supposed, shelf), supposed.begun()
    table = Timetable(protocol, enrolment, patient, shelf.clinic, begun, kept={})
    return [row for row in table.plan(at=begun) if is_shown(row, enrolment, patient, shelf)]


def windows(course: Sequence[Enrolment], shelf: Shelf) -> dict[str, list[dict[str, str | None]]]:
    """Every thing's days off (for what is asked for: its days), as ISO dates; `to` is the first day allowed again."""
    return {
        thing.value: [
            {"from": stretch.start.isoformat(), "to": stretch.until.isoformat() if stretch.until else None}
            for stretch in stretches(course, shelf.protocols, thing)
        ]
        for thing in Thing
        if any(rule.thing is thing for protocol in columns(shelf.protocols, course[-1]) for rule in protocol.windows)
    }


def is_shown(row: Planned, enrolment: Enrolment, patient: Patient, shelf: Shelf) -> bool:
    """Repeats answer a silence that may not be; everything else is shown as if nothing had been answered yet."""
    if row.step.repeats is not None or row.step.daily:
        return False
    if ANSWERED & set(row.step.only_if):
        return True
    on = local_day(row.due_at, patient.zone)
    return is_met(row.step, Known([enrolment], patient, shelf.protocols, on))


def _message(rows: Sequence[Planned], stage: Stage) -> dict[str, Any]:
    lead = rows[0]
    at = lead.due_at
    known = Known([stage.enrolment], stage.patient, stage.shelf.protocols, local_day(at, stage.patient.zone))
    questions = stage.questions(at=at)
    parts = [part for n, row in enumerate(rows) for part in _parts(n, row.step, stage, questions)]
    coming = ((row.step, next_ask(row.step, known)) for row in rows)
    first = next(((step, ask) for step, ask in coming if ask is not None), None)
    question = questions.words(*first) if first else ""
    text = merge(parts, question=question).text
    keyboard = questions.keyboard(*first) if first else questions.person()
    return {
        "steps": [row.step.id for row in rows],
        "anchor": lead.step.anchor.value,
        "day": lead.step.day,
        "at": at.astimezone(stage.patient.zone).isoformat(),
        "useful_until": min(row.useful_until for row in rows).astimezone(stage.patient.zone).isoformat(),
        "late": lead.step.late.value,
        "asks": [{"id": ask.id, "kind": ask.kind.value} for row in rows for ask in row.step.asks],
        "only_if": sorted({name for row in rows for name in row.step.only_if}),
        "text": asked(text, question),
        "buttons": [button.label for line in keyboard for button in line],
    }


def _parts(n: int, step: Step, stage: Stage, questions: Questions) -> list[Part]:
    also = folded_in(step, stage.enrolment, questions.shelf, questions.language, questions.facts)
    return [_part(n, step, stage.protocol, questions), *(Part(n, text) for text in also)]


def _part(n: int, step: Step, protocol: Protocol, questions: Questions) -> Part:
    shelf, words = questions.shelf, f"steps/{words_of(protocol, step)}"
    brief = f"{words}/safety"
    said = shelf.say(brief, questions.language, questions.facts) if shelf.has(brief, questions.language) else ""
    return Part(n, shelf.say(words, questions.language, questions.facts), said)


def _enrolment(supposed: Supposed, shelf: Shelf) -> Enrolment:
    surface = supposed.surface or shelf.protocols[supposed.treatment].surface
    return Enrolment(
        patient_id=0,
        treatment=supposed.treatment,
        also=supposed.also,
        surface=surface,
        area=supposed.area,
        created_at=supposed.begun(),
        created_by=0,
        session_on=supposed.session_on,
        ended=supposed.ended,
        next_on=supposed.next_on,
        next_at=supposed.next_at,
    )


def _patient(supposed: Supposed, shelf: Shelf) -> Patient:
    begun = supposed.begun()
    return Patient(
        code="A-1",
        first_name=supposed.first_name,
        language=supposed.language,
        zone=supposed.zone,
        country=shelf.clinic.country,
        created_at=begun,
        contact=NOBODY,
        consent=Consent(begun, "", supposed.language),
    )

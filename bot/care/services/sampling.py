"""Make up a patient on a day on which they read certain words, and say the words as they would read them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Protocol, Step
from bot.care.model.revision import Item, Written
from bot.care.model.words import EXTRA, PLACEHOLDERS, Facts, Html
from bot.care.ports.words import Editable, EditableLibrary, MissingWords
from bot.care.services.questions import words_of
from bot.care.services.telling import Telling
from scheduler.localtime import instant, local_day

NAME = "Anna"
NONE = "-"
INTERVAL = 90
"""Days to the next session where the treatment has no usual ones."""
GIVEN = ("gate", "phase", "retinol_variant", "clinic_open", "marks", "face", "area", "next")
"""What may be so on any day: in a sample it is as the words need it."""

PLACE = ("face", "area")
"""What is so by the area, where one was chosen."""


@dataclass(frozen=True)
class Sample:
    """`day` counts from the session; below zero, back from the next one. None: as the words and the treatment need."""

    treatment: str
    day: int
    area: Area | None = None
    surface: Surface | None = None

    def __str__(self) -> str:
        where = f" {self.area or NONE} {self.surface or NONE}" if self.area or self.surface else ""
        return f"{self.treatment} {self.day}{where}"

    @classmethod
    def named(cls, name: str) -> Self:
        treatment, day, area, surface, *_ = (*name.split(" "), NONE, NONE)
        return cls(
            treatment, int(day), None if area == NONE else Area(area), None if surface == NONE else Surface(surface)
        )


@dataclass(frozen=True)
class Sampling:
    library: EditableLibrary
    telling: Telling

    @property
    def shelf(self) -> Editable:
        return self.library.shelf

    def first(self, item: Item, written: Written, *, at: datetime) -> Sample:
        """The first day of a plan on which a patient reads these words; any day where there is none."""
        samples = self._samples(item, written)
        reading = (one for one in samples if self.reads(one, item, written, at=at))
        return next(reading, samples[0])

    def reads(self, sample: Sample, item: Item, written: Written, *, at: datetime) -> bool:
        """This patient reads these words, not those of another variant."""
        patient, enrolment, midday = self._as_on(sample, item, written, at=at)
        decided = self.telling.dimensions(patient, [enrolment], self.shelf, at=midday)
        return self.chosen(item, decided | _given(written, sample)) == item.variant

    def chosen(self, item: Item, facts: Facts) -> int | None:
        """Which variant is said."""
        variants = enumerate(self.shelf.written(item.key, item.language))
        return next((n for n, one in variants if all(facts.get(name) in said for name, said in one.when.items())), None)

    def days(self, treatment: str) -> Sequence[int]:
        """Those of its plan: after the session, then before the next."""
        steps = self.shelf.protocols[treatment].steps
        return list(dict.fromkeys(map(_day, steps)))

    def on(self, sample: Sample) -> set[str]:
        """The steps of that day."""
        return {step.id for step in self.shelf.protocols[sample.treatment].steps if _day(step) == sample.day}

    def said(self, sample: Sample, item: Item, words: str, written: Written, *, at: datetime) -> Html | None:
        """The words for this patient; None where they cannot be said."""
        try:
            return self.shelf.fill(item.key, words, self.facts(sample, item, written, at=at))
        except MissingWords:
            return None

    def facts(self, sample: Sample, item: Item, written: Written, *, at: datetime) -> Facts:
        """Whatever words may name, as it is for this patient."""
        patient, enrolment, midday = self._as_on(sample, item, written, at=at)
        return {
            **PLACEHOLDERS,
            **EXTRA,
            **self.telling.facts(patient, [enrolment], self.shelf, at=midday),
            **_given(written, sample),
        }

    def _as_on(
        self, sample: Sample, item: Item, written: Written, *, at: datetime
    ) -> tuple[Patient, Enrolment, datetime]:
        """Who reads it, of which session, and when: today is the sample's day."""
        patient, enrolment = self._patient(item.language, at=at), self._enrolment(sample, written, at=at)
        zone = self.shelf.clinic.zone
        return patient, enrolment, instant(local_day(at, zone), enrolment.ended, zone)

    def _samples(self, item: Item, written: Written) -> list[Sample]:
        protocols = self.shelf.protocols.values()
        said = [Sample(protocol.id, _day(step)) for protocol, step in steps_with(item.key, protocols)]
        if said:
            return said
        # one treatment's days, not all: whoever looks waits for it
        fits = (one for one in protocols if _may_read(one, written))
        treatment = next(fits, next(iter(protocols))).id
        return [Sample(treatment, day) for day in self.days(treatment)]

    def _patient(self, language: str, *, at: datetime) -> Patient:
        clinic = self.shelf.clinic
        return Patient("A-17", NAME, language, clinic.zone, clinic.country, created_at=at)

    def _enrolment(self, sample: Sample, written: Written, *, at: datetime) -> Enrolment:
        protocol = self.shelf.protocols[sample.treatment]
        today = local_day(at, self.shelf.clinic.zone)
        interval = max(protocol.interval or INTERVAL, sample.day + 1)
        session_on = today - timedelta(days=sample.day if sample.day >= 0 else interval + sample.day)
        is_first = written.when.get("phase", ())[:1] == ("before-first",)
        return Enrolment(
            patient_id=0,
            treatment=protocol.id,
            surface=sample.surface or protocol.surface,
            area=sample.area or _area(written),
            created_at=at,
            created_by=0,
            session_on=None if is_first else session_on,
            next_on=session_on + timedelta(days=interval),
        )


def steps_with(key: str, protocols: Iterable[Protocol]) -> Iterator[tuple[Protocol, Step]]:
    """Every step that says the words at this key, or something below it; none for what is no step's."""
    if not key.startswith("steps/"):
        return
    said = "/".join(key.split("/")[1:3])
    for protocol in protocols:
        yield from ((protocol, step) for step in protocol.steps if words_of(protocol, step) == said)


def _given(written: Written, sample: Sample) -> Facts:
    chosen = PLACE if sample.area is not None else ()
    return {name: values[0] for name, values in written.when.items() if name in GIVEN and name not in chosen}


def _may_read(protocol: Protocol, written: Written) -> bool:
    own = {"protocol": protocol.column, "surface": protocol.surface.value}
    return all(own[name] in values for name, values in written.when.items() if name in own)


def _day(step: Step) -> int:
    return step.day if step.anchor is Anchor.SESSION else -step.day


def _area(written: Written) -> Area:
    areas = written.when.get("area") or (("back",) if written.when.get("face") == ("no",) else ("face",))
    return Area(areas[0])

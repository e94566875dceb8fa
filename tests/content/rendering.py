"""Every patient that matters for the length and truth of words: what would be filled in for each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from itertools import product

from bot.care.model.clinic import Hours
from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, HealthFacts, Surface
from bot.care.model.protocol import Protocol
from bot.care.model.windows import leading
from bot.care.model.words import Facts
from bot.care.services.telling import Telling
from bot.library.shelf import ContentShelf
from scheduler.localtime import instant
from tests.builders import a_clinic, a_patient, an_enrolment
from tests.care.plan.shelves import DATES, real_shelf

SESSION = date(2026, 9, 11)
"""A Friday in the month with the longest name."""
NOON = time(13)
SOMEBODY = a_patient(country="XX", first_name="Maximiliana")
"""Of a country without a number in the table: "your local emergency number" is the longest one."""
WEEK = (*[Hours(time(9), time(18))] * 3, Hours(time(9), time(20)), Hours(time(9), time(18)), None, None)
MAY_USE = HealthFacts(pregnancy=False, isotretinoin="never", retinol_user=True)


@dataclass(frozen=True)
class Case:
    enrolment: Enrolment
    day: int
    shelf: ContentShelf
    facts: Facts

    @property
    def protocol(self) -> Protocol:
        return leading(self.shelf.protocols, self.enrolment)

    def __str__(self) -> str:
        one = self.enrolment
        return f"{one.treatment} {one.surface.value} {one.area.value} day {self.day} next {one.next_on}"


@cache
def shelves() -> tuple[ContentShelf, ...]:
    """Two clinics: nobody on call, and somebody on call with a longer way out."""
    alone = a_clinic(hours=WEEK)
    on_call = a_clinic(hours=WEEK, on_call_phone="+44 20 7946 0199", out_of_hours="go to urgent care now, or phone 111")
    return tuple(replace(real_shelf(), clinic=clinic) for clinic in (alone, on_call))


def after_a_session(days: Sequence[int], *, intervals: Sequence[int | None]) -> Iterator[Case]:
    for shelf, (enrolment, interval, day) in product(shelves(), product(_skins(), intervals, days)):
        if interval is None or day < interval:
            next_on = None if interval is None else SESSION + timedelta(days=interval)
            yield _case(replace(enrolment, next_on=next_on), day, shelf)


def before_the_first(days: Sequence[int]) -> Iterator[Case]:
    for shelf, (enrolment, day) in product(shelves(), product(_skins(), days)):
        booked = replace(enrolment, session_on=None, next_on=SESSION, status=EnrolmentStatus.BOOKED)
        yield _case(booked, -day, shelf)


def _skins() -> Iterator[Enrolment]:
    """The surface that staff tick may be deeper than the treatment's own, never shallower without a reason."""
    depths = list(Surface)
    for (treatment, protocol), surface, area in product(
        real_shelf().protocols.items(), Surface, (Area.FACE, Area.NECK)
    ):
        if depths.index(surface) >= depths.index(protocol.surface):
            yield an_enrolment(treatment, surface=surface, area=area, session_on=SESSION, health=MAY_USE)


def _case(enrolment: Enrolment, day: int, shelf: ContentShelf) -> Case:
    at = instant(SESSION + timedelta(days=day), NOON, SOMEBODY.zone)
    return Case(enrolment, day, shelf, Telling(DATES).facts(SOMEBODY, [enrolment], shelf, at=at))

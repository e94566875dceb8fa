"""The table of what is off when (facts 3.6), cell by cell: the files say it, and windows follow it."""

from datetime import date, timedelta

import pytest

from bot.care.model.enrolment import Area, Surface
from bot.care.model.protocol import Span
from bot.care.model.things import Thing
from bot.care.model.windows import ASKED_FOR, first_allowed, stretches
from tests.builders import SESSION_DAY, an_enrolment
from tests.care.courses.tables import AFTER, BEFORE, MORE_OFF_THE_FACE, SURFACES, TREATMENTS, cells
from tests.care.plan.shelves import real_shelf
from tests.each import each

PROTOCOLS = real_shelf().protocols


def day(n: int) -> date:
    return SESSION_DAY + timedelta(days=n)


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_every_thing_has_its_days_once_and_no_other(treatment: str) -> None:
    rules = PROTOCOLS[treatment].windows
    named = [thing for thing, column, _ in cells(AFTER) if column == treatment]

    assert sorted(rule.thing for rule in rules) == sorted([*named, Thing.PICKING])
    assert {rule.thing for rule in rules if rule.before} == {thing for thing, *_ in cells(BEFORE)}


@each(cells(AFTER))
def test_days_after_a_session_are_those_of_the_table(thing: Thing, treatment: str, span: Span) -> None:
    rule = next(rule for rule in PROTOCOLS[treatment].windows if rule.thing is thing)

    assert rule.after == span


@each(cells(BEFORE))
def test_days_before_a_session_are_those_of_the_table(thing: Thing, treatment: str, span: Span) -> None:
    rule = next(rule for rule in PROTOCOLS[treatment].windows if rule.thing is thing)

    assert rule.before == span


@each(cells(AFTER))
def test_the_default_is_the_first_day_allowed(thing: Thing, treatment: str, span: Span) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT))
    found = stretches([enrolment], PROTOCOLS, thing)

    assert (found[-1].until if found else SESSION_DAY) == day(span.default)


@each(cells(BEFORE))
def test_the_default_is_how_long_it_is_off_before_the_next_session(thing: Thing, treatment: str, span: Span) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT), next_on=day(200))
    found = stretches([enrolment], PROTOCOLS, thing)

    assert (found[-1].start, found[-1].until) == (day(200 - span.default), day(200))


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_picking_ends_with_healing_and_not_with_a_date(treatment: str) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT))

    assert [(each.start, each.until) for each in stretches([enrolment], PROTOCOLS, Thing.PICKING)] == [(day(0), None)]


@each((*cell, area) for cell in cells(AFTER) if cell[0] not in ASKED_FOR for area in Area if area is not Area.FACE)
def test_off_the_face_broken_skin_waits_longer_and_no_other_does(
    thing: Thing, treatment: str, span: Span, area: Area
) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT), area=area)
    more = MORE_OFF_THE_FACE.get(thing, 0) if treatment in ("acne-scar-laser", "resurfacing") else 0

    assert first_allowed([enrolment], PROTOCOLS, thing) == day(span.default + more)


TICKED = {
    ("picosure", "micro-wounds"): "acne-scar-laser",
    ("picosure", "removed"): "resurfacing",
    ("pico", "micro-wounds"): "acne-scar-laser",
    ("pico", "removed"): "resurfacing",
    ("acne-laser", "micro-wounds"): "acne-scar-laser",
    ("acne-laser", "removed"): "resurfacing",
    ("acne-scar-laser", "intact"): "pico",
    ("acne-scar-laser", "removed"): "resurfacing",
    ("resurfacing", "intact"): "pico",
    ("resurfacing", "micro-wounds"): "acne-scar-laser",
}
"""The surface tick picks the column, whatever the brand (C4)."""


@pytest.mark.parametrize(("ticked", "column"), TICKED.items())
def test_the_surface_tick_picks_the_column_of_every_thing(ticked: tuple[str, str], column: str) -> None:
    treatment, surface = ticked
    enrolment = an_enrolment(treatment, surface=Surface(surface))

    for thing, treated, span in cells(AFTER):
        if treated == column and thing is not Thing.HEAD_RAISED:
            assert stretches([enrolment], PROTOCOLS, thing)[-1].until == day(span.default), thing

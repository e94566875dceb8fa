"""The table of what is off when (facts 3.6), cell by cell: the files say it, and windows follow it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.care.model.enrolment import Area, Surface
from bot.care.model.protocol import Span
from bot.care.model.things import Thing
from bot.care.model.windows import ASKED_FOR, first_allowed, stretches
from tests.builders import SESSION_DAY, an_enrolment
from tests.care.plan.shelves import real_shelf

PROTOCOLS = real_shelf().protocols
TREATMENTS = ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
SURFACES = {"acne-scar-laser": Surface.MICRO_WOUNDS, "resurfacing": Surface.REMOVED}

AFTER = """
    makeup            1/2/7       1/2/7       2/7/14      7/10/21      1/1/3
    sunscreen         0/1/2       0/1/2       1/2/4       4/7/14       0/1/2
    spf-daily         90/180/365  90/180/365  90/180/365  180/180/365  90/180/365
    sun               42/42/90    42/42/90    42/42/90    42/56/180    42/42/56
    tanning           42/42/90    42/42/90    42/42/90    42/56/180    42/42/56
    retinol           7/7/14      7/7/14      7/14/42     14/42/90     1/7/14
    actives           3/7/14      3/7/14      7/14/28     28/42/90     1/7/14
    exercise          1/3/10      1/3/10      2/5/10      7/14/21      0/1/3
    heat              2/7/10      2/7/10      3/7/14      10/21/28     1/3/7
    swimming          2/7/10      2/7/10      3/7/14      10/14/28     1/3/7
    shaving           1/3/7       1/3/7       2/5/10      5/10/14      1/2/3
    hair-removal      7/14/28     7/14/28     7/14/28     28/28/56     7/14/28
    other-treatments  14/28/42    14/28/42    14/28/42    28/42/90     14/28/42
    nsaid             0/2/7       0/2/7       0/2/7       1/7/14       0/2/7
    smoking           2/14/28     2/14/28     14/14/28    14/14/28     2/14/28
    alcohol           1/2/3       1/2/3       1/2/7       2/3/7        0/1/2
    head-raised       0/1/2       0/1/2       1/2/4       2/4/7        0/0/1
"""
"""End of the days off after a session, least/default/most, a column a treatment."""

BEFORE = """
    retinol           7/7/14      7/7/14      3/7/14      3/7/14       3/7/14
    actives           3/7/14      3/7/14      3/7/14      3/7/14       3/7/14
    nsaid             0/14/14     0/14/14     0/14/14     0/14/14      0/14/14
    smoking           14/14/28    14/14/28    14/14/28    14/14/28     14/14/28
    sun               14/28/42    14/28/42    14/28/42    14/28/42     14/28/42
    tanning           14/28/42    14/28/42    14/28/42    14/28/42     14/28/42
    hair-removal      7/14/28     7/14/28     7/14/28     7/14/28      7/14/28
    other-treatments  14/14/28    14/14/28    14/14/28    14/14/28     14/14/28
    alcohol           1/1/5       1/1/5       1/1/5       1/1/5        1/1/5
"""
"""Days off before the next session, least/default/most."""


def cells(table: str) -> Iterator[tuple[Thing, str, Span]]:
    for line in table.strip().splitlines():
        thing, *spans = line.split()
        for treatment, span in zip(TREATMENTS, spans, strict=True):
            yield Thing(thing), treatment, Span(*map(int, span.split("/")))


def day(n: int) -> date:
    return SESSION_DAY + timedelta(days=n)


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_every_thing_has_its_days_once_and_no_other(treatment: str) -> None:
    rules = PROTOCOLS[treatment].windows
    named = [thing for thing, column, _ in cells(AFTER) if column == treatment]

    assert sorted(rule.thing for rule in rules) == sorted([*named, Thing.PICKING])
    assert {rule.thing for rule in rules if rule.before} == {thing for thing, *_ in cells(BEFORE)}


@pytest.mark.parametrize(("thing", "treatment", "span"), list(cells(AFTER)))
def test_days_after_a_session_are_those_of_the_table(thing: Thing, treatment: str, span: Span) -> None:
    rule = next(rule for rule in PROTOCOLS[treatment].windows if rule.thing is thing)

    assert rule.after == span


@pytest.mark.parametrize(("thing", "treatment", "span"), list(cells(BEFORE)))
def test_days_before_a_session_are_those_of_the_table(thing: Thing, treatment: str, span: Span) -> None:
    rule = next(rule for rule in PROTOCOLS[treatment].windows if rule.thing is thing)

    assert rule.before == span


@pytest.mark.parametrize(("thing", "treatment", "span"), list(cells(AFTER)))
def test_the_default_is_the_first_day_allowed(thing: Thing, treatment: str, span: Span) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT))
    found = stretches([enrolment], PROTOCOLS, thing)

    assert (found[-1].until if found else SESSION_DAY) == day(span.default)


@pytest.mark.parametrize(("thing", "treatment", "span"), list(cells(BEFORE)))
def test_the_default_is_how_long_it_is_off_before_the_next_session(thing: Thing, treatment: str, span: Span) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT), next_on=day(200))
    found = stretches([enrolment], PROTOCOLS, thing)

    assert (found[-1].start, found[-1].until) == (day(200 - span.default), day(200))


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_picking_ends_with_healing_and_not_with_a_date(treatment: str) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT))

    assert [(each.start, each.until) for each in stretches([enrolment], PROTOCOLS, Thing.PICKING)] == [(day(0), None)]


MORE_OFF_THE_FACE = {Thing.MAKEUP: 3, Thing.EXERCISE: 3, Thing.SWIMMING: 3, Thing.ACTIVES: 7}


@pytest.mark.parametrize("area", [area for area in Area if area is not Area.FACE])
@pytest.mark.parametrize(("thing", "treatment", "span"), [cell for cell in cells(AFTER) if cell[0] not in ASKED_FOR])
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

"""How windows overlap between two sessions (facts 3.8), cell by cell."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.care.model.enrolment import Enrolment, Surface
from bot.care.model.things import Thing
from bot.care.model.windows import State, standing
from bot.care.services.foretelling import windows
from tests.builders import SESSION_DAY, an_enrolment
from tests.care.plan.shelves import real_shelf
from tests.each import each

SHELF = real_shelf()
COLUMNS = {
    "picosure": (0, Surface.INTACT),
    "pico": (0, Surface.INTACT),
    "acne-laser": (0, Surface.INTACT),
    "acne-scar-laser": (1, Surface.MICRO_WOUNDS),
    "resurfacing": (2, Surface.REMOVED),
}
RETINOL = """
    14       never      never      never
    21       7..13      never      never
    28       7..20      14..20     never
    35       7..27      14..27     never
    42       7..34      14..34     never
    56       7..48      14..48     42..48
    84       7..76      14..76     42..76
    unknown  7..        14..       42..
"""
"""Interval, then the nights on which retinol is open: intact surfaces, micro-wounds, removed."""
FAR = 400
"""Days that stand for "no end"."""


def cells() -> Iterator[tuple[str, int | None, range]]:
    for line in RETINOL.strip().splitlines():
        interval, *nights = line.split()
        for treatment, (place, _) in COLUMNS.items():
            first, _, last = nights[place].partition("..")
            open_on = range(0) if first == "never" else range(int(first), int(last or FAR) + 1)
            yield treatment, None if interval == "unknown" else int(interval), open_on


def day(n: int) -> date:
    return SESSION_DAY + timedelta(days=n)


def treated(treatment: str, interval: int | None) -> Enrolment:
    next_on = None if interval is None else day(interval)
    return an_enrolment(treatment, surface=COLUMNS[treatment][1], next_on=next_on)


def open_days(enrolment: Enrolment, thing: Thing, until: int) -> list[int]:
    found = (standing([enrolment], SHELF.protocols, thing, day(n)) for n in range(until))
    return [n for n, each in enumerate(found) if each.state is State.OPEN]


@each(cells())
def test_retinol_is_open_on_the_nights_of_the_table_and_on_no_other(
    treatment: str, interval: int | None, nights: range
) -> None:
    assert open_days(treated(treatment, interval), Thing.RETINOL, interval or FAR + 1) == list(nights)


@each(cells())
def test_the_foretold_windows_leave_the_same_nights_open(treatment: str, interval: int | None, nights: range) -> None:
    found = windows([treated(treatment, interval)], SHELF)["retinol"]
    off = [(date.fromisoformat(each["from"] or ""), date.fromisoformat(each["to"] or "9999-12-31")) for each in found]

    between = [n for n in range(interval or FAR + 1) if not any(start <= day(n) < to for start, to in off)]

    assert between == list(nights)


@each(cells())
def test_while_it_is_open_the_day_it_is_off_again_is_known(treatment: str, interval: int | None, nights: range) -> None:
    for n in nights:
        found = standing([treated(treatment, interval)], SHELF.protocols, Thing.RETINOL, day(n))
        assert found.change == (None if interval is None else day(interval - 7))


INTACT = ("picosure", "pico", "acne-laser")


@pytest.mark.parametrize("treatment", [*INTACT, "acne-scar-laser"])
def test_own_choice_painkillers_are_open_from_day_2_to_day_13_of_28(treatment: str) -> None:
    assert open_days(treated(treatment, 28), Thing.NSAID, 28) == list(range(2, 14))


@pytest.mark.parametrize("treatment", [*INTACT, "acne-scar-laser"])
@pytest.mark.parametrize("thing", [Thing.SMOKING, Thing.SUN, Thing.TANNING, Thing.HAIR_REMOVAL, Thing.OTHER_TREATMENTS])
def test_these_never_open_within_28_days(treatment: str, thing: Thing) -> None:
    assert open_days(treated(treatment, 28), thing, 28) == []


@pytest.mark.parametrize("treatment", COLUMNS)
def test_at_42_days_smoking_has_a_gap_on_paper_that_nobody_is_told_of(treatment: str) -> None:
    gaps = windows([treated(treatment, 42)], SHELF)["smoking"]

    assert [(each["from"], each["to"]) for each in gaps] == [
        (day(0).isoformat(), day(14).isoformat()),
        (day(28).isoformat(), day(42).isoformat()),
    ]
    assert open_days(treated(treatment, 42), Thing.SMOKING, 42) == []
    assert open_days(treated(treatment, 42), Thing.TANNING, 42) == []

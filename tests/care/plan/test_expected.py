"""From which day a symptom is for the clinic to see (facts 5.2), cell by cell."""

import pytest

from bot.care.model.enrolment import Area, Surface
from bot.care.model.expected import Expectation, expectation, same_day_from
from bot.care.model.protocol import Protocol
from bot.care.model.windows import column
from tests.care.plan.shelves import real_shelf
from tests.each import each

PROTOCOLS = real_shelf().protocols
TREATMENTS = ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
LAST = 90

TABLE = """
    redness               s3     s3     s8     s28    s3
    redness-rising        u3     u3     u3     u4     u3
    swelling              s3     s3     s3     s6     s3
    swelling-larger       s2,u3  s2,u3  s3,u4  s3,u4  s2,u3
    sting                 s3     s3     s3     s5     s3
    oozing                s0     s1     s2     s4     s0
    pus                   u0     u0     u0     u0     u0
    crust                 s0     s0     s8     s11    s0
    thick-crust           s0     s0     s0     s0     s0
    blister               s0     s0     s0     u0     s0
    flaking               s8     s8     s11    s15    s29
    itch                  s8     s8     s11    s15    s29
    itch-rising           -      -      -      s8     -
    flare                 s29    s29    s29    s29    s29
    new-patch             s14    s14    s14    s14    s14
    darkening-not-fading  s28    s28    s21    s28    s28
    not-closed            -      -      s7     s10    -
    pain                  s2     s2     s2     s3     s2
    strong-pain           u0     u0     u0     u0     u0
"""
"""A column a treatment. `s3`: expected until day 2, same-day from day 3; `u3`: urgent from day 3; `-`: by no day."""

OFF_THE_FACE = """
    redness               s11    s31
    redness-rising        u3     u4
    swelling              s6     s9
    swelling-larger       s3,u4  s3,u4
    sting                 s6     s8
    oozing                s5     s7
    pus                   u0     u0
    crust                 s11    s14
    thick-crust           s0     s0
    blister               s0     u0
    flaking               s14    s18
    itch                  s14    s18
    itch-rising           -      s8
    flare                 s32    s32
    new-patch             s14    s14
    darkening-not-fading  s24    s31
    not-closed            s7     s14
    pain                  s2     s3
    strong-pain           u0     u0
"""
"""The same for acne-scar-laser and resurfacing where the skin is not of the face: what lingers has three days more."""


def cells(table: str, treatments: tuple[str, ...]) -> list[tuple[str, str, dict[str, int]]]:
    found = []
    for line in table.strip().splitlines():
        symptom, *days = line.split()
        for treatment, cell in zip(treatments, days, strict=True):
            starts = {part[0]: int(part[1:]) for part in cell.split(",") if part != "-"}
            found.append((symptom, treatment, starts))
    return found


def on_day(starts: dict[str, int], day: int) -> str:
    if day >= starts.get("u", LAST + 1):
        return "urgent"
    return "same-day" if day >= starts.get("s", LAST + 1) else "expected"


def told(protocol: Protocol, symptom: str, area: Area) -> list[str]:
    return [expectation(protocol, symptom, day, area).value for day in range(LAST)]


@each(cells(TABLE, TREATMENTS))
def test_a_symptom_is_expected_same_day_or_urgent_by_the_day(
    symptom: str, treatment: str, starts: dict[str, int]
) -> None:
    assert told(PROTOCOLS[treatment], symptom, Area.FACE) == [on_day(starts, day) for day in range(LAST)]


@each(
    (*cell, area)
    for cell in cells(OFF_THE_FACE, ("acne-scar-laser", "resurfacing"))
    for area in Area
    if area is not Area.FACE
)
def test_off_the_face_what_lingers_has_three_days_more(
    symptom: str, treatment: str, starts: dict[str, int], area: Area
) -> None:
    assert told(PROTOCOLS[treatment], symptom, area) == [on_day(starts, day) for day in range(LAST)]


@pytest.mark.parametrize("treatment", ["picosure", "pico", "acne-laser"])
@pytest.mark.parametrize("area", Area)
def test_unbroken_skin_has_the_same_days_everywhere(treatment: str, area: Area) -> None:
    protocol = PROTOCOLS[treatment]

    assert all(
        told(protocol, each.symptom, area) == told(protocol, each.symptom, Area.FACE) for each in protocol.thresholds
    )


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_no_symptom_has_days_that_are_not_in_the_table(treatment: str) -> None:
    named = {symptom for symptom, column_of, starts in cells(TABLE, TREATMENTS) if column_of == treatment and starts}

    # a pale patch is for the clinic on any day (RF-S5); raw skin of the body has its days under a name of its own
    assert {each.symptom for each in PROTOCOLS[treatment].thresholds} - named <= {"pale-patch", "not-closed-body"}


@pytest.mark.parametrize("treatment", TREATMENTS)
@pytest.mark.parametrize("surface", Surface)
def test_the_surface_tick_picks_the_column(treatment: str, surface: Surface) -> None:
    own = PROTOCOLS[treatment].surface is surface
    ticked = {"intact": "pico", "micro-wounds": "acne-scar-laser", "removed": "resurfacing"}[surface]

    assert column(PROTOCOLS, treatment, surface).id == (treatment if own else ticked)


def test_words_read_their_last_day_from_the_same_place() -> None:
    assert same_day_from(PROTOCOLS["resurfacing"], "swelling", Area.FACE) == 6
    assert same_day_from(PROTOCOLS["resurfacing"], "swelling", Area.BACK) == 9
    assert same_day_from(PROTOCOLS["resurfacing"], "not-closed", Area.BACK) == 14
    assert same_day_from(PROTOCOLS["picosure"], "not-closed", Area.FACE) is None
    assert expectation(PROTOCOLS["pico"], "stars", 3, Area.FACE) is Expectation.EXPECTED

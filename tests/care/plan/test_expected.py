"""From which day a symptom is for the clinic to see (facts 5.2), cell by cell."""

import pytest

from bot.care.model.enrolment import Area
from bot.care.model.expected import Expectation, expectation
from tests.care.plan.shelves import real_shelf

PROTOCOLS = real_shelf().protocols
TREATMENTS = ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
SAME_DAY = {
    "redness": (3, 3, 8, 28, 3),
    "swelling": (3, 3, 3, 6, 3),
    "sting": (3, 3, 3, 5, 3),
    "oozing": (0, 1, 2, 4, 0),
    "new-patch": (14, 14, 14, 14, 14),
    "darkening-not-fading": (28, 28, 21, 28, 28),
    "pain": (2, 2, 2, 3, 2),
    "flare": (29, 29, 29, 29, 29),
}
CELLS = [(name, treatment, days[n]) for name, days in SAME_DAY.items() for n, treatment in enumerate(TREATMENTS)]


@pytest.mark.parametrize(("symptom", "treatment", "first"), CELLS)
def test_a_symptom_is_expected_until_its_day_and_same_day_from_then(symptom: str, treatment: str, first: int) -> None:
    protocol = PROTOCOLS[treatment]

    assert expectation(protocol, symptom, first, Area.FACE) is Expectation.SAME_DAY
    if first:
        assert expectation(protocol, symptom, first - 1, Area.FACE) is Expectation.EXPECTED


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ("picosure", ["expected", "same-day", "urgent", "urgent"]),
        ("pico", ["expected", "same-day", "urgent", "urgent"]),
        ("acne-laser", ["expected", "same-day", "urgent", "urgent"]),
        ("acne-scar-laser", ["expected", "expected", "same-day", "urgent"]),
        ("resurfacing", ["expected", "expected", "same-day", "urgent"]),
    ],
)
def test_swelling_that_grows_becomes_urgent_early(treatment: str, expected: list[str]) -> None:
    found = [expectation(PROTOCOLS[treatment], "swelling-larger", day, Area.FACE).value for day in (1, 2, 3, 4)]

    assert found == expected


def test_broken_skin_off_the_face_has_three_more_days_for_what_lingers_but_not_for_what_grows() -> None:
    resurfacing = PROTOCOLS["resurfacing"]

    assert expectation(resurfacing, "swelling", 8, Area.BACK) is Expectation.EXPECTED
    assert expectation(resurfacing, "swelling", 9, Area.BACK) is Expectation.SAME_DAY
    assert expectation(resurfacing, "swelling-larger", 4, Area.BACK) is Expectation.URGENT
    assert expectation(PROTOCOLS["picosure"], "swelling", 3, Area.BACK) is Expectation.SAME_DAY


def test_yellow_or_smelly_fluid_is_urgent_on_any_day() -> None:
    assert all(expectation(each, "pus", 0, Area.FACE) is Expectation.URGENT for each in PROTOCOLS.values())

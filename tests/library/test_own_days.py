"""The clinic's own days: they move a default, and only inside least and most."""

import pytest

from bot.care.model.protocol import Span
from bot.care.model.things import Thing
from tests.library.shelves import CLINIC, PICO, a_shelf, faults_of

MAKEUP = '\n[[window]]\ntreatment = "pico"\nthing = "makeup"\n'


def test_the_clinics_day_takes_the_place_of_the_default() -> None:
    rule = a_shelf({"clinic.toml": f"{CLINIC}{MAKEUP}after = 5\n"}).protocols["pico"].windows[0]

    assert (rule.thing, rule.after) == (Thing.MAKEUP, Span(1, 5, 7))


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ("after = 0", "`after` must be 1 to 7 days"),
        ("after = 8", "`after` must be 1 to 7 days"),
        ("before = 3", "there is no `before` that could be moved"),
        ("", "`after`, `before` or both are needed"),
        ('after = 5\n[[window]]\ntreatment = "pico"\nthing = "makeup"\nafter = 6', "pico has makeup twice"),
    ],
)
def test_days_outside_least_and_most_are_refused_with_their_line(days: str, reason: str) -> None:
    faults = faults_of({"clinic.toml": f"{CLINIC}{MAKEUP}{days}\n"})

    assert any(reason in fault for fault in faults), faults
    assert all(fault.startswith("clinic.toml:") for fault in faults)


def test_refused_days_move_nothing() -> None:
    assert a_shelf({"clinic.toml": f"{CLINIC}{MAKEUP}after = 8\n"}).protocols["pico"].windows[0].after == Span(1, 2, 7)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (MAKEUP.replace("pico", "laser x") + "after = 5\n", "there is no treatment 'laser x'"),
        (MAKEUP.replace("makeup", "heat") + "after = 5\n", "pico has no days for heat"),
        (MAKEUP.replace("makeup", "hats") + "after = 5\n", "must be one of"),
    ],
)
def test_what_no_treatment_has_is_refused(words: str, reason: str) -> None:
    assert any(reason in fault for fault in faults_of({"clinic.toml": CLINIC + words}))


def test_what_lasts_until_healed_has_no_day_to_move() -> None:
    endless = PICO.replace(", most = 7", "")

    faults = faults_of({"clinic.toml": f"{CLINIC}{MAKEUP}after = 5\n", "protocols/pico.toml": endless})

    assert any("there is no `after` that could be moved" in fault for fault in faults), faults

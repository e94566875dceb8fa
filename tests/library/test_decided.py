"""A decision that is a figure is obeyed, and refused outside what is safe."""

from datetime import date

import pytest

from bot.care.model.decisions import DECISIONS, FIGURES
from bot.care.model.enrolment import Area, HealthFacts
from bot.care.model.health_questions import in_hold, last_months
from bot.care.model.protocol import WindowRule
from bot.care.model.things import Thing
from bot.care.services.telling import Telling
from bot.library.content import gather
from bot.library.dates import BabelDates
from bot.library.faults import Notes
from bot.library.folder import Snapshot, read
from bot.library.shelf import ContentShelf, build
from tests.builders import AGREED_AT, a_patient, an_enrolment
from tests.library.shelves import CLINIC, CONTENT, faults_of


def deciding(decision: str, figure: int) -> ContentShelf:
    """The real content with one decision's figure changed."""
    files = read(CONTENT).files
    old = f'id = "{decision}"\nsetting = {FIGURES[decision].default}\n'
    clinic = files["clinic.toml"].decode()
    assert old in clinic
    changed = clinic.replace(old, f'id = "{decision}"\nsetting = {figure}\n')
    content = gather(Snapshot({**files, "clinic.toml": changed.encode()}), Notes())
    assert content.clinic is not None
    return build(content, content.clinic, "")


def rule(shelf: ContentShelf, treatment: str, thing: Thing) -> WindowRule:
    return next(each for each in shelf.protocols[treatment].windows if each.thing is thing)


def told(shelf: ContentShelf, name: str, treatment: str = "picosure") -> str:
    return Telling(BabelDates()).facts(a_patient(), [an_enrolment(treatment)], shelf, at=AGREED_AT)[name]


@pytest.mark.parametrize("days", [0, 7, 14])
def test_painkillers_are_off_for_as_long_before_as_was_decided(days: int) -> None:
    before = rule(deciding("nsaid-window", days), "picosure", Thing.NSAID).before

    assert before is not None
    assert before.default == days


def test_off_the_face_days_are_only_ever_moved_later() -> None:
    shelf = deciding("area-modifiers", 5)

    assert dict(rule(shelf, "resurfacing", Thing.MAKEUP).extra_days)[Area.NECK] == 5
    assert dict(rule(shelf, "resurfacing", Thing.ACTIVES).extra_days)[Area.NECK] == 7


def test_a_gap_after_resurfacing_is_warned_about_as_was_decided() -> None:
    shelf = deciding("resurfacing-interval", 90)

    assert shelf.protocols["resurfacing"].least_interval == 90
    assert shelf.protocols["picosure"].least_interval == 21


def test_the_first_wash_waits_for_the_morning_where_that_was_decided() -> None:
    assert told(deciding("first-wash", 0), "first_wash") == "this evening"
    assert told(deciding("first-wash", 1), "first_wash") == "tomorrow morning"


def test_isotretinoin_is_held_for_as_many_months_as_was_decided() -> None:
    took = HealthFacts(isotretinoin="2026-01-31")

    assert told(deciding("isotretinoin-hold", 9), "hold_months") == "9"
    assert (in_hold(took, date(2026, 8, 1), 6), in_hold(took, date(2026, 8, 1), 9)) == (False, True)
    assert len(last_months(date(2026, 8, 1), 9)) == 10


@pytest.mark.parametrize(
    ("decision", "figure"),
    [
        ("resurfacing-interval", 41),
        ("nsaid-window", 5),
        ("isotretinoin-hold", 5),
        ("isotretinoin-hold", 13),
        ("first-wash", 2),
        ("area-modifiers", 2),
        ("photos", 366),
    ],
)
def test_a_figure_outside_what_is_safe_is_refused_with_its_line(decision: str, figure: int) -> None:
    wrong = CLINIC.replace(f"setting = {FIGURES[decision].default}\n", f"setting = {figure}\n")
    line = next(n for n, text in enumerate(wrong.split("\n"), 1) if text == f"setting = {figure}")

    found = faults_of({"clinic.toml": wrong})

    assert any(fault.startswith(f"clinic.toml:{line}: {decision} cannot be {figure}; ") for fault in found), found


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_that_is_left_out_is_missed(decision: str) -> None:
    without = CLINIC.replace(f'id = "{decision}"', 'id = "something-else"')

    found = faults_of({"clinic.toml": without})

    assert any(f"the decision {decision!r} is missing" in fault for fault in found)
    assert any("there is no decision 'something-else'" in fault for fault in found)


def test_there_are_all_21_decisions() -> None:
    assert len(set(DECISIONS)) == 21

"""A gate that stays shut is known to staff, asks which it is in time, and has a last day."""

import pytest

from bot.care.model.triage import Level
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, DESK


def notices(ward: Ward) -> list[str]:
    return [text for text in ward.heard(DESK) if "not closed and calm" in text]


@pytest.mark.parametrize(
    ("treatment", "day", "step", "button"),
    [
        pytest.param("picosure", 2, "PS-02", "Better, not calm yet", id="better, but not calm"),
        pytest.param("resurfacing", 7, "RS-07", "Not closed yet", id="not closed"),
        pytest.param("resurfacing", 8, "RS-gate", "Not yet", id="not yet"),
    ],
)
def test_a_gate_that_begins_to_fail_reaches_the_desk_without_an_alarm(
    treatment: str, day: int, step: str, button: str
) -> None:
    ward = a_ward(day=day, treatment=treatment)
    ward.check_in(step)

    ward.tap(ANNA, button)

    assert not ward.cases()
    assert len(notices(ward)) == 1
    assert ward.anna().code in notices(ward)[0]
    assert all(act.silent for chat, act in ward.arrived if chat == DESK)


def test_the_desk_is_told_once_while_it_goes_on_failing() -> None:
    ward = a_ward(day=8, treatment="resurfacing")
    ward.check_in("RS-gate")
    ward.tap(ANNA, "Not yet")
    ward.later(days=1)
    ward.check_in("RS-gate")

    ward.tap(ANNA, "Not yet")

    assert len(notices(ward)) == 1


def test_a_bad_answer_is_an_alert_and_no_note() -> None:
    ward = a_ward(day=2)
    ward.check_in("PS-02")

    ward.tap(ANNA, "Not better")

    assert ward.cases()
    assert not notices(ward)


def test_not_yet_asks_which_it_is_from_the_fourth_day() -> None:
    ward = a_ward(day=4)
    ward.check_in("PS-gate")

    ward.tap(ANNA, "Not yet")
    assert "What do you see or feel?" in ward.last(ANNA)
    ward.tap(ANNA, "Blister, crust or wet spot")

    assert [case.reason for case in ward.cases()] == ["RF-S3"]


def test_on_the_third_day_the_check_in_asks_that() -> None:
    ward = a_ward(day=3)
    ward.check_in("PS-gate")

    ward.tap(ANNA, "Not yet")

    assert "I will ask again tomorrow" in ward.last(ANNA)


@pytest.mark.parametrize(("day", "raised"), [(9, []), (10, ["RF-S9"])])
def test_a_face_not_closed_by_day_ten_is_for_the_same_day(day: int, raised: list[str]) -> None:
    ward = a_ward(day=day, treatment="resurfacing")
    ward.check_in("RS-gate")

    ward.tap(ANNA, "Not yet")

    assert [case.reason for case in ward.cases()] == raised


def test_elsewhere_the_last_day_is_the_fourteenth() -> None:
    ward = a_ward(treatment="resurfacing")
    step = ward.library.shelf.protocols["resurfacing"].step("RS-gate")
    assert step is not None
    ask = next(one for one in step.asks if "off-face" in one.only_if)

    late = next(one for one in ask.answers if one.raises == "RF-S9")

    assert [late.holds(day=day) for day in (13, 14)] == [False, True]


def test_what_only_makes_a_sign_precise_is_no_second_sign() -> None:
    ward = a_ward(day=2)
    ward.check_in("PS-02")
    ward.tap(ANNA, "Not better")

    ward.tap(ANNA, "Swelling")

    assert {case.level for case in ward.cases()} == {Level.SAME_DAY}


def test_another_sign_that_was_open_before_still_counts() -> None:
    ward = a_ward(day=2)
    ward.says(ANNA, "there is one small blister on my cheek")
    ward.check_in("PS-02")

    ward.tap(ANNA, "Not better")

    assert Level.URGENT in {case.level for case in ward.cases()}

"""What was for one night is never sent on another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.again import is_vital, may_go_again
from bot.care.model.delivery import Delivery, Lane
from bot.care.model.people import Contact
from bot.care.model.protocol import Late
from tests.standing_library import the_shelf

DUE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
AUCKLAND, LONDON = ZoneInfo("Pacific/Auckland"), ZoneInfo("Europe/London")
PICOSURE = the_shelf().protocols["picosure"]
ROW = Delivery(Lane.SCHEDULED, Contact(1), DUE, step="PS-03")


@pytest.mark.parametrize(
    ("late", "zone", "hours", "may"),
    [
        pytest.param(Late.DROP, LONDON, 10, True, id="the same evening"),
        pytest.param(Late.DROP, LONDON, 24, False, id="the next day"),
        pytest.param(Late.DROP, AUCKLAND, 2, False, id="the next day where the patient is"),
        pytest.param(Late.FOLD, LONDON, 24, False, id="its line was for the day"),
        pytest.param(Late.SEND, LONDON, 24, True, id="true on later days too"),
    ],
)
def test_a_message_goes_again_on_its_own_day_or_if_it_holds_later(
    late: Late, zone: ZoneInfo, hours: int, *, may: bool
) -> None:
    step = PICOSURE.step("PS-03")
    assert step is not None

    assert may_go_again(ROW, replace(step, late=late), zone, at=DUE + timedelta(hours=hours)) == may


@pytest.mark.parametrize(
    ("name", "may"),
    [
        pytest.param("PS-03", False, id="it would wait for the morning"),
        pytest.param("PS-00", True, id="day 0 leaves at any hour"),
    ],
)
def test_what_cannot_leave_before_the_day_is_over_is_not_sent_again(name: str, *, may: bool) -> None:
    late_evening = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)

    assert may_go_again(ROW, PICOSURE.step(name), LONDON, at=late_evening) == may


def test_a_step_that_is_no_longer_in_the_protocol_is_not_sent_again() -> None:
    assert not may_go_again(ROW, None, LONDON, at=DUE)


def test_day_0_and_alarm_check_ins_are_vital_and_the_rest_is_not() -> None:
    vital = {step.id for step in PICOSURE.steps if is_vital(step)}

    assert {"PS-00", "PS-01", "PS-02", "PS-03"} <= vital
    assert "PS-07-evening" not in vital
    assert not is_vital(None)

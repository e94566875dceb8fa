"""Nobody is promised who is not there."""

from datetime import UTC, date, datetime, time

import pytest

from bot.care.model.clinic import Clinic
from bot.care.model.hours import Way, promise, route
from tests.builders import a_clinic

FRIDAY = date(2026, 11, 20)


def on_friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day", "today", "long_wait"),
    [
        pytest.param(on_friday(10), 20, True, False, id="open"),
        pytest.param(on_friday(7), 20, True, False, id="before opening"),
        pytest.param(on_friday(17, 30), 23, False, True, id="half an hour before closing"),
        pytest.param(on_friday(22), 23, False, True, id="before a weekend"),
        pytest.param(datetime(2026, 11, 19, 19, tzinfo=UTC), 20, False, False, id="one night"),
    ],
)
def test_a_person_answers_by_the_end_of_the_current_or_next_opening(
    at: datetime, day: int, *, today: bool, long_wait: bool
) -> None:
    found = promise(a_clinic(), at)

    assert (found.on, found.at) == (date(2026, 11, day), time(18, 0))
    assert (found.today, found.long_wait) == (today, long_wait)


def test_a_holiday_is_no_day_of_answering() -> None:
    found = promise(a_clinic(holidays=(date(2026, 11, 23),)), on_friday(22))

    assert found.on == date(2026, 11, 24)


def test_a_clinic_that_never_opens_promises_nothing() -> None:
    assert promise(a_clinic(hours=(None,) * 7), on_friday(10)).on is None


@pytest.mark.parametrize(
    ("clinic", "at", "way"),
    [
        pytest.param(a_clinic(), on_friday(10), Way.CLINIC, id="open"),
        pytest.param(a_clinic(on_call_phone="+44 1"), on_friday(22), Way.ON_CALL, id="somebody on call"),
        pytest.param(a_clinic(), on_friday(22), Way.OUT_OF_HOURS, id="nobody on duty"),
        pytest.param(a_clinic(), on_friday(18), Way.OUT_OF_HOURS, id="just closed"),
        pytest.param(a_clinic(holidays=(FRIDAY,)), on_friday(10), Way.OUT_OF_HOURS, id="holiday"),
    ],
)
def test_with_nobody_on_duty_urgent_means_out_of_hours_care_at_once(clinic: Clinic, at: datetime, way: Way) -> None:
    assert route(clinic, at).way is way

"""A wish in local time becomes the instant that people in that place would expect."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.localtime import (
    SENDING_HOURS,
    Hours,
    instant,
    is_inside,
    local_day,
    local_hour,
    next_inside,
    next_wish,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("zone", "wish", "expected"),
    [
        pytest.param("Europe/Berlin", "2026-01-15 09:00", "2026-01-15 08:00", id="Berlin in winter"),
        pytest.param("Europe/Berlin", "2026-07-15 09:00", "2026-07-15 07:00", id="Berlin in summer"),
        pytest.param("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30", id="Berlin, clocks go forward"),
        pytest.param("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", id="Berlin, clocks go back: the first"),
        pytest.param("America/Toronto", "2026-03-08 02:30", "2026-03-08 07:30", id="Toronto, clocks go forward"),
        pytest.param("America/Toronto", "2026-11-01 01:30", "2026-11-01 05:30", id="Toronto, clocks go back"),
        pytest.param("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", id="Lord Howe, half an hour on"),
        pytest.param("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", id="Lord Howe, half an hour back"),
        pytest.param("Pacific/Apia", "2011-12-29 09:00", "2011-12-29 19:00", id="Apia, the day before the leap"),
        pytest.param("Pacific/Apia", "2011-12-30 09:00", "2011-12-30 19:00", id="Apia, the day that never was"),
        pytest.param("Pacific/Apia", "2011-12-31 09:00", "2011-12-30 19:00", id="Apia, the day after the leap"),
        pytest.param("Asia/Kathmandu", "2026-05-01 09:00", "2026-05-01 03:15", id="Kathmandu, three quarters"),
        pytest.param("Pacific/Chatham", "2026-01-01 09:00", "2025-12-31 19:15", id="Chatham, three quarters"),
        pytest.param("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30", id="Casablanca, into Ramadan"),
        pytest.param("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:30", id="Casablanca, out of Ramadan"),
        pytest.param("Asia/Kolkata", "2028-02-29 20:30", "2028-02-29 15:00", id="Kolkata on a leap day"),
    ],
)
def test_a_wish_becomes_the_instant_that_people_there_expect(zone: str, wish: str, expected: str) -> None:
    asked = datetime.fromisoformat(wish)

    found = instant(asked.date(), asked.time(), ZoneInfo(zone))

    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found.tzinfo is UTC


def test_half_past_two_in_the_missing_hour_is_half_past_three() -> None:
    found = instant(date(2026, 3, 29), time(2, 30), BERLIN)

    assert local_hour(found, BERLIN) == time(3, 30)


def test_a_wish_never_asks_for_the_second_occurrence() -> None:
    first = instant(date(2026, 10, 25), time(2, 30), BERLIN)

    assert instant(date(2026, 10, 25), time(2, 30, fold=1), BERLIN) == first


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-06-10 08:59:59", "2026-06-10 09:00", id="before opening"),
        pytest.param("2026-06-10 09:00", "2026-06-10 09:00", id="at opening"),
        pytest.param("2026-06-10 14:12:34", "2026-06-10 14:12:34", id="in the middle"),
        pytest.param("2026-06-10 20:30", "2026-06-10 20:30", id="the last minute somebody may choose"),
        pytest.param("2026-06-10 20:30:01", "2026-06-11 09:00", id="after closing"),
        pytest.param("2026-06-11 00:00", "2026-06-11 09:00", id="midnight"),
        pytest.param("2026-03-28 21:00", "2026-03-29 09:00", id="over the night that loses an hour"),
        pytest.param("2026-10-24 21:00", "2026-10-25 09:00", id="over the night that gains an hour"),
    ],
)
def test_outside_sending_hours_the_next_morning_is_meant(at: str, expected: str) -> None:
    asked, wanted = (datetime.fromisoformat(text).replace(tzinfo=BERLIN) for text in (at, expected))

    assert next_inside(asked, SENDING_HOURS, BERLIN) == wanted


def test_the_evening_before_a_skipped_day_leads_to_the_day_after_it() -> None:
    apia = ZoneInfo("Pacific/Apia")

    found = next_inside(datetime(2011, 12, 29, 22, tzinfo=apia), SENDING_HOURS, apia)

    assert found.astimezone(apia) == datetime(2011, 12, 31, 9, tzinfo=apia)


def test_a_daily_wish_that_has_passed_today_comes_tomorrow() -> None:
    after = datetime(2026, 6, 10, 18, 0, 1, tzinfo=BERLIN)

    assert next_wish(time(18), BERLIN, after=after) == datetime(2026, 6, 11, 18, tzinfo=BERLIN)


def test_a_daily_wish_that_is_due_this_moment_is_not_put_off() -> None:
    after = datetime(2026, 6, 10, 18, tzinfo=BERLIN)

    assert next_wish(time(18), BERLIN, after=after) == after


def test_the_day_belongs_to_the_place_and_not_to_the_server() -> None:
    at = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)

    assert local_day(at, BERLIN) == date(2026, 6, 11)
    assert local_day(at, ZoneInfo("America/Toronto")) == date(2026, 6, 10)


def test_nobody_is_written_to_after_the_hours_have_closed() -> None:
    last = instant(date(2026, 6, 10), SENDING_HOURS.closes, BERLIN)

    assert is_inside(last, SENDING_HOURS, BERLIN)
    assert not is_inside(last + timedelta(microseconds=1), SENDING_HOURS, BERLIN)


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        local_day(datetime(2026, 6, 10), BERLIN)  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("wish", "kept"),
    [
        pytest.param(time(7), time(9), id="too early"),
        pytest.param(time(12, 15), time(12, 15), id="inside"),
        pytest.param(time(23), time(20, 30), id="too late"),
    ],
)
def test_a_wish_outside_the_hours_moves_to_their_nearest_end(wish: time, kept: time) -> None:
    assert SENDING_HOURS.nearest(wish) == kept


def test_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(ValueError, match="open before"):
        Hours(time(20), time(9))

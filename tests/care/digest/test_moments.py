"""One digest on each open day, at the clinic's own hour, however its clocks go and whenever the bot was down."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.clinic import Clinic
from bot.care.model.digest import DigestWish, due_day, moment, next_moment
from tests.standing_library import the_shelf

CLINIC: Clinic = the_shelf().clinic
"""Open Monday to Saturday from nine, on Saturday from ten; London."""
FRIDAY = date(2026, 11, 20)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(day: date, hour: str, zone: ZoneInfo = CLINIC.zone) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=zone)


def due(wish: DigestWish, now: datetime, clinic: Clinic = CLINIC, since: datetime = LONG_AGO) -> date | None:
    return due_day(clinic, wish, since=since, at=now)


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        pytest.param(at(FRIDAY, "08:59:59"), False, id="before opening"),
        pytest.param(at(FRIDAY, "09:00"), True, id="at opening"),
        pytest.param(at(FRIDAY, "17:59"), True, id="caught up before closing"),
        pytest.param(at(FRIDAY, "18:00"), False, id="too late for that day"),
        pytest.param(at(FRIDAY + timedelta(days=1), "09:30"), False, id="opens later on Saturday"),
        pytest.param(at(FRIDAY + timedelta(days=1), "10:00"), True, id="Saturday"),
        pytest.param(at(FRIDAY + timedelta(days=2), "12:00"), False, id="closed on Sunday"),
        pytest.param(at(date(2026, 12, 25), "12:00"), False, id="holiday"),
    ],
)
def test_it_is_due_from_opening_to_closing_on_open_days(now: datetime, *, is_due: bool) -> None:
    assert (due(DigestWish(), now) is not None) == is_due


def test_a_day_that_was_told_is_not_told_again_whatever_hour_is_set_then() -> None:
    told = DigestWish(told_on=FRIDAY, told_at=at(FRIDAY, "09:00"))

    assert due(replace(told, hour=time(11)), at(FRIDAY, "12:00")) is None
    assert due(told, at(FRIDAY + timedelta(days=1), "10:00")) == FRIDAY + timedelta(days=1)


def test_an_hour_of_its_own_may_be_before_opening_and_after_closing() -> None:
    assert due(DigestWish(time(8, 15)), at(FRIDAY, "08:15")) == FRIDAY
    assert due(DigestWish(time(8, 15)), at(FRIDAY, "08:14")) is None
    assert due(DigestWish(time(19)), at(FRIDAY, "19:30")) == FRIDAY
    assert due(DigestWish(time(19)), at(FRIDAY, "20:00")) is None


def test_one_that_is_off_is_never_due() -> None:
    off = DigestWish(is_off=True)

    assert due(off, at(FRIDAY, "09:00")) is None
    assert next_moment(CLINIC, off, since=LONG_AGO, after=at(FRIDAY, "09:00")) is None


def test_a_clinic_that_starts_at_noon_is_told_nothing_of_its_morning() -> None:
    noon = at(FRIDAY, "12:00")

    assert due(DigestWish(), noon, since=noon) is None
    assert next_moment(CLINIC, DigestWish(), since=noon, after=noon) == at(FRIDAY + timedelta(days=1), "10:00")


CLOCKS = [
    pytest.param("Europe/London", date(2026, 3, 27), date(2026, 3, 30), "01:30", id="gap in London"),
    pytest.param("Europe/London", date(2026, 10, 23), date(2026, 10, 26), "01:30", id="fold in London"),
    pytest.param("America/Toronto", date(2026, 10, 30), date(2026, 11, 2), "01:30", id="fold in Toronto"),
    pytest.param("Australia/Lord_Howe", date(2026, 10, 2), date(2026, 10, 5), "02:15", id="half an hour"),
    pytest.param("Pacific/Apia", date(2026, 9, 25), date(2026, 9, 28), "09:00", id="beyond the date line"),
]


@pytest.mark.parametrize(("zone", "first", "last", "hour"), CLOCKS)
def test_each_day_has_one_moment_however_the_clocks_go(zone: str, first: date, last: date, hour: str) -> None:
    clinic = replace(CLINIC, zone=ZoneInfo(zone), hours=(CLINIC.hours[0],) * 7, holidays=())
    wish, told = DigestWish(time.fromisoformat(hour)), []
    now, end = at(first, "00:00", clinic.zone).astimezone(UTC), at(last, "23:59", clinic.zone)

    while now < end:
        day = due_day(clinic, wish, since=LONG_AGO, at=now)
        if day is not None:
            told.append(day)
            wish = replace(wish, told_on=day, told_at=now)
        now += timedelta(minutes=5)

    assert told == [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_in_a_gap_it_comes_an_hour_later_and_in_a_fold_the_first_time() -> None:
    wish = DigestWish(time(1, 30))
    clinic = replace(CLINIC, hours=(CLINIC.hours[0],) * 7)

    assert moment(clinic, wish, date(2026, 3, 29)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(clinic, wish, date(2026, 10, 25)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_next_one_skips_closed_days_and_told_ones() -> None:
    told = DigestWish(told_on=FRIDAY)
    saturday = at(FRIDAY + timedelta(days=1), "10:00")

    assert next_moment(CLINIC, told, since=LONG_AGO, after=at(FRIDAY, "08:00")) == saturday
    assert next_moment(CLINIC, told, since=LONG_AGO, after=saturday) == at(FRIDAY + timedelta(days=3), "09:00")


def test_the_first_of_a_week_is_the_first_that_was_told_in_it() -> None:
    monday = date(2026, 11, 23)

    assert DigestWish().is_first_of_week(monday)
    assert DigestWish(told_on=monday - timedelta(days=2)).is_first_of_week(monday)
    assert DigestWish(told_on=monday - timedelta(days=2)).is_first_of_week(monday + timedelta(days=1))
    assert not DigestWish(told_on=monday).is_first_of_week(monday + timedelta(days=1))

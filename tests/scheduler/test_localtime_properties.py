"""What holds for every wish in every zone on every day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.localtime import SENDING_HOURS, instant, is_inside, local_day, next_inside, next_wish

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
DAY = timedelta(days=1)

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
instants = st.datetimes(datetime(1990, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def _readings(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    """Every instant at which a clock in the zone shows this day and hour, found by looking around, not by computing."""
    shown = datetime.combine(day, at)
    nearby = (shown.replace(tzinfo=UTC) + timedelta(days=n) for n in (-1, 0, 1))
    offsets = {moment.astimezone(zone).utcoffset() or timedelta(0) for moment in nearby}
    found = {(shown - offset).replace(tzinfo=UTC) for offset in offsets}
    return sorted(moment for moment in found if moment.astimezone(zone).replace(tzinfo=None, fold=0) == shown)


def _follows_the_rules(day: date, at: time, zone: ZoneInfo) -> bool:
    found, shown = instant(day, at, zone), _readings(day, at, zone)
    if shown:
        return found == shown[0]
    before = (datetime.combine(day, at) - DAY).replace(tzinfo=zone).utcoffset() or timedelta(0)
    return found == (datetime.combine(day, at) - before).replace(tzinfo=UTC)


@given(days, hours, zones)
def test_every_wish_has_one_instant(day: date, at: time, zone: ZoneInfo) -> None:
    assert _follows_the_rules(day, at, zone)


@given(days, hours, zones)
def test_the_same_hour_a_day_later_is_never_earlier(day: date, at: time, zone: ZoneInfo) -> None:
    assert instant(day, at, zone) <= instant(day + DAY, at, zone)


@given(days, hours, hours, zones)
def test_two_wishes_of_one_day_keep_their_order_unless_clocks_go_forward_over_them(
    day: date, one: time, other: time, zone: ZoneInfo
) -> None:
    early, late = sorted((one, other))
    found = instant(day, early, zone)

    assert found <= instant(day, late, zone) or not _readings(day, early, zone)


@given(instants, zones)
def test_what_is_put_off_lands_inside_the_hours_within_two_days(at: datetime, zone: ZoneInfo) -> None:
    found = next_inside(at, SENDING_HOURS, zone)

    assert is_inside(found, SENDING_HOURS, zone)
    assert at <= found < at + 2 * DAY


@given(instants, zones)
def test_what_is_inside_already_is_not_put_off(at: datetime, zone: ZoneInfo) -> None:
    found = next_inside(at, SENDING_HOURS, zone)

    assert (found == at) == is_inside(at, SENDING_HOURS, zone)


@given(instants, hours, zones)
def test_a_daily_wish_comes_once_and_then_not_before_the_next_day(at: datetime, wish: time, zone: ZoneInfo) -> None:
    first = next_wish(wish, zone, after=at)
    second = next_wish(wish, zone, after=first + timedelta(microseconds=1))

    assert at <= first < second
    assert first < at + 3 * DAY


NOTED = [
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "America/Toronto",
    "America/St_Johns",
    "America/Santiago",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Nuuk",
    "Atlantic/Azores",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Norfolk",
    "Antarctica/Troll",
]


def _changes(zone: ZoneInfo) -> list[date]:
    """The local days of 2020 to 2040 on which the offset changes."""
    noons = [datetime(2020, 1, 1, 12, tzinfo=UTC) + n * DAY for n in range(21 * 366)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    return [local_day(noons[n], zone) for n in range(1, len(noons)) if offsets[n] != offsets[n - 1]]


@pytest.mark.parametrize("name", NOTED)
def test_every_half_hour_around_every_change_of_the_clocks_follows_the_rules(name: str) -> None:
    zone = ZoneInfo(name)
    around = {change + n * DAY for change in _changes(zone) for n in (-1, 0, 1)}

    broken = [
        (day, at)
        for day in around
        for n in range(48)
        if not _follows_the_rules(day, at := time(n // 2, n % 2 * 30), zone)
    ]

    assert broken == []

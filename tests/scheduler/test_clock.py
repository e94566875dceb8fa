"""The clock of a trial goes as it is told, and never back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.clock import SystemClock, TurnableClock

START = datetime(2026, 6, 10, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Ticks:
    """Machine time that passes when a test says so, in seconds."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def test_the_system_clock_tells_aware_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_at_rate_one_a_trial_passes_as_the_machine_does(ticks: Ticks) -> None:
    clock = TurnableClock(START, ticks=ticks)

    ticks.passed += 90

    assert clock.now() == START + timedelta(seconds=90)


def test_at_rate_3600_an_hour_passes_in_a_second(ticks: Ticks) -> None:
    clock = TurnableClock(START, 3600, ticks=ticks)

    ticks.passed += 2

    assert clock.now() == START + 2 * HOUR


def test_at_rate_zero_only_turning_moves_it(ticks: Ticks) -> None:
    clock = TurnableClock(START, 0, ticks=ticks)
    ticks.passed += 50

    clock.advance(START + HOUR)

    assert clock.now() == START + HOUR


def test_it_goes_on_from_where_it_was_turned_to(ticks: Ticks) -> None:
    clock = TurnableClock(START, ticks=ticks)

    clock.advance(START + HOUR)
    ticks.passed += 5

    assert clock.now() == START + HOUR + timedelta(seconds=5)


def test_a_pause_takes_no_time(ticks: Ticks) -> None:
    clock = TurnableClock(START, ticks=ticks)

    clock.pause()
    ticks.passed += 500
    clock.resume()
    ticks.passed += 1

    assert clock.now() == START + timedelta(seconds=1)


def test_it_can_be_turned_during_a_pause_and_stays_paused(ticks: Ticks) -> None:
    clock = TurnableClock(START, ticks=ticks)
    clock.pause()

    clock.advance(START + HOUR)
    ticks.passed += 500

    assert clock.paused
    assert clock.now() == START + HOUR


def test_it_holds_at_what_is_due_until_it_may_go_on(ticks: Ticks) -> None:
    clock = TurnableClock(START, 3600, ticks=ticks)
    clock.hold_at(START + HOUR)

    ticks.passed += 10
    held = clock.now()
    clock.hold_at(None)
    ticks.passed += 1

    assert held == START + HOUR
    assert clock.now() == START + 2 * HOUR


def test_a_hold_in_the_past_stops_it_where_it_is(ticks: Ticks) -> None:
    clock = TurnableClock(START, ticks=ticks)
    ticks.passed += 10

    clock.hold_at(START)
    ticks.passed += 10

    assert clock.now() == START + timedelta(seconds=10)


def test_it_refuses_to_turn_back(ticks: Ticks) -> None:
    clock = TurnableClock(START, ticks=ticks)

    with pytest.raises(ValueError, match="turn back"):
        clock.advance(START - timedelta(seconds=1))


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_it_refuses_a_rate_that_is_no_pace(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        TurnableClock(START, rate)


def test_it_refuses_to_start_at_a_naive_time() -> None:
    with pytest.raises(ValueError, match="aware"):
        TurnableClock(datetime(2026, 6, 10))  # noqa: DTZ001 - the mistake under test


def test_it_tells_utc_wherever_it_was_started(ticks: Ticks) -> None:
    clock = TurnableClock(START.astimezone(ZoneInfo("Asia/Kathmandu")), ticks=ticks)

    clock.advance((START + HOUR).astimezone(ZoneInfo("America/Toronto")))

    assert clock.now().tzinfo is UTC


DEEDS = ["pass", "pause", "resume", "turn", "hold", "let go"]


def _do(clock: TurnableClock, deed: str, ticks: Ticks) -> None:
    match deed:
        case "pass":
            ticks.passed += 7
        case "pause":
            clock.pause()
        case "resume":
            clock.resume()
        case "turn":
            clock.advance(clock.now() + HOUR)
        case "hold":
            clock.hold_at(clock.now() + timedelta(seconds=3))
        case "let go":
            clock.hold_at(None)


@given(st.lists(st.sampled_from(DEEDS), max_size=15))
def test_whatever_is_done_to_it_it_never_goes_back(deeds: list[str]) -> None:
    ticks = Ticks()
    clock = TurnableClock(START, ticks=ticks)
    told = [clock.now()]

    for deed in deeds:
        _do(clock, deed, ticks)
        told.append(clock.now())

    assert told == sorted(told)

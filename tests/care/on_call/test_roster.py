"""Who is on call at any moment: stretches before turns, newer before older, also over changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.on_call import Roster, Shift, Stretch, Turn
from bot.care.model.on_call_typed import Asked, read_moment, read_stretch, read_turn

LONDON = ZoneInfo("Europe/London")
MARIA, CLARA = 1, 2
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday."""
WEEK = (Turn(0, time(8), MARIA), Turn(4, time(18), CLARA))


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def a_roster(*shifts: Shift, turns: tuple[Turn, ...] = ()) -> Roster:
    return Roster(shifts, turns, LONDON)


@pytest.mark.parametrize(
    ("roster", "account", "until"),
    [
        pytest.param(a_roster(), None, None, id="nothing entered"),
        pytest.param(a_roster(turns=WEEK), MARIA, hours(6), id="the week"),
        pytest.param(a_roster(turns=WEEK[:1]), MARIA, None, id="one turn holds all week"),
        pytest.param(a_roster(Shift(CLARA, NOON, hours(2), 1), turns=WEEK), CLARA, hours(2), id="a stretch goes first"),
        pytest.param(
            a_roster(Shift(CLARA, NOON, hours(9), 1), Shift(MARIA, hours(-1), hours(3), 2)),
            MARIA,
            hours(3),
            id="the newer of two",
        ),
        pytest.param(a_roster(Shift(None, NOON, hours(1), 1), turns=WEEK), None, hours(1), id="nobody, on purpose"),
        pytest.param(
            a_roster(Shift(MARIA, NOON, hours(1), 1), Shift(MARIA, hours(1), hours(4), 2)),
            MARIA,
            hours(4),
            id="two stretches of one person are one",
        ),
        pytest.param(a_roster(Shift(CLARA, hours(2), hours(3), 1)), None, hours(2), id="not begun"),
        pytest.param(a_roster(Shift(CLARA, hours(-2), NOON, 1)), None, None, id="over at this very moment"),
    ],
)
def test_who_is_on_call_and_until_when(roster: Roster, account: int | None, until: datetime | None) -> None:
    assert roster.stretch(NOON) == Stretch(account, until)


def test_a_turn_keeps_its_hour_when_the_clocks_change() -> None:
    saturday = datetime(2027, 3, 27, 12, tzinfo=UTC)
    roster = a_roster(turns=(Turn(0, time(8), MARIA), Turn(5, time(8), CLARA)))

    assert roster.stretch(saturday) == Stretch(CLARA, datetime(2027, 3, 29, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("20:00", datetime(2026, 11, 20, 20, tzinfo=UTC)),
        ("08:00", datetime(2026, 11, 21, 8, tzinfo=UTC)),
        ("Mon 08:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("fri 08:00", datetime(2026, 11, 27, 8, tzinfo=UTC)),
        ("Friday 18:00", datetime(2026, 11, 20, 18, tzinfo=UTC)),
        ("tomorrow 8:00", datetime(2026, 11, 21, 8, tzinfo=UTC)),
        ("24.12 18:00", datetime(2026, 12, 24, 18, tzinfo=UTC)),
        ("19.11 18:00", None),
        ("Mon", None),
        ("25:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_moment_is_read_as_staff_type_it(typed: str, moment: datetime | None) -> None:
    assert read_moment(typed, after=NOON, zone=LONDON) == moment


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("me until 20:00", Asked("me", "", "20:00")),
        ("Maria Anna from Fri 18:00 until Mon 08:00", Asked("Maria Anna", "Fri 18:00", "Mon 08:00")),
        ("me", Asked("me")),
        ("Otto to 20:00", Asked("Otto", "", "20:00")),
        ("Tilla  UNTIL Mon 08:00", Asked("Tilla", "", "Mon 08:00")),
    ],
)
def test_a_stretch_is_read_as_staff_type_it(typed: str, asked: Asked) -> None:
    assert read_stretch(typed) == asked


@pytest.mark.parametrize(
    ("typed", "turn"),
    [
        ("Mon 08:00 Maria Anna", (0, time(8), "Maria Anna")),
        ("su 18.30 nobody", (6, time(18, 30), "nobody")),
        ("Mon Maria", None),
        ("Mon 08:00", None),
        ("", None),
    ],
)
def test_a_turn_of_the_week_is_read_as_staff_type_it(typed: str, turn: tuple[int, time, str] | None) -> None:
    assert read_turn(typed) == turn

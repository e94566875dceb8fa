"""Calls leave as fast as Telegram allows, and no faster."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.pace import PER_BOT, PER_GROUP, PER_PRIVATE_CHAT, Call, ChatKind, Destination, Pace

START = datetime(2026, 6, 10, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNA = Destination("anna", ChatKind.PRIVATE)
DESK = Destination("-100", ChatKind.GROUP)


def _sent(*calls: Call) -> Pace:
    pace = Pace()
    for call in calls:
        pace = pace.after(call)
    return pace


def _to_desk(count: int, *, alerts: bool = False) -> Pace:
    return _sent(*(Call(DESK, START + n * SECOND, is_alert=alerts) for n in range(count)))


def test_the_first_call_leaves_at_once() -> None:
    assert Pace().earliest(ANNA, at=START) == START


def test_a_second_message_to_a_patient_waits_a_second() -> None:
    pace = _sent(Call(ANNA, START))

    assert pace.earliest(ANNA, at=START + SECOND / 4) == START + SECOND


def test_another_patient_does_not_wait_for_her() -> None:
    pace = _sent(Call(ANNA, START))

    assert pace.earliest(Destination("2", ChatKind.PRIVATE), at=START) == START


def test_the_twenty_sixth_patient_waits_for_the_first_to_be_a_second_ago() -> None:
    pace = _sent(*(Call(Destination(str(n), ChatKind.PRIVATE), START + n * SECOND / 100) for n in range(25)))

    assert pace.earliest(ANNA, at=START + SECOND / 2) == START + SECOND


def test_the_thirteenth_ordinary_call_to_the_desk_waits() -> None:
    pace = _to_desk(12)

    assert pace.earliest(DESK, at=START + 12 * SECOND) == START + 60 * SECOND


def test_an_alert_leaves_at_once_when_ordinary_calls_have_used_up_theirs() -> None:
    pace = _to_desk(12)

    assert pace.earliest(DESK, at=START + 12 * SECOND, is_alert=True) == START + 12 * SECOND


def test_the_ninth_call_that_nobody_waits_for_waits_and_an_answer_leaves_at_once() -> None:
    pace = _to_desk(8)

    assert pace.earliest(DESK, at=START + 8 * SECOND, is_unasked=True) == START + 60 * SECOND
    assert pace.earliest(DESK, at=START + 8 * SECOND) == START + 8 * SECOND


def test_the_nineteenth_alert_in_a_minute_waits() -> None:
    pace = _to_desk(18, alerts=True)

    assert pace.earliest(DESK, at=START + 18 * SECOND, is_alert=True) == START + 60 * SECOND


def test_alerts_beyond_their_share_leave_less_for_ordinary_calls() -> None:
    pace = _to_desk(18, alerts=True)

    assert pace.earliest(DESK, at=START + 18 * SECOND) == START + 60 * SECOND


def test_nothing_leaves_inside_a_pause_not_even_an_alert() -> None:
    pace = Pace().paused(START + 30 * SECOND)

    assert pace.earliest(DESK, at=START, is_alert=True) == START + 30 * SECOND


def test_everything_leaves_once_the_pause_is_over() -> None:
    pace = Pace().paused(START + 30 * SECOND)

    assert pace.earliest(ANNA, at=START + 31 * SECOND) == START + 31 * SECOND


def test_a_shorter_pause_does_not_cut_a_longer_one() -> None:
    pace = Pace().paused(START + 30 * SECOND).paused(START + 5 * SECOND)

    assert pace.paused_until == START + 30 * SECOND


def test_a_clock_set_back_by_an_hour_does_not_silence_the_bot() -> None:
    pace = _sent(*(Call(ANNA, START + timedelta(hours=1)) for _ in range(25)))

    assert pace.earliest(ANNA, at=START) == START


def test_calls_that_no_longer_count_are_forgotten() -> None:
    pace = _to_desk(12).after(Call(ANNA, START + timedelta(minutes=10)))

    assert pace.calls == (Call(ANNA, START + timedelta(minutes=10)),)


def _crowded(lefts: list[datetime], most: int, within: timedelta) -> bool:
    """Whether any half-open window of this length holds more than `most`."""
    return any(lefts[n] - lefts[n - most] < within for n in range(most, len(lefts)))


CHATS = [Destination(str(n), ChatKind.PRIVATE) for n in range(30)] + [
    Destination(f"-{n}", ChatKind.GROUP) for n in (1, 2)
]

wishes = st.lists(
    st.tuples(st.sampled_from(CHATS), st.sampled_from([0, 0, 0, 1, 37, 400, 1000]), st.booleans()), max_size=150
)


def _walk(asked: list[tuple[Destination, int, bool]]) -> list[Call]:
    """Send one after the other, each as early as its pace allows, with some milliseconds between the wishes."""
    pace, at, left = Pace(), START, list[Call]()
    for chat, gap, is_alert in asked:
        at = pace.earliest(chat, at=at + timedelta(milliseconds=gap), is_alert=is_alert)
        left.append(Call(chat, at, is_alert))
        pace = pace.after(left[-1])
    return left


@given(wishes)
def test_no_second_ever_holds_more_than_the_bot_may_send(asked: list[tuple[Destination, int, bool]]) -> None:
    assert not _crowded([call.left_at for call in _walk(asked)], PER_BOT.most, PER_BOT.within)


@given(wishes, st.sampled_from(CHATS))
def test_no_window_of_one_chat_ever_holds_more_than_it_may_get(
    asked: list[tuple[Destination, int, bool]], chat: Destination
) -> None:
    limit = PER_GROUP if chat.kind is ChatKind.GROUP else PER_PRIVATE_CHAT

    lefts = [call.left_at for call in _walk(asked) if call.to == chat]

    assert not _crowded(lefts, limit.most, limit.within)


@given(st.lists(st.sampled_from([0, 1, 1500]), max_size=80))
def test_six_alerts_a_minute_always_find_their_way_to_the_desk(gaps: list[int]) -> None:
    busy = _walk([(DESK, gap, False) for gap in gaps])
    pace, at = _sent(*busy), (busy[-1].left_at if busy else START)

    for _ in range(6):
        assert pace.earliest(DESK, at=at, is_alert=True) - at <= SECOND
        pace = pace.after(Call(DESK, at, is_alert=True))


@pytest.mark.parametrize("count", [25, 26, 250])
def test_a_morning_full_of_patients_leaves_at_the_full_rate(count: int) -> None:
    left = _walk([(Destination(str(n), ChatKind.PRIVATE), 0, False) for n in range(count)])

    assert left[-1].left_at - START == (count - 1) // 25 * SECOND


def test_nobody_is_looked_at_while_nothing_may_leave_for_anybody() -> None:
    full = _sent(*(Call(Destination(str(n), ChatKind.PRIVATE), START) for n in range(PER_BOT.most)))

    assert Pace().opens(at=START) == START
    assert full.opens(at=START + SECOND / 2) == START + SECOND
    assert full.opens(at=START + SECOND) == START + SECOND
    assert Pace().paused(START + 9 * SECOND).opens(at=START) == START + 9 * SECOND

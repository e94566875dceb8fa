"""The bot does not stay in a group that is not the desk."""

from datetime import timedelta

from bot.care.model.delivery import ActKind, Delivery, DeliveryState
from bot.care.services.open_desk import would_leave_desk
from tests.care.listening.ward import MONDAY, Ward, a_desk, a_ward
from tests.care.scene import DESK, MARIA

OTHER = -555
HOUR = timedelta(hours=1)


def leavings(ward: Ward) -> list[Delivery]:
    rows = sorted(ward.records.memory.deliveries.values(), key=lambda row: row.id)
    return [row for row in rows if row.act is not None and row.act.kind is ActKind.LEAVE]


def added(ward: Ward, chat: int = OTHER) -> None:
    ward.desk.group_changed(ward.work, chat=chat, there=True)


def test_it_leaves_an_hour_after_it_was_added_and_says_nothing_there() -> None:
    ward = a_ward()

    added(ward)
    ward.clock.later(minutes=59)
    ward.deliver()
    before = [act.kind for chat, act in ward.arrived if chat == OTHER]
    ward.clock.later(minutes=1)
    ward.deliver()

    assert before == []
    assert [act.kind for chat, act in ward.arrived if chat == OTHER] == [ActKind.LEAVE]


def test_without_a_desk_it_says_what_it_waits_for() -> None:
    ward = a_ward(desk=False)

    added(ward)

    assert "If it is not that within an hour, I leave." in ward.last(OTHER)
    assert [row.due_at for row in leavings(ward)] == [MONDAY + HOUR]


def test_made_an_admin_there_it_still_leaves_once_an_hour_after_it_came() -> None:
    ward = a_ward()

    added(ward)
    ward.clock.later(minutes=10)
    added(ward)

    assert [row.due_at for row in leavings(ward)] == [MONDAY + HOUR]


def test_the_desk_is_not_left() -> None:
    ward = a_ward()

    added(ward, DESK)

    assert leavings(ward) == []


def test_what_became_the_desk_meanwhile_is_not_left() -> None:
    ward = a_ward(desk=False)
    added(ward, DESK)
    assert not would_leave_desk(ward.work, leavings(ward)[0])

    ward.work.team.set_desk(a_desk())

    assert would_leave_desk(ward.work, leavings(ward)[0])


def test_taken_out_and_added_again_it_has_its_hour_again() -> None:
    ward = a_ward()
    added(ward)
    ward.clock.later(minutes=50)

    ward.desk.group_changed(ward.work, chat=OTHER, there=False)
    added(ward)

    assert [row.state for row in leavings(ward)] == [DeliveryState.CANCELLED, DeliveryState.SCHEDULED]
    assert leavings(ward)[-1].due_at == MONDAY + timedelta(minutes=110)
    assert ward.heard(MARIA) == []

"""The bot does not stay in a group that is not the desk."""

from dataclasses import replace
from datetime import timedelta

from bot.care.model.delivery import ActKind, Delivery, DeliveryState
from bot.care.model.desk_rights import DeskRights
from bot.care.model.escalation import EscalationState
from bot.care.model.people import Contact
from bot.care.services.open_desk import would_leave_desk
from tests.care.listening.ward import MONDAY, Ward, a_desk, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, at_desk

OTHER = -555
PUS = "pus is coming out and I have fever"
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


def moved_to(ward: Ward, chat: int) -> None:
    where = replace(MARIA, chat=chat, private=False)
    ward.office.teaming.make_desk(ward.work, where, title="New room", is_forum=False, rights=DeskRights())
    ward.deliver()


def test_a_new_desk_is_shown_what_is_open_and_who_has_it_but_nothing_confided() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "I have it")
    ward.says(ANNA, "i want to kill myself")

    moved_to(ward, OTHER)

    (shown,) = ward.alerts(OTHER)
    assert PUS in shown.text
    assert "Clara has it" in shown.text
    assert [button.label for row in shown.keyboard for button in row] == ["I have called", "Close"]


def test_whoever_taps_in_the_old_group_hears_privately_where_alerts_stand_now() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    moved_to(ward, OTHER)
    there = len(ward.heard(DESK))

    ward.tap(replace(at_desk(CLARA), tapped=True), "I have it")

    assert ward.last(CLARA).startswith("That button is in a group that is not the staff chat any more")
    assert "New room" in ward.last(CLARA)
    assert len(ward.heard(DESK)) == there
    assert [case.state for case in ward.cases()] == [EscalationState.OPEN]


def test_further_words_and_how_it_ends_are_for_the_new_desk_alone() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    moved_to(ward, OTHER)
    before = len(ward.heard(DESK))

    ward.says(ANNA, "my cheek is leaking yellow pus more now and has a red streak")
    ward.tap(replace(CLARA, chat=OTHER, private=False), "I have it")

    assert "has a red streak" in ward.alerts(OTHER)[-1].text
    assert "Clara has it" in ward.last(OTHER)
    assert len(ward.heard(DESK)) == before


def test_words_of_a_case_that_the_new_desk_was_not_told_of_come_there_too() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.work.team.set_desk(replace(a_desk(), contact=Contact(OTHER)))

    ward.says(ANNA, "my cheek is leaking yellow pus more now and has a red streak")

    assert "has a red streak" in ward.last(OTHER)
    assert "has a red streak" not in ward.last(DESK)


def test_the_old_desk_is_left_after_an_hour_unless_it_is_the_desk_again() -> None:
    ward = a_ward()

    moved_to(ward, OTHER)

    assert [(row.contact.chat, row.due_at) for row in leavings(ward)] == [(DESK, MONDAY + HOUR)]
    assert not would_leave_desk(ward.work, leavings(ward)[0])
    moved_to(ward, DESK)
    assert would_leave_desk(ward.work, leavings(ward)[0])


def test_a_desk_made_anew_where_it_is_shows_nothing_twice_and_is_not_left() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    moved_to(ward, DESK)

    assert len(ward.alerts()) == 1
    assert leavings(ward) == []

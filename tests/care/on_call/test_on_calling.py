"""It is known whose turn it is, everybody concerned hears of a change, and patients are told only what is true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.care.model.inbound import Sender
from bot.care.model.people import Member, Role
from bot.care.model.triage import Level
from tests.care.listening.ward import MONDAY, Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA

PUS = "pus is coming out and I have fever"
BLISTER = "there is one small blister on my cheek"
NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)
OTTO = Sender(7, 7, "Otto")


def types(ward: Ward, who: Sender, words: str = "") -> str:
    ward.office.on_calling.command(ward.work, who, words)
    return ward.last(who)


def gap(since: str, until: str) -> tuple[str, ...]:
    return "week Mon 08:00 Clara", f"week {since} nobody", f"week {until} Clara"


def on_call(ward: Ward) -> str:
    """The first line of the page."""
    return types(ward, MARIA).split("\n")[0]


def test_nobody_is_on_call_until_somebody_is_entered() -> None:
    ward = a_ward()

    assert on_call(ward) == "<b>On call: nobody.</b>"


def test_a_clinician_takes_it_until_an_hour_and_the_desk_hears_of_it() -> None:
    ward = a_ward()

    said = types(ward, CLARA, "me until 20:00")

    assert said.startswith("Clara is on call now, until 20:00.")
    assert on_call(ward) == "<b>On call: Clara</b>, until 20:00."
    assert "until 20:00: <b>Clara</b>" in ward.last(DESK)
    assert "set-oncall" in ward.audited()


def test_without_an_end_it_is_until_the_clinic_opens_next() -> None:
    ward = a_ward()

    types(ward, CLARA, "me")

    assert "until Tuesday 24 November, 09:00" in on_call(ward)


def test_an_admin_puts_somebody_on_call_and_they_hear_of_it() -> None:
    ward = a_ward()

    types(ward, MARIA, "Clara from Fri 18:00 until Mon 08:00")

    assert ward.last(CLARA).startswith(
        "You are on call from Friday 27 November, 18:00, until Monday 30 November, 08:00"
    )
    assert "Next: Clara, from Friday 27 November, 18:00." in types(ward, MARIA)


def test_whoever_was_on_call_hears_that_they_no_longer_are() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")

    types(ward, MARIA, "me until 20:00")

    assert ward.last(CLARA).startswith("You are no longer on call")


def test_undo_brings_back_who_was_on_call_before() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")
    types(ward, MARIA, "me until 18:30")

    ward.tap(MARIA, "Undo")

    assert ward.last(CLARA).startswith("You are on call")
    assert on_call(ward) == "<b>On call: Clara</b>, until 20:00."
    assert "undo-oncall" in ward.audited()


def test_an_undo_that_comes_late_changes_nothing() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")
    ward.later(minutes=11)

    ward.tap(CLARA, "Undo")

    assert ward.last(CLARA).startswith("Not taken back")
    assert "Clara" in on_call(ward)


def test_it_is_handed_over_only_with_the_other_ones_tap() -> None:
    ward = a_ward()
    ward.work.team.add(Member(OTTO.account, OTTO.name, Role.CLINICIAN, MONDAY, tested_at=MONDAY))
    types(ward, CLARA, "me until 20:00")

    assert "until they tap" in types(ward, CLARA, "Otto until 20:00")
    assert "Clara" in on_call(ward)
    ward.tap(OTTO, "I take it")

    assert "Otto" in on_call(ward)
    assert ward.last(CLARA).startswith("You are no longer on call")


def test_who_cannot_take_it_says_so_and_nothing_changes() -> None:
    ward = a_ward()
    ward.work.team.add(Member(OTTO.account, OTTO.name, Role.CLINICIAN, MONDAY, tested_at=MONDAY))
    types(ward, CLARA, "me until 20:00")
    types(ward, CLARA, "Otto until 20:00")

    ward.tap(OTTO, "I cannot")

    assert ward.last(CLARA) == "Otto cannot be on call in your place: you still are."
    assert "Clara" in on_call(ward)


def test_a_hand_over_is_void_once_somebody_else_is_on_call() -> None:
    ward = a_ward()
    ward.work.team.add(Member(OTTO.account, OTTO.name, Role.CLINICIAN, MONDAY, tested_at=MONDAY))
    types(ward, CLARA, "me until 20:00")
    types(ward, CLARA, "Otto until 20:00")
    types(ward, MARIA, "me until 20:00")

    ward.tap(OTTO, "I take it")

    assert ward.last(OTTO).startswith("Nothing has changed")
    assert "Maria" in on_call(ward)


def test_who_is_neither_admin_nor_on_call_puts_nobody_else_on_call() -> None:
    ward = a_ward()

    assert types(ward, CLARA, "Maria until 20:00").startswith("Not entered: an admin")
    assert on_call(ward) == "<b>On call: nobody.</b>"


def test_somebody_whose_test_alert_was_not_answered_is_not_on_call() -> None:
    ward = a_ward()
    ward.work.team.save(replace(ward.work.team.member(CLARA.account) or a_stranger(), tested_at=None))

    assert types(ward, MARIA, "Clara until 20:00").startswith("Not entered: Clara has not tapped Got it")
    assert "TEST ALERT" in ward.last(CLARA)
    assert on_call(ward) == "<b>On call: nobody.</b>"


def a_stranger() -> Member:
    raise AssertionError("she is on the team")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Zoe until 20:00", "I know no clinician or admin by <b>Zoe</b>"),
        ("Rita until 20:00", "I know no clinician or admin by <b>Rita</b>"),
        ("me until soon", "I cannot read the times in <b>me until soon</b>"),
        ("me until 1.3 08:00", "I cannot read the times"),
        ("week Mon", "Like this:"),
        ("week Mon 08:00 Zoe", "I know no clinician or admin by <b>Zoe</b>"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_entered(typed: str, said: str) -> None:
    ward = a_ward()

    assert types(ward, MARIA, typed).startswith(said)
    assert not ward.work.on_call.is_kept()


def test_reception_sees_who_is_on_call_and_takes_nothing() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")

    assert "Clara" in types(ward, RITA)
    assert ward.buttons(RITA) == []
    assert types(ward, RITA, "me until 22:00") == "This is for: admin, clinician. You are reception. Nothing was done."
    assert "Clara" in on_call(ward)


def test_it_is_set_by_taps_alone() -> None:
    ward = a_ward()
    types(ward, MARIA)

    ward.tap(MARIA, "Clara ...")
    assert ward.buttons(MARIA) == [
        "Tuesday 24 November, 09:00",
        "Tuesday 24 November, 10:00",
        "Monday 30 November, 10:00",
    ]
    ward.tap(MARIA, "Monday 30 November, 10:00")

    assert "Clara</b>, until Monday 30 November, 10:00" in on_call(ward)


def test_a_week_of_turns_holds_until_the_next_turn() -> None:
    ward = a_ward()

    types(ward, MARIA, "week Mon 08:00 Clara")
    said = types(ward, MARIA, "week Fri 18:00 Maria")

    assert said.startswith("Each week: Monday 08:00 Clara; Friday 18:00 Maria.")
    assert on_call(ward) == "<b>On call: Clara</b>, until Friday 27 November, 18:00."
    ward.tap(MARIA, "Undo")
    assert on_call(ward) == "<b>On call: Clara.</b>"


def test_who_goes_home_leaves_a_gap_that_everybody_sees() -> None:
    ward = a_ward()
    types(ward, MARIA, "week Mon 08:00 Clara")

    types(ward, CLARA, "off")

    assert on_call(ward) == "<b>On call: nobody</b>, until Tuesday 24 November, 09:00."
    assert "Nobody is on call" in ward.last(DESK)


def test_whoever_leaves_the_team_is_on_call_no_more() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")

    ward.office.staffing.command(ward.work, MARIA, "remove Clara")
    ward.tap(MARIA, "Yes, do this")

    assert any("nobody is on call now" in text for text in ward.heard(MARIA))
    assert on_call(ward) == "<b>On call: nobody.</b>"


def test_a_role_without_duty_takes_nobody_off_call_silently() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")

    ward.office.staffing.command(ward.work, MARIA, "role Clara reception")
    ward.tap(MARIA, "Yes, do this")

    assert any("nobody is on call now" in text for text in ward.heard(MARIA))


def test_clearing_asks_first_and_ends_the_roster() -> None:
    ward = a_ward()
    types(ward, MARIA, "week Mon 08:00 Clara")

    types(ward, MARIA, "clear")
    assert ward.work.on_call.is_kept()
    ward.tap(MARIA, "Yes, do this")

    assert not ward.work.on_call.is_kept()


# --- what follows from it --------------------------------------------------------------------------------------------


def test_an_urgent_alert_also_rings_privately_at_whoever_is_on_call() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")

    ward.says(ANNA, PUS)

    assert ward.alerts(DESK)
    assert "URGENT" in ward.alerts(CLARA.chat)[0].text
    assert not ward.alerts(MARIA.chat)
    ward.tap(CLARA, "I have it")
    assert "Clara has it" in ward.last(DESK)


def test_what_can_wait_does_not_ring_at_whoever_is_on_call() -> None:
    ward = a_ward(day=8)
    types(ward, CLARA, "me until 20:00")

    ward.says(ANNA, BLISTER)

    assert not ward.alerts(CLARA.chat)


def test_a_desk_that_is_slow_is_noticed_although_whoever_is_on_call_was_told() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")
    ward.deliver()
    ward.listening.triaging.red(ward.work, ward.anna(), PUS, "RF-U1", Level.URGENT, at=ward.clock.now())
    ward.deliver_to(CLARA.chat)

    ward.clock.later(seconds=3)
    ward.escalating.overdue(ward.work, at=ward.clock.now())

    assert ward.alerts(MARIA.chat)


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        pytest.param("", True, id="no roster: the clinic's own decision"),
        pytest.param("me until tomorrow 08:00", True, id="somebody is on call"),
        pytest.param("me until 20:00", False, id="nobody any more"),
    ],
)
def test_at_night_a_patient_is_given_the_number_only_if_somebody_is_there(entered: str, *, told: bool) -> None:
    ward = a_ward()
    number = ward.library.shelf.clinic.on_call_phone
    if entered:
        types(ward, CLARA, entered)
    ward.clock.at = NIGHT

    ward.says(ANNA, PUS)

    assert (number in ward.last(ANNA)) is told
    assert (number in types(ward, MARIA).split("Like this")[0]) is told


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        pytest.param((), True, id="nothing entered: as clinic.toml has it"),
        pytest.param(("week Mon 08:00 Clara",), True, id="one turn holds all week"),
        pytest.param(gap("Sat 08:00", "Sat 09:30"), False, id="an hour without anybody"),
        pytest.param(gap("Tue 10:00", "Tue 16:00"), True, id="nobody while it is open"),
        pytest.param(("me until tomorrow 08:00",), False, id="one night"),
    ],
)
def test_words_that_are_read_later_give_the_number_only_if_it_is_always_answered(
    entered: tuple[str, ...], *, told: bool
) -> None:
    ward = a_ward()
    for words in entered:
        types(ward, MARIA, words)

    found = ward.office.on_calling.words.knowing.clinic_facts(ward.work, "en", "GB", at=ward.clock.now())

    number = ward.library.shelf.clinic.on_call_phone
    assert (number in found["urgent_any_hour"]) is told
    assert ward.library.shelf.clinic.phone in found["urgent_any_hour"]


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        pytest.param("me until tomorrow 08:00", "phone {on_call} now, later {clinic};", id="this night"),
        pytest.param("me until 20:00", "phone {clinic}; if closed", id="nobody any more"),
    ],
)
def test_at_night_whoever_is_there_is_named_first_though_nobody_is_on_another_night(entered: str, told: str) -> None:
    ward, clinic = a_ward(), a_ward().library.shelf.clinic
    types(ward, CLARA, entered)

    found = ward.office.on_calling.words.knowing.clinic_facts(ward.work, "en", "GB", at=NIGHT)

    assert found["urgent_any_hour"].startswith(told.format(on_call=clinic.on_call_phone, clinic=clinic.phone))


def test_the_first_entry_says_what_it_changes_for_patients() -> None:
    ward = a_ward()

    assert "From now on patients are given the on-call number only" in types(ward, CLARA, "me until 20:00")
    assert "From now on" not in types(ward, CLARA, "me until 21:00")


def test_a_stretch_is_over_at_its_end() -> None:
    ward = a_ward()
    types(ward, CLARA, "me until 20:00")

    ward.clock.later(hours=10)

    assert ward.clock.now() == MONDAY + timedelta(hours=10)
    assert on_call(ward) == "<b>On call: nobody.</b>"

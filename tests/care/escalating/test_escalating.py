"""An alert reaches somebody, is taken by one, and is closed only by a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.model.delivery import ActKind, Delivery, DeliveryState, MessageRef
from bot.care.model.enrolment import EnrolmentStatus
from bot.care.model.escalation import Closing, EscalationState
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.triage import Level
from bot.care.services.ringing import rows_of
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, at_desk

PUS = "pus is coming out and I have fever"
BLISTER = "there is one small blister on my cheek"
HARM = "I want to kill myself"
SUNDAY = datetime(2026, 11, 29, 10, tzinfo=ZoneInfo("Europe/London"))


def test_without_a_desk_every_reachable_clinician_and_admin_is_told() -> None:
    ward = a_ward(desk=False)

    ward.says(ANNA, PUS)

    assert ward.alerts(CLARA.chat)
    assert ward.alerts(MARIA.chat)
    assert not ward.alerts(RITA.chat)


def test_when_the_desk_cannot_be_reached_people_are_told_privately() -> None:
    ward = a_ward()
    ward.listening.triaging.red(ward.work, ward.anna(), PUS, "RF-U1", Level.URGENT, at=ward.clock.now())

    ward.fails(Purpose.ALERT, DeliveryState.FAILED)

    assert "could not be delivered to the staff chat" in ward.alerts(CLARA.chat)[0].text
    assert ward.alerts(MARIA.chat)


def test_self_harm_is_told_to_clinicians_only() -> None:
    ward = a_ward()

    ward.says(ANNA, HARM)

    assert ward.cases()[0].reason == "RF-E5"
    assert ward.alerts(CLARA.chat)
    assert not ward.alerts(DESK)
    assert not ward.alerts(MARIA.chat)


def test_on_the_day_of_the_session_staff_read_the_day_in_their_words() -> None:
    ward = a_ward(day=0)

    ward.says(ANNA, PUS)

    (alert,) = ward.alerts(DESK)
    assert "Anna, PicoSure, day 0, " in alert.text


def test_the_patient_hears_who_has_seen_it() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.tap(at_desk(CLARA), "I have it")

    assert ward.last(ANNA).startswith("Clara from")
    assert "Clara has it" in ward.last(DESK)
    assert ward.cases()[0].state is EscalationState.ACKNOWLEDGED


def test_only_the_first_takes_it() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "I have it")

    ward.tap(at_desk(RITA), "I have it")

    assert ward.cases()[0].owner == CLARA.account


def test_a_stranger_in_the_group_cannot_take_it() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.tap(at_desk(ANNA), "I have it")

    assert ward.cases()[0].state is EscalationState.OPEN


def test_closing_asks_how_it_ended_and_keeps_it() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), "Seen in clinic")

    assert ward.cases()[0].closing is Closing.SEEN
    assert "Closed by Clara: Seen in clinic" in ward.heard(DESK)[-2]
    assert ward.buttons(DESK) == []


def test_reception_does_not_close_a_red_flag() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.tap(at_desk(RITA), "Close")

    assert "clinician or an admin" in ward.last(DESK)
    assert ward.cases()[0].state is EscalationState.OPEN


def test_not_yet_brings_the_buttons_back() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "Close")

    ward.tap(at_desk(CLARA), "Not yet")

    assert ward.buttons(DESK) == ["I have it", "Close"]


def test_the_same_reason_within_an_hour_is_a_note_under_the_open_alert() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.later(minutes=5)

    ward.says(ANNA, "still pus and fever")

    assert len(ward.cases()) == 1
    assert "again" in ward.alerts()[-1].text
    assert ward.alerts()[-1].reply_to == ward.message_of(Purpose.ALERT)


def test_after_an_hour_it_is_an_alert_of_its_own() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.clock.later(hours=2)

    ward.says(ANNA, "still pus and fever")

    assert len(ward.cases()) == 2


def test_a_same_day_alert_is_silent_while_the_clinic_is_closed() -> None:
    ward = a_ward(day=8)
    ward.clock.at = SUNDAY

    ward.says(ANNA, BLISTER)

    assert ward.alerts()[0].silent


def test_an_urgent_alert_rings_at_any_hour() -> None:
    ward = a_ward(day=8)
    ward.clock.at = SUNDAY

    ward.says(ANNA, PUS)

    assert not ward.alerts()[0].silent


def test_an_urgent_alert_nobody_takes_climbs_after_ten_minutes() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.later(minutes=9)
    assert not ward.alerts(CLARA.chat)
    ward.later(minutes=1)

    assert "Nobody has taken this yet" in ward.alerts(CLARA.chat)[0].text


def test_an_emergency_climbs_after_three() -> None:
    ward = a_ward()
    ward.says(ANNA, "I can't breathe and my throat is closing")

    ward.later(minutes=3)

    assert ward.alerts(CLARA.chat)


def test_it_calls_again_every_ten_minutes_and_says_which_call_is_the_last() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    for _ in range(15):
        ward.later(minutes=10)

    calls = [act.text.split("\n")[1] for act in ward.alerts(CLARA.chat)]
    assert len(calls) == 6
    assert calls[0] == "⏰ Nobody has taken this yet. Call 1 of 6."
    assert calls[-1].startswith("⏰ Nobody has taken this yet. This was the last call")


def test_after_a_standstill_it_calls_once_and_then_goes_on() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.later(minutes=45)
    ward.later(seconds=1)
    assert len(ward.alerts(CLARA.chat)) == 1
    ward.later(minutes=10)

    assert len(ward.alerts(CLARA.chat)) == 2


def test_what_somebody_takes_between_two_calls_calls_no_more() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.later(minutes=10)
    ward.tap(CLARA, "I have it")

    ward.later(minutes=20)

    assert len(ward.alerts(CLARA.chat)) == 1


def test_a_call_says_who_is_on_call_and_their_number() -> None:
    ward = a_ward()
    ward.office.on_calling.command(ward.work, CLARA, "me until 20:00")
    ward.says(ANNA, PUS)

    ward.later(minutes=10)

    assert f"On call: Clara {ward.library.shelf.clinic.on_call_phone}" in ward.alerts(MARIA.chat)[0].text


def test_an_alert_that_went_astray_does_not_climb_later_for_it() -> None:
    ward = waiting_at_the_desk()
    ward.clock.later(minutes=5)
    ward.fails(Purpose.ALERT, DeliveryState.FAILED)
    ward.deliver()

    ward.later(minutes=5)

    assert "Call 1 of 6" in ward.alerts(CLARA.chat)[-1].text


def test_what_was_taken_does_not_climb() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "I have it")

    ward.later(minutes=40)

    assert not ward.alerts(MARIA.chat)


def test_after_half_an_hour_the_patient_is_told_not_to_wait() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.later(minutes=30)

    assert ward.last(ANNA).startswith("Nobody at the clinic has answered here yet. Please do not wait")


def test_the_clock_stops_at_each_of_these_moments() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    begun = ward.clock.now()

    moments = []
    moment = ward.escalating.next_moment(ward.work, after=begun)
    while moment is not None:
        moments.append(moment - begun)
        ward.clock.at = moment
        ward.later()
        moment = ward.escalating.next_moment(ward.work, after=moment)

    assert moments == [timedelta(minutes=minutes) for minutes in (10, 20, 30, 40, 50, 60)]


def test_an_alert_that_does_not_leave_for_the_desk_goes_to_people_after_three_seconds() -> None:
    ward = waiting_at_the_desk()
    begun = ward.clock.now()
    assert ward.escalating.next_moment(ward.work, after=begun) == begun + timedelta(seconds=3)

    ward.clock.later(seconds=2)
    ward.escalating.overdue(ward.work, at=ward.clock.now())
    assert told(ward) == {DESK}
    ward.clock.later(seconds=1)
    ward.escalating.overdue(ward.work, at=ward.clock.now())

    assert told(ward) == {DESK, CLARA.chat, MARIA.chat}


def test_a_slow_desk_is_told_of_once() -> None:
    ward = waiting_at_the_desk()

    for _ in range(5):
        ward.clock.later(seconds=3)
        ward.escalating.overdue(ward.work, at=ward.clock.now())

    assert len(alert_rows(ward)) == 3


def test_a_leap_over_everything_climbs_instead_of_calling_the_desk_slow() -> None:
    ward = waiting_at_the_desk()

    ward.clock.later(minutes=31)
    ward.escalating.overdue(ward.work, at=ward.clock.now())

    assert [row.purpose for row in alert_rows(ward)] == [
        Purpose.ALERT,
        Purpose.CLIMB,
        Purpose.CLIMB,
        Purpose.NOBODY_ANSWERED,
    ]


def test_nothing_is_done_between_the_moments_the_clock_stops_at() -> None:
    ward = waiting_at_the_desk()
    moment = ward.escalating.next_moment(ward.work, after=ward.clock.now())

    while moment is not None:
        rows = len(alert_rows(ward))
        ward.escalating.overdue(ward.work, at=moment - timedelta(microseconds=1))
        assert len(alert_rows(ward)) == rows
        ward.escalating.overdue(ward.work, at=moment)
        assert len(alert_rows(ward)) > rows
        moment = ward.escalating.next_moment(ward.work, after=moment)


def waiting_at_the_desk() -> Ward:
    """An urgent alert that has not left yet."""
    ward = a_ward()
    ward.listening.triaging.red(ward.work, ward.anna(), PUS, "RF-U1", Level.URGENT, at=ward.clock.now())
    return ward


def alert_rows(ward: Ward) -> Sequence[Delivery]:
    return rows_of(ward.work, ward.cases()[0])


def told(ward: Ward) -> set[int]:
    return {row.contact.chat for row in alert_rows(ward) if row.purpose is Purpose.ALERT}


def test_very_long_words_do_not_make_an_alert_too_long() -> None:
    ward = a_ward()

    ward.says(ANNA, PUS + " and more of it" * 250)

    kinds = [act.kind for act in ward.alerts()]
    assert kinds == [ActKind.SEND, ActKind.COPY]
    assert len(ward.alerts()[0].text) < 4000


def test_open_alerts_are_listed_worst_first() -> None:
    ward = a_ward()
    ward.says(ANNA, BLISTER)
    ward.says(ANNA, PUS)

    ward.escalating.alerts(ward.work, at_desk(RITA))

    lines = ward.last(DESK).split("\n")
    assert "URGENT" in lines[1]
    assert len(ward.buttons(DESK)) == 2


def test_no_open_alerts_is_said_so() -> None:
    ward = a_ward()

    ward.escalating.alerts(ward.work, at_desk(RITA))

    assert ward.last(DESK) == "No open alerts."


def test_strangers_are_not_told_of_alerts() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.escalating.alerts(ward.work, ANNA)

    assert "URGENT" not in ward.last(ANNA)


def test_self_harm_is_listed_for_clinicians_only() -> None:
    ward = a_ward()
    ward.says(ANNA, "i want to kill myself")

    for who in (CLARA, RITA):
        ward.escalating.alerts(ward.work, who)

    assert ward.last(RITA) == "No open alerts."
    assert "Anna" in ward.last(CLARA)


def test_every_deed_of_staff_is_audited() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    ward.tap(at_desk(CLARA), "I have it")
    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), "Advice given")

    assert ward.audited() == ["acknowledge", "close"]


def test_a_list_shows_what_was_done_with_it() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.escalating.alerts(ward.work, at_desk(CLARA))

    ward.tap(at_desk(CLARA), "1 A-17 Infection: I have it")
    assert "Clara has it" in ward.last(DESK)
    ward.tap(at_desk(CLARA), "1 A-17 Infection: close")
    ward.tap(at_desk(CLARA), "Advice given")

    assert ward.heard(DESK)[-2] == "No open alerts."


def test_what_grew_worse_must_be_taken_again() -> None:
    ward = a_ward()
    ward.says(ANNA, BLISTER)
    ward.tap(at_desk(CLARA), "I have it")

    ward.listening.triaging.red(ward.work, ward.anna(), "many now", "RF-S3", Level.URGENT, at=ward.clock.now())

    assert (ward.cases()[0].state, ward.cases()[0].owner) == (EscalationState.OPEN, None)


def test_a_photo_that_the_desk_never_got_goes_to_people() -> None:
    ward = a_ward()
    patient = ward.anna()
    case = ward.listening.triaging.red(ward.work, patient, PUS, "RF-U1", Level.URGENT, at=ward.clock.now())
    desk = Contact(DESK)
    ward.escalating.alerting.copy(ward.work, case, desk, MessageRef(ANNA.chat, 7), at=ward.clock.now())

    ward.fails(Purpose.ALERT, DeliveryState.FAILED)
    ward.fails(Purpose.COPY, DeliveryState.FAILED)

    assert [act.kind for act in ward.alerts(CLARA.chat)] == [ActKind.SEND, ActKind.COPY]


def test_when_no_clinician_can_be_reached_the_whole_team_is_told() -> None:
    ward = a_ward()
    ward.listening.triaging.red(ward.work, ward.anna(), HARM, "RF-E5", Level.EMERGENCY, at=ward.clock.now())

    ward.fails(Purpose.ALERT, DeliveryState.UNREACHABLE)

    assert ward.alerts(MARIA.chat)
    assert ward.alerts(RITA.chat)


def test_a_patient_whose_treatment_left_the_shelf_is_still_heard() -> None:
    ward = a_ward()
    ward.work.enrolments.save(replace(ward.enrolment(), treatment="no-longer-there"))

    ward.says(ANNA, PUS)

    assert ward.cases()[0].level is Level.URGENT
    assert "pus" in ward.alerts()[0].text


def test_before_a_first_session_danger_signs_count_too() -> None:
    ward = a_ward()
    booked = replace(ward.enrolment(), session_on=None, next_on=date(2026, 12, 1), status=EnrolmentStatus.BOOKED)
    ward.work.enrolments.save(booked)

    ward.says(ANNA, "I can't breathe and my throat is closing")

    assert ward.cases()[0].level is Level.EMERGENCY
    assert ward.alerts()

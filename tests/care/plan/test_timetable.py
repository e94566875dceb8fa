"""When each step leaves: anchors, hours, late comers, and at most two messages a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.model.enrolment import Enrolment, Surface
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Moment
from bot.care.model.timetable import Kept, Planned, Timetable
from bot.care.model.windows import leading
from scheduler.localtime import SENDING_HOURS, instant, local_day, local_hour
from tests.builders import AGREED_AT, SESSION_DAY, a_clinic, a_patient, an_enrolment
from tests.care.plan.shelves import real_shelf

PROTOCOLS = real_shelf().protocols
SURFACES = {"acne-scar-laser": Surface.MICRO_WOUNDS, "resurfacing": Surface.REMOVED}
ZONES = ("Europe/London", "America/Toronto", "Asia/Kathmandu", "Pacific/Auckland", "Australia/Lord_Howe")


def table(
    enrolment: Enrolment,
    patient: Patient | None = None,
    *,
    begun: datetime = AGREED_AT,
    kept: Kept | None = None,
    failed_on: int | None = None,
) -> Timetable:
    protocol = leading(PROTOCOLS, enrolment)
    return Timetable(protocol, enrolment, patient or a_patient(), a_clinic(), begun, kept or {}, failed_on)


def local(row: Planned, zone: str = "Europe/London") -> str:
    return f"{row.due_at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"


def by_step(rows: tuple[Planned, ...], zone: str = "Europe/London") -> dict[str, str]:
    return {row.step.id: local(row, zone) for row in rows}


def day(n: int) -> date:
    return SESSION_DAY + timedelta(days=n)


def test_a_monthly_course_reads_like_the_clinics_own_line() -> None:
    rows = by_step(table(an_enrolment(next_on=day(28))).plan(at=AGREED_AT))

    shown = {step: at for step, at in rows.items() if not step.endswith("-again")}
    assert shown == {
        "PS-00": "11-20 17:05",
        "PS-01": "11-21 09:30",
        "PS-02": "11-22 09:30",
        "PS-03": "11-23 09:30",
        "PS-07": "11-27 09:30",
        "PS-07-evening": "11-27 18:00",
        "PS-14": "12-04 10:00",
        "PRE-14": "12-04 10:00",
        "PRE-07": "12-11 18:00",
        "PRE-03": "12-15 10:00",
        "PRE-01": "12-17 17:00",
    }


def test_before_the_sessions_end_day_0_waits_for_it() -> None:
    rows = by_step(table(an_enrolment(ended=time(18, 30))).plan(at=AGREED_AT))

    assert rows["PS-00"] == "11-20 18:30"


def test_day_0_leaves_with_consent_at_any_hour_when_the_session_is_over() -> None:
    late = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)

    rows = by_step(table(an_enrolment(), a_patient(agreed_at=late), begun=late).plan(at=late))

    assert rows["PS-00"] == "11-20 23:40"


def test_who_comes_late_gets_the_warning_list_with_the_days_own_step_at_once() -> None:
    begun = datetime(2026, 11, 27, 8, 15, tzinfo=UTC)

    rows = by_step(table(an_enrolment(), a_patient(agreed_at=begun), begun=begun).plan(at=begun))

    assert "PS-00" not in rows
    assert (rows["PS-00-late"], rows["PS-07"]) == ("11-27 08:15", "11-27 08:15")
    assert rows["PS-07-evening"] == "11-27 18:00"


def test_who_comes_late_is_asked_once_on_that_day() -> None:
    begun = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)

    rows = by_step(table(an_enrolment(), a_patient(agreed_at=begun), begun=begun).plan(at=begun))

    assert rows["PS-03"] == "11-24 00:10"
    assert "PS-03-again" not in rows


def test_only_reminders_run_before_a_first_session() -> None:
    booked = an_enrolment(session_on=None, next_on=day(40))

    rows = table(booked).plan(at=AGREED_AT)

    assert [row.step.id for row in rows] == ["PRE-28", "PRE-14", "PRE-07", "PRE-03", "PRE-01"]
    assert {row.occurrence for row in rows} == {day(40).isoformat()}


def test_a_reminder_whose_day_is_over_comes_at_once_in_its_late_words() -> None:
    now = datetime(2026, 12, 8, 14, 0, tzinfo=UTC)

    rows = by_step(table(an_enrolment(next_on=day(28))).plan(at=now))

    assert "PRE-14" not in rows
    assert rows["PRE-14-late"] == "12-08 14:00"
    assert rows["PRE-07"] == "12-11 18:00"


def test_a_late_reminder_waits_for_the_morning_when_it_is_night() -> None:
    now = datetime(2026, 12, 8, 23, 0, tzinfo=UTC)

    rows = by_step(table(an_enrolment(next_on=day(28))).plan(at=now))

    assert rows["PRE-14-late"] == "12-09 09:00"


def test_a_reminder_that_was_sent_has_no_late_variant() -> None:
    now = datetime(2026, 12, 8, 14, 0, tzinfo=UTC)
    kept = {("PRE-14", day(28).isoformat()): datetime(2026, 12, 4, 10, tzinfo=UTC)}

    rows = by_step(table(an_enrolment(next_on=day(28)), kept=kept).plan(at=now))

    assert "PRE-14-late" not in rows


def test_nothing_of_the_old_plan_falls_on_or_after_the_next_session() -> None:
    rows = table(an_enrolment(next_on=day(28))).plan(at=AGREED_AT)

    assert all(local_day(row.due_at, ZoneInfo("Europe/London")) < day(28) for row in rows)


def test_the_patients_own_morning_counts_but_an_alarm_check_in_stays_three_hours_before_closing() -> None:
    patient = a_patient(morning=time(19, 0))

    rows = by_step(table(an_enrolment("picosure"), patient).plan(at=AGREED_AT))

    # Tuesday, open until 18:00; Sunday, closed: the protocol's own hour
    assert (rows["PS-03"], rows["PS-02"]) == ("11-23 15:00", "11-22 09:30")
    assert rows["PS-42"] == "01-01 19:00"


def test_the_evening_line_keeps_its_hour_over_a_change_of_clocks() -> None:
    enrolment = an_enrolment(session_on=date(2027, 3, 21))
    begun = datetime(2027, 3, 21, 17, 0, tzinfo=UTC)

    rows = table(enrolment, a_patient(agreed_at=begun), begun=begun).plan(at=begun)

    found = next(row for row in rows if row.step.id == "PS-07-evening")
    assert found.due_at == datetime(2027, 3, 28, 17, 0, tzinfo=UTC)


def test_a_failed_gate_is_asked_again_each_morning_without_doubling_another_gate() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    rows = table(an_enrolment(), failed_on=2).plan(at=now)

    gates = [local(row) for row in rows if row.step.id == "PS-gate"]
    assert gates == [f"11-{n} 09:30" for n in (23, 24, 25, 26, 28, 29)]


def test_the_reminder_of_the_day_before_ends_two_hours_before_the_appointment() -> None:
    rows = table(an_enrolment(next_on=day(28), next_at=time(14, 0))).plan(at=AGREED_AT)

    found = next(row for row in rows if row.step.id == "PRE-01")
    assert found.useful_until == datetime(2026, 12, 18, 12, 0, tzinfo=UTC)


# --- properties -------------------------------------------------------------------------------------------------------

courses = st.fixed_dictionaries(
    {
        "treatment": st.sampled_from(sorted(PROTOCOLS)),
        "interval": st.none() | st.integers(3, 120),
        "zone": st.sampled_from(ZONES),
        "start": st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        "ended": st.times(time(8), time(20)),
        "agreed_after": st.integers(0, 60 * 24 * 20),
        "morning": st.times(time(9), time(20, 30)),
        "evening": st.times(time(9), time(20, 30)),
        "replanned_after": st.integers(0, 60 * 24 * 60),
    }
)


def a_random_table(course: dict[str, object]) -> tuple[Timetable, datetime]:
    zone, start, ended = ZoneInfo(str(course["zone"])), course["start"], course["ended"]
    assert isinstance(start, date)
    assert isinstance(ended, time)
    treatment, interval = str(course["treatment"]), course["interval"]
    begun = instant(start, ended, zone) + timedelta(minutes=int(str(course["agreed_after"])))
    patient = a_patient(zone=zone.key, agreed_at=begun, morning=course["morning"], evening=course["evening"])
    enrolment = an_enrolment(
        treatment,
        surface=SURFACES.get(treatment, Surface.INTACT),
        session_on=start,
        ended=ended,
        next_on=None if interval is None else start + timedelta(days=int(str(interval))),
    )
    return table(enrolment, patient, begun=begun), begun


@given(courses)
def test_only_the_first_message_may_leave_outside_the_hours_for_writing(course: dict[str, object]) -> None:
    timetable, begun = a_random_table(course)

    for row in timetable.plan(at=begun):
        inside = SENDING_HOURS.hold(local_hour(row.due_at, timetable.patient.zone))
        assert inside or row.due_at == begun or row.step.moment is Moment.SESSION_END


@given(courses)
def test_nobody_gets_more_than_two_planned_messages_a_day(course: dict[str, object]) -> None:
    timetable, begun = a_random_table(course)
    zone = timetable.patient.zone
    dues: dict[date, set[datetime]] = {}

    for row in timetable.plan(at=begun):
        # day 0 answers the patient's own tap
        if row.due_at != begun and row.step.moment is not Moment.SESSION_END:
            dues.setdefault(local_day(row.due_at, zone), set()).add(row.due_at)

    assert all(len(each) <= 2 for each in dues.values())


@given(courses)
def test_every_step_has_one_row_an_occurrence_and_none_after_its_use(course: dict[str, object]) -> None:
    timetable, begun = a_random_table(course)
    rows = timetable.plan(at=begun)

    assert len({row.key for row in rows}) == len(rows)
    assert all(begun <= row.due_at <= row.useful_until for row in rows if row.step.anchor is Anchor.SESSION)
    assert all(row.due_at <= row.useful_until for row in rows)


@given(courses)
def test_planning_again_later_changes_nothing_that_is_still_useful(course: dict[str, object]) -> None:
    timetable, begun = a_random_table(course)
    first = timetable.plan(at=begun)
    later = begun + timedelta(minutes=int(str(course["replanned_after"])))
    kept = {row.key: row.due_at for row in first}

    again = replace(timetable, kept=kept).plan(at=later)

    expected = {row.key: row.due_at for row in first if row.useful_until > later}
    assert {row.key: row.due_at for row in again} == expected


@pytest.mark.parametrize("treatment", sorted(PROTOCOLS))
def test_an_alarm_check_in_never_leaves_later_than_three_hours_before_closing(treatment: str) -> None:
    enrolment = an_enrolment(treatment, surface=SURFACES.get(treatment, Surface.INTACT))
    patient = a_patient(morning=time(20, 30))

    rows = table(enrolment, patient).plan(at=AGREED_AT)

    alarms = [local_hour(row.due_at, patient.zone) for row in rows if row.step.alarm]
    assert alarms
    assert max(alarms) <= time(15, 0)

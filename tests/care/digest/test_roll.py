"""Who is on which list of the morning, from what is on record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.people import Consent, Contact
from bot.care.model.roll import InCare, Need, Roll
from bot.care.model.survey import PlanRow
from tests.builders import a_patient, an_enrolment
from tests.standing_library import the_shelf

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
AGREED = Consent(NOW - 9 * DAY, "v1", "en")
PICOSURE = the_shelf().protocols["picosure"]


def in_care(number: int = 1, *, patient: dict[str, Any] | None = None, **enrolment: Any) -> InCare:  # noqa: ANN401
    fields: dict[str, Any] = {"consent": AGREED, "contact": Contact(number), **(patient or {})}
    who = replace(a_patient(), id=number, code=f"A-{number}", **fields)
    plain = replace(an_enrolment(), id=number * 10, patient_id=number, session_on=TODAY - 4 * DAY)
    return InCare(who, replace(plain, **enrolment), PICOSURE)


def asked(step: str, days_ago: float, enrolment: int = 10) -> PlanRow:
    left = NOW - days_ago * DAY
    return PlanRow(1, enrolment, step, left, left)


def codes(roll: Roll, need: Need) -> list[str]:
    return [one.patient.code for one in roll.who(need)]


TWICE = [asked("PS-01", 3), asked("PS-03", 1)]


@pytest.mark.parametrize(
    ("sent", "heard", "is_silent"),
    [
        pytest.param(TWICE, {}, True, id="two asks, nothing heard"),
        pytest.param(TWICE[:1], {}, False, id="one ask"),
        pytest.param([TWICE[0], asked("PS-03", 0.5)], {}, False, id="the second one is fresh"),
        pytest.param(TWICE, {1: NOW - 2 * DAY}, False, id="heard of since the first"),
        pytest.param(TWICE, {1: NOW - 4 * DAY}, True, id="heard of before both"),
        pytest.param([TWICE[0], asked("PS-02", 1, enrolment=99)], {}, False, id="somebody else's"),
    ],
)
def test_two_unanswered_check_ins_are_silence(
    sent: list[PlanRow], heard: dict[int, datetime], *, is_silent: bool
) -> None:
    roll = Roll([in_care()], NOW, LONDON, sent=sent, heard=heard)

    assert codes(roll, Need.SILENT) == (["A-1"] if is_silent else [])


def test_who_stopped_or_blocked_is_out_of_reach_and_not_silent() -> None:
    people = [
        in_care(1, patient={"stopped_at": NOW}),
        in_care(2, patient={"unreachable_since": NOW}),
        in_care(3),
    ]
    roll = Roll(people, NOW, LONDON, sent=[asked("PS-01", 3), asked("PS-03", 1)])

    assert codes(roll, Need.UNREACHABLE) == ["A-1", "A-2"]
    assert codes(roll, Need.SILENT) == []


def test_whose_plan_is_over_is_on_no_list_unless_another_session_comes() -> None:
    long_ago = {"session_on": TODAY - 400 * DAY}
    people = [
        in_care(1, patient={"stopped_at": NOW}, **long_ago),
        in_care(2, patient={"stopped_at": NOW}, next_on=TODAY + 30 * DAY, **long_ago),
    ]

    assert codes(Roll(people, NOW, LONDON), Need.UNREACHABLE) == ["A-2"]


def test_todays_people_stand_by_their_day_fresh_skin_first() -> None:
    people = [
        in_care(1, session_on=TODAY - 7 * DAY),
        in_care(2, session_on=None, next_on=TODAY + 3 * DAY),
        in_care(3, session_on=TODAY - 1 * DAY),
        in_care(4),
    ]
    planned = [PlanRow(n, n * 10, step, NOW) for n, step in ((1, "PS-07"), (2, "PRE-01"), (3, "PS-01"))]
    roll = Roll(people, NOW, LONDON, planned)

    assert codes(roll, Need.TODAY) == ["A-3", "A-1", "A-2"]
    assert [roll.has_check_in(one) for one in roll.who(Need.TODAY)] == [True, True, False]


@pytest.mark.parametrize(
    ("patient", "step", "sent", "hears"),
    [
        pytest.param({"stopped_at": NOW}, "PS-07", False, False, id="stopped"),
        pytest.param({"unreachable_since": NOW}, "PS-07", False, False, id="cannot be reached"),
        pytest.param({"unreachable_since": NOW}, "PS-07", True, True, id="left before that"),
        pytest.param({"paused_until": TODAY + DAY}, "PS-07", False, False, id="paused"),
        pytest.param({"paused_until": TODAY + DAY}, "PS-03", False, True, id="a pause spares the first check-ins"),
        pytest.param({"paused_until": TODAY}, "PS-07", False, True, id="the pause is over"),
        pytest.param({}, "PS-99", False, False, id="no longer in the protocol"),
    ],
)
def test_todays_people_are_those_who_will_really_hear(
    patient: dict[str, Any], step: str, *, sent: bool, hears: bool
) -> None:
    planned = [PlanRow(1, 10, step, NOW, NOW if sent else None)]
    roll = Roll([in_care(patient=patient)], NOW, LONDON, planned)

    assert codes(roll, Need.TODAY) == (["A-1"] if hears else [])


def test_having_read_it_is_no_check_in() -> None:
    roll = Roll([in_care(session_on=TODAY)], NOW, LONDON, [PlanRow(1, 10, "PS-00", NOW)])

    assert [roll.has_check_in(one) for one in roll.who(Need.TODAY)] == [False]


def test_sessions_and_ends_within_a_week_come_in_their_order() -> None:
    people = [
        in_care(1, next_on=TODAY + 7 * DAY),
        in_care(2, next_on=TODAY),
        in_care(3, next_on=TODAY + 8 * DAY),
        in_care(4, session_on=TODAY - (PICOSURE.ends - 2) * DAY),
    ]
    roll = Roll(people, NOW, LONDON)

    assert codes(roll, Need.COMING) == ["A-2", "A-1"]
    assert codes(roll, Need.ENDING) == ["A-4"]


def test_who_has_not_agreed_is_waited_for_and_whose_flag_is_open_is_flagged() -> None:
    people = [in_care(1, patient={"consent": None}), in_care(2)]
    roll = Roll(people, NOW, LONDON, flagged=frozenset({2}))

    assert codes(roll, Need.WAITING) == ["A-1"]
    assert codes(roll, Need.FLAGGED) == ["A-2"]


def test_today_is_the_clinics_day_not_the_servers() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert Roll([], late, ZoneInfo("Asia/Tokyo")).today == TODAY + DAY

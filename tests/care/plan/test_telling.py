"""Every name that approved words may use has a value, true for this patient on this day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.model.clinic import Clinic
from bot.care.model.conditions import Known
from bot.care.model.enrolment import Area, Enrolment, HealthFacts, Surface
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.words import DIMENSIONS, PLACEHOLDERS, Facts
from bot.care.services.telling import Telling
from scheduler.localtime import instant, local_day
from tests.builders import LONDON, SESSION_DAY, a_clinic, a_patient, an_answer, an_enrolment
from tests.care.plan.shelves import DATES, real_shelf

TELLING = Telling(DATES)
SHELF = real_shelf()
CLOSED = replace(SHELF, clinic=replace(SHELF.clinic, hours=(None,) * 7, on_call_phone=""))


def facts(enrolment: Enrolment, day: int, *, answers: Sequence[CheckInAnswer] = (), hour: int = 10) -> Facts:
    at = instant(SESSION_DAY + timedelta(days=day), time(hour), LONDON)
    return TELLING.facts(a_patient(), [enrolment], SHELF, at=at, answers=answers)


def with_next(days: int, **more: object) -> Enrolment:
    return an_enrolment(**{"next_on": SESSION_DAY + timedelta(days=days), **more})  # type: ignore[arg-type]


situations = st.builds(
    an_enrolment,
    st.sampled_from(sorted(SHELF.protocols)),
    surface=st.sampled_from(list(Surface)),
    area=st.sampled_from(list(Area)),
    next_on=st.none() | st.integers(1, 120).map(lambda n: SESSION_DAY + timedelta(days=n)),
    session_on=st.just(SESSION_DAY) | st.none(),
)


@given(situations, st.integers(0, 130))
def test_every_placeholder_and_dimension_has_a_value_in_every_situation(enrolment: Enrolment, day: int) -> None:
    found = facts(enrolment, day)

    assert PLACEHOLDERS.keys() | DIMENSIONS.keys() <= found.keys()
    assert all(found[name] for name in PLACEHOLDERS)
    assert all(found[name] in values for name, values in DIMENSIONS.items())


@pytest.mark.parametrize(
    ("day", "name", "said"),
    [
        (0, "makeup_state", "off; back on 22 November"),
        (2, "makeup_state", "allowed if your skin is closed and calm"),
        (7, "retinol_state", "ask us first, off again from 11 December"),
        (22, "retinol_state", "off until some time after your session on 18 December"),
        (5, "smoke_state", "off for the whole course"),
        (5, "sun_state", "off for the whole course"),
        (5, "nsaid_state", "allowed, off again from 4 December"),
        (0, "spf_state", "from 21 November; hat and shade until then"),
        (3, "retinol_stop", "11 December"),
        (3, "n14", "4 December"),
        (25, "countdown", "In 3 days"),
        (27, "countdown", "Tomorrow"),
        (3, "swelling_rising_from", "that is urgent"),
        (3, "swelling_limit", "22 November"),
        (3, "schedule_days", "1, 2, 3, 7, 14, 28 and 42"),
        (3, "emergency_number", "999"),
    ],
)
def test_what_is_said_on_a_day_of_a_monthly_course(day: int, name: str, said: str) -> None:
    assert facts(with_next(28), day)[name] == said


def test_calm_skin_opens_plainly_and_angry_skin_keeps_shut() -> None:
    calm = [an_answer("PS-02", "compared", "better-calm", day=2)]
    angry = [an_answer("PS-02", "compared", "better-not-calm", day=2)]

    assert facts(an_enrolment(), 3, answers=calm)["makeup_state"] == "allowed"
    assert facts(an_enrolment(), 3, answers=angry)["makeup_state"] == "off until your skin is closed and calm"


def test_an_unknown_country_reads_your_local_emergency_number() -> None:
    at = datetime(2026, 11, 21, 10, tzinfo=UTC)

    found = TELLING.facts(a_patient(country="XX"), [an_enrolment()], SHELF, at=at)

    assert found["emergency_number"] == "your local emergency number"


def test_with_nobody_on_duty_the_urgent_route_is_out_of_hours_care() -> None:
    at = datetime(2026, 11, 21, 10, tzinfo=UTC)

    found = TELLING.facts(a_patient(), [an_enrolment()], CLOSED, at=at)

    assert found["urgent_route"] == SHELF.clinic.out_of_hours
    assert found["clinic_open"] == "no"


@pytest.mark.parametrize("hour", [3, 10, 13, 22])
@pytest.mark.parametrize(
    ("clinic", "said"),
    [
        (a_clinic(), "phone +44 20 7946 0143; if closed or no answer in 30 minutes, go to out-of-hours care now"),
        (
            a_clinic(on_call_phone="+44 20 7946 0199"),
            (
                "phone +44 20 7946 0143, when we are closed +44 20 7946 0199; "
                "if no answer in 30 minutes, go to urgent care"
            ),
        ),
    ],
)
def test_words_that_are_read_later_name_the_way_by_day_and_by_night_whenever_they_were_sent(
    clinic: Clinic, said: str, hour: int
) -> None:
    at = datetime(2026, 11, 20, hour, tzinfo=UTC)

    found = TELLING.facts(a_patient(), [an_enrolment()], replace(SHELF, clinic=clinic), at=at)

    assert found["urgent_any_hour"] == said


@pytest.mark.parametrize(
    ("hour", "is_given"),
    [
        pytest.param(22, True, id="closed, somebody is on call"),
        pytest.param(10, False, id="open: the clinic is phoned, and later nobody may be there"),
    ],
)
def test_whoever_is_on_call_now_is_named_though_not_all_hours_to_come_are_taken(hour: int, *, is_given: bool) -> None:
    at, clinic = datetime(2026, 11, 20, hour, tzinfo=UTC), a_clinic(on_call_phone="+44 20 7946 0199", on_call_gaps=True)

    said = TELLING.facts(a_patient(), [an_enrolment()], replace(SHELF, clinic=clinic), at=at)["urgent_any_hour"]

    now = "phone +44 20 7946 0199 now, later +44 20 7946 0143; if closed or no answer in 30 minutes, go to urgent care"
    assert (said == now) is is_given
    assert ("+44 20 7946 0199" in said) is is_given


def test_until_day_n_is_known_it_reads_as_a_session_day() -> None:
    found = facts(with_next(28), 30)

    assert (found["day"], found["makeup"], found["gate"]) == ("0", "off", "unanswered")


def today(enrolment: Enrolment, *, at: datetime, answers: Sequence[CheckInAnswer] = ()) -> str:
    patient = a_patient()
    known = Known([enrolment], patient, SHELF.protocols, local_day(at, patient.zone), answers)
    return TELLING.today(known, SHELF, TELLING.facts(patient, [enrolment], SHELF, at=at, answers=answers))


def test_today_lists_what_is_off_and_on_with_dates() -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)

    said = today(with_next(28), at=at)

    assert "Friday" not in said
    assert "Monday 23 November" in said
    assert "Retinol: off; back on 27 November" in said
    assert "Makeup: allowed if your skin is closed and calm" in said


def test_skin_that_is_not_calm_keeps_its_sunscreen_unless_it_was_opened() -> None:
    at = instant(SESSION_DAY + timedelta(days=8), time(10), LONDON)
    red = an_answer("PS-02", "compared", "better-not-calm", day=2)
    raw = an_answer("RS-07", "closed", "not-closed", day=7)

    intact = facts(an_enrolment(), 8, answers=[red])
    opened = facts(an_enrolment("resurfacing", surface=Surface.REMOVED), 8, answers=[raw])
    said = today(an_enrolment(), at=at, answers=[red])

    assert intact["spf_state"] == "daily until 19 May 2027, on closed skin only"
    assert opened["spf_state"] == "once your skin has closed; hat and shade until then"
    assert "Sunscreen: daily" in said[said.index("On today") :]


def test_a_date_allows_nothing_that_a_pregnancy_leaves_open() -> None:
    expecting = replace(with_next(28), health=HealthFacts(pregnancy=True))

    said = facts(expecting, 7)

    assert all(said[name].startswith("ask us first") for name in ("retinol_state", "nsaid_state", "alcohol_state"))


@pytest.mark.parametrize("day", [0, 22])
def test_no_date_is_told_for_what_a_pregnancy_forbids_while_it_is_off(day: int) -> None:
    expecting = replace(with_next(28), health=HealthFacts(pregnancy=True))

    said = facts(expecting, day)

    assert said["retinol_state"] == "off; no date for you, ask us first"
    assert said["retinol_from"] == "ask us first"
    (line,) = (line for line in said["restriction_ends"].splitlines() if "retinol" in line)
    assert line.startswith("• no date for you, ask us first: ")
    assert "makeup" not in line


def test_isotretinoin_forbids_retinol_alone() -> None:
    said = facts(replace(with_next(28), health=HealthFacts(pregnancy=False, isotretinoin="now")), 0)

    assert said["retinol_state"] == "off; no date for you, ask us first"
    assert said["makeup_state"] == "off; back on 22 November"


def test_who_uses_retinol_and_may_reads_its_dates() -> None:
    user = replace(with_next(28), health=HealthFacts(pregnancy=False, isotretinoin="never", retinol_user=True))

    assert facts(user, 7)["retinol_state"] == "allowed if your skin is closed and calm, off again from 11 December"

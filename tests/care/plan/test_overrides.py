"""What a clinician settles for one patient beats the table, until a newer session."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, Surface
from bot.care.model.overrides import Override
from bot.care.model.things import Thing
from bot.care.model.windows import Reach, first_allowed, reach, stretches
from bot.care.services.continuing import Continuing
from tests.builders import AGREED_AT, SESSION_DAY, an_enrolment
from tests.care.plan.desk import a_course
from tests.care.plan.shelves import real_shelf

PROTOCOLS = real_shelf().protocols


def day(n: int) -> date:
    return SESSION_DAY + timedelta(days=n)


def resurfaced(**more: object) -> Enrolment:
    return an_enrolment("resurfacing", surface=Surface.REMOVED, **more)


@pytest.mark.parametrize("days", [1, 5, 40])
@pytest.mark.parametrize("area", Area)
def test_a_settled_day_beats_the_table_whatever_the_area(days: int, area: Area) -> None:
    settled = resurfaced(area=area).settle(Override(Thing.EXERCISE, after=days))

    assert first_allowed([settled], PROTOCOLS, Thing.EXERCISE) == day(days)
    assert first_allowed([settled], PROTOCOLS, Thing.SHAVING) == day(10)


def test_days_before_the_next_session_can_be_settled_by_themselves() -> None:
    settled = an_enrolment("picosure", next_on=day(42)).settle(Override(Thing.RETINOL, before=10))

    found = stretches([settled], PROTOCOLS, Thing.RETINOL)

    assert [(each.start, each.until) for each in found] == [(day(0), day(7)), (day(32), day(42))]


def test_one_treatment_of_two_is_not_left_out() -> None:
    both = an_enrolment("acne-laser", also=("resurfacing",)).settle(Override(Thing.MAKEUP, after=4))

    assert first_allowed([both], PROTOCOLS, Thing.MAKEUP) == day(4)


def test_daily_sunscreen_starts_when_sunscreen_is_allowed() -> None:
    settled = resurfaced().settle(Override(Thing.SUNSCREEN, after=12))

    assert stretches([settled], PROTOCOLS, Thing.SPF_DAILY)[0].start == day(12)


@pytest.mark.parametrize(
    ("own", "how_far"),
    [
        (Override(Thing.MAKEUP, after=7), Reach.INSIDE),
        (Override(Thing.MAKEUP, after=21), Reach.INSIDE),
        (Override(Thing.MAKEUP, after=6), Reach.OUTSIDE),
        (Override(Thing.MAKEUP, after=22), Reach.OUTSIDE),
        (Override(Thing.SUN, after=41), Reach.OUTSIDE),
        (Override(Thing.RETINOL, after=42, before=2), Reach.OUTSIDE),
        (Override(Thing.RETINOL, before=14), Reach.INSIDE),
        (Override(Thing.MAKEUP, before=3), Reach.NOWHERE),
        (Override(Thing.PICKING, after=3), Reach.NOWHERE),
        (Override(Thing.MAKEUP, after=-1), Reach.NOWHERE),
        (Override(Thing.MAKEUP), Reach.NOWHERE),
    ],
)
def test_least_and_most_say_who_may_settle_it(own: Override, how_far: Reach) -> None:
    assert reach(PROTOCOLS, resurfaced(), own) is how_far


def test_off_the_face_least_and_most_move_with_the_area() -> None:
    assert reach(PROTOCOLS, resurfaced(area=Area.NECK), Override(Thing.MAKEUP, after=9)) is Reach.OUTSIDE
    assert reach(PROTOCOLS, resurfaced(area=Area.NECK), Override(Thing.MAKEUP, after=24)) is Reach.INSIDE


def test_a_thing_is_settled_once_and_can_be_unsettled() -> None:
    twice = resurfaced().settle(Override(Thing.MAKEUP, after=8)).settle(Override(Thing.MAKEUP, after=9))

    assert twice.overrides == (Override(Thing.MAKEUP, after=9),)
    assert twice.unsettle(Thing.MAKEUP).overrides == ()


@pytest.mark.parametrize(("settled", "first"), [(1, 2), (10, 10)])
def test_after_a_newer_session_what_was_settled_only_makes_stricter_until_it_is_confirmed(
    settled: int, first: int
) -> None:
    course = a_course("picosure", next_on=day(28))
    old = course.enrolment.settle(Override(Thing.MAKEUP, after=settled, by=7, reason="her skin"))
    course.change(at=AGREED_AT, enrolment=old)
    at = AGREED_AT + timedelta(days=28)

    begun = Continuing(course.planning).take_place(
        course.work, course.patient, old, day(28), ended=old.ended, by=7, at=at
    )

    assert begun.overrides == (replace(old.overrides[0], confirmed=False),)
    assert first_allowed([begun], PROTOCOLS, Thing.MAKEUP) == day(28 + first)
    again = begun.settle(replace(begun.overrides[0], confirmed=True))
    assert first_allowed([again], PROTOCOLS, Thing.MAKEUP) == day(28 + settled)


def test_a_first_session_keeps_what_was_settled_for_it() -> None:
    course = a_course("picosure", session_on=None, next_on=day(3), status=EnrolmentStatus.BOOKED)
    booked = course.enrolment.settle(Override(Thing.MAKEUP, after=5))
    at = AGREED_AT + timedelta(days=3)

    begun = Continuing(course.planning).take_place(
        course.work, course.patient, booked, day(3), ended=booked.ended, by=7, at=at
    )

    assert begun.overrides == booked.overrides

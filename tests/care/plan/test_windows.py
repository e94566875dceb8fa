"""What is off when: the windows of facts 3.6 and how they overlap (3.8)."""

from datetime import date, timedelta

import pytest

from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, Surface
from bot.care.model.things import Thing
from bot.care.model.windows import Gate, State, column, first_allowed, leading, standing, stretches
from tests.builders import SESSION_DAY, an_enrolment
from tests.care.plan.shelves import real_shelf

PROTOCOLS = real_shelf().protocols
SURFACES = {"acne-scar-laser": Surface.MICRO_WOUNDS, "resurfacing": Surface.REMOVED}


def day(n: int) -> date:
    return SESSION_DAY + timedelta(days=n)


def session(treatment: str, interval: int | None = None, **more: object) -> Enrolment:
    surface = SURFACES.get(treatment, Surface.INTACT)
    next_on = None if interval is None else day(interval)
    return an_enrolment(treatment, **{"surface": surface, "next_on": next_on, **more})


@pytest.mark.parametrize(
    ("treatment", "first"), [("picosure", 7), ("acne-laser", 7), ("acne-scar-laser", 14), ("resurfacing", 42)]
)
def test_without_a_next_session_retinol_opens_and_has_no_end(treatment: str, first: int) -> None:
    found = standing([session(treatment)], PROTOCOLS, Thing.RETINOL, day(first))

    assert (found.state, found.change) == (State.OPEN, None)
    assert first_allowed([session(treatment)], PROTOCOLS, Thing.RETINOL) == day(first)


def test_an_empty_window_reads_never_and_names_no_day() -> None:
    course = [session("acne-scar-laser", 21)]

    assert standing(course, PROTOCOLS, Thing.RETINOL, day(3)).state is State.NEVER
    assert first_allowed(course, PROTOCOLS, Thing.RETINOL) is None


@pytest.mark.parametrize("thing", [Thing.SMOKING, Thing.TANNING])
@pytest.mark.parametrize("interval", [28, 42, 84, None])
def test_nobody_is_ever_told_that_they_may_smoke_or_tan_again(thing: Thing, interval: int | None) -> None:
    enrolment = session("picosure", interval)

    found = [standing([enrolment], PROTOCOLS, thing, day(n)) for n in range(300)]

    assert all(each.state is not State.OPEN and each.change is None for each in found)


def test_inside_the_days_before_a_session_a_thing_is_off_again_until_it() -> None:
    found = standing([session("picosure", 28)], PROTOCOLS, Thing.RETINOL, day(22))

    assert (found.state, found.change) == (State.OFF_AGAIN, day(28))


def test_until_the_next_session_is_known_to_have_taken_place_every_day_counts_as_day_0() -> None:
    for late in (28, 29, 33):
        found = standing([session("picosure", 28)], PROTOCOLS, Thing.MAKEUP, day(late))
        assert found.state is State.OFF


def test_a_failed_gate_keeps_shut_what_the_date_would_open() -> None:
    course = [session("picosure")]

    shut = standing(course, PROTOCOLS, Thing.MAKEUP, day(5), gate=Gate.NOT_CALM)
    calm = standing(course, PROTOCOLS, Thing.MAKEUP, day(5), gate=Gate.CALM)

    assert (shut.state, calm.state) == (State.OFF, State.OPEN)


def test_the_later_end_of_an_older_session_is_kept() -> None:
    old = session("resurfacing", 14, id=1, status=EnrolmentStatus.CLOSED)
    new = session("picosure", id=2, session_on=day(14))

    found = stretches([old, new], PROTOCOLS, Thing.ACTIVES)

    assert [(each.start, each.until) for each in found] == [(day(0), day(42))]


def test_a_cancelled_session_has_no_windows() -> None:
    cancelled = session("resurfacing", id=1, status=EnrolmentStatus.CANCELLED)

    found = stretches([cancelled, session("picosure", id=2)], PROTOCOLS, Thing.RETINOL)

    assert [each.until for each in found] == [day(7)]


def test_the_ticked_surface_picks_the_column_whatever_the_brand() -> None:
    assert column(PROTOCOLS, "picosure", Surface.REMOVED).id == "resurfacing"
    assert column(PROTOCOLS, "acne-laser", Surface.MICRO_WOUNDS).id == "acne-scar-laser"
    assert column(PROTOCOLS, "acne-laser", Surface.INTACT).id == "acne-laser"
    assert column(PROTOCOLS, "resurfacing", Surface.INTACT).id == "pico"


def test_of_two_treatments_the_deepest_leads_and_every_window_takes_the_latest_end() -> None:
    both = session("acne-laser", also=("acne-scar-laser",))

    assert leading(PROTOCOLS, both).id == "acne-scar-laser"
    assert first_allowed([both], PROTOCOLS, Thing.MAKEUP) == day(7)
    assert first_allowed([both], PROTOCOLS, Thing.RETINOL) == day(14)


@pytest.mark.parametrize(("area", "makeup", "actives"), [(Area.FACE, 10, 42), (Area.NECK, 13, 49), (Area.BACK, 13, 49)])
def test_off_the_face_broken_skin_gets_extra_days(area: Area, makeup: int, actives: int) -> None:
    course = [session("resurfacing", area=area)]

    assert first_allowed(course, PROTOCOLS, Thing.MAKEUP) == day(makeup)
    assert first_allowed(course, PROTOCOLS, Thing.ACTIVES) == day(actives)


def test_a_raised_head_is_asked_for_on_the_face_only() -> None:
    assert stretches([session("resurfacing")], PROTOCOLS, Thing.HEAD_RAISED)[0].until == day(4)
    assert stretches([session("resurfacing", area=Area.BACK)], PROTOCOLS, Thing.HEAD_RAISED) == ()

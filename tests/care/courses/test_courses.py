"""Whatever happens in a course, no message allows what a window forbids that day; and what else must always hold."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from bot.care.model.enrolment import Area, HealthFacts, Surface
from bot.care.model.things import Thing
from tests.care.courses.claims import claims
from tests.care.courses.conftest import PARTS
from tests.care.courses.drawing import STORIES, Change, Event, Story, Treated
from tests.care.courses.judging import faults
from tests.care.courses.walking import Walk

FEW = 12
"""Courses of each part in the usual run; `--hypothesis-profile=many` asks for ten thousand in all."""
USUAL = 100
"""What Hypothesis does where no profile says otherwise."""
LOOKED_AT = 12
"""Of so many messages one is read, a different one in each course."""


def examples() -> int:
    return FEW if settings.default is None or settings.default.max_examples == USUAL else settings.default.max_examples


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_course_breaks_a_rule(part: int) -> None:
    @seed(part)
    @settings(
        max_examples=examples(),
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(STORIES)
    def holds(story: Story) -> None:
        walk = Walk(story, lambda number: number % LOOKED_AT == story.seed % LOOKED_AT)
        walk.run()
        assert faults(walk) == []

    holds()


PLAIN = Story(
    zone=ZoneInfo("Europe/London"),
    first_on=date(2026, 11, 20),
    ended=time(17),
    sessions=(Treated("picosure", Surface.INTACT, Area.FACE),),
    next_in=28,
    late=timedelta(),
    health=HealthFacts(isotretinoin="never", pregnancy=False, retinol_user=True),
    photos=False,
    overrides=(),
    events=(),
    seed=1,
    calm=10,
    silent=0,
)
EVERY = {
    "picosure": Surface.INTACT,
    "pico": Surface.INTACT,
    "acne-scar-laser": Surface.MICRO_WOUNDS,
    "resurfacing": Surface.REMOVED,
    "acne-laser": Surface.INTACT,
}


@pytest.mark.parametrize("treatment", EVERY)
@pytest.mark.parametrize("next_in", [28, 84, None])
def test_a_calm_course_is_read_from_its_first_word_to_its_last(treatment: str, next_in: int | None) -> None:
    sessions = (Treated(treatment, EVERY[treatment], Area.FACE),)
    walk = Walk(replace(PLAIN, sessions=sessions, next_in=next_in), lambda _: True)

    walk.run()

    assert faults(walk) == []
    assert len(walk.messages) >= 6


def test_an_answer_after_midnight_is_read_on_its_own_day() -> None:
    """Enrolled ten minutes before the day of the next session: from there on all is said as on a day 0."""
    moved = Event(Change.MOVED, after=0, days=0)
    walk = Walk(
        replace(PLAIN, ended=time(15, 50), late=timedelta(hours=80), next_in=None, events=(moved,)), lambda _: True
    )

    walk.run()

    assert any(moment.known.on > walk.messages[0].day for moment in walk.moments[:1])
    assert faults(walk) == []


def test_a_calm_course_does_allow_things_when_their_day_has_come() -> None:
    walk = Walk(PLAIN, lambda _: True)

    walk.run()

    found = {claim.thing for message in walk.messages for claim in claims(message.text or "", message.day)}
    assert found >= {Thing.MAKEUP, Thing.SHAVING, Thing.RETINOL, Thing.EXERCISE, Thing.HEAT, Thing.SWIMMING}


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Makeup is fine again.", "off by the tables"),
        ("If your skin is calm, the sauna is fine again from today.", "off by the tables"),
        ("You may smoke again.", "nobody is ever told"),
        ("From tonight you may use retinol.", "off by the tables"),
        ("Please leave off makeup until 21 November.", "off by the tables"),
    ],
)
def test_a_word_too_early_is_found(sentence: str, why: str) -> None:
    walk = Walk(PLAIN, lambda _: True)
    walk.run()
    first = walk.messages[0]
    walk.messages[0] = replace(first, text=f"{first.text}\n\n{sentence}")

    assert any(why in fault and sentence in fault for fault in faults(walk))


def test_what_an_answer_forbids_is_found() -> None:
    walk = Walk(replace(PLAIN, calm=0, seed=3), lambda _: True)
    walk.run()
    shut = next(n for n, message in enumerate(walk.messages) if message.known.gate == "not-calm" and message.text)
    late = replace(walk.messages[shut], text="If your skin is closed, makeup is fine again.")
    walk.messages[shut] = late

    assert any("against her last answer" in fault or "off by the tables" in fault for fault in faults(walk))


def test_a_third_message_and_a_second_saying_are_found() -> None:
    walk = Walk(PLAIN, lambda _: True)
    walk.run()
    walk.messages += [walk.messages[4]] * 2

    found = faults(walk)

    assert any(fault.startswith("_too_many") for fault in found)
    assert any(fault.startswith("_said_twice") for fault in found)
    assert any(fault.startswith("_asked_twice") for fault in found)

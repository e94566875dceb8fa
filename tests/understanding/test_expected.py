"""On days on which everybody is swollen, or raw skin weeps, plain words for it page nobody; any word more is heard."""

from dataclasses import replace

import pytest

from bot.care.model.triage import CLEAR, Level
from bot.care.ports.hearing import Situation
from bot.understanding.expected import Expected
from bot.understanding.shapes import misshapen
from bot.understanding.shelf import Files
from bot.understanding.understander import Understander
from tests.understanding.small_words import small_words

TREATMENTS = ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
FIRST_MORNING = Situation("en", "pico", 1)
PLAIN = (
    "my swelling is bigger than yesterday",
    "the swelling is worse",
    "I'm more puffy this morning than last night, is this normal?",
    "my face is more swollen today",
    "my face is swollen this morning",
    "hello, bigger swelling this morning. is that ok",
)


@pytest.mark.parametrize("treatment", TREATMENTS)
@pytest.mark.parametrize("text", PLAIN)
def test_the_swelling_of_the_first_morning_is_answered_and_pages_nobody(
    understanding: Understander, text: str, treatment: str
) -> None:
    first_morning = Situation("en", treatment, 1)

    assert understanding.triage(text, first_morning) == CLEAR
    found = understanding.match(text, first_morning)
    assert (found.confident, found.candidates[0].topic) == (True, "swelling")


@pytest.mark.parametrize(
    ("treatment", "day"),
    [(treatment, day) for treatment in TREATMENTS for day in (0, 2, 3, 4, 6) if (treatment, day) != ("resurfacing", 2)],
)
def test_on_every_other_day_it_is_a_sign_as_before(understanding: Understander, treatment: str, day: int) -> None:
    found = understanding.triage(PLAIN[0], Situation("en", treatment, day))

    assert found.certain
    assert found.level is not None


def test_new_skin_swells_most_on_the_second_morning_as_well(understanding: Understander) -> None:
    assert understanding.triage(PLAIN[0], Situation("en", "resurfacing", 2)) == CLEAR


@pytest.mark.parametrize("situation", [Situation("en"), Situation("en", "pico"), Situation("en", None, 1)])
def test_only_the_records_say_that_it_is_the_first_morning(understanding: Understander, situation: Situation) -> None:
    assert understanding.triage("my swelling is bigger than yesterday", situation).level is Level.URGENT


@pytest.mark.parametrize(
    "more",
    [
        "and hot",
        "and my eye is closing",
        "on one side",
        "and i have a fever",
        "and it hurts a lot",
        "and spreading to my neck",
        "since the new tablets",
        "and my lips too",
        "and i cant breathe well",
    ],
)
@pytest.mark.parametrize("treatment", TREATMENTS)
def test_whatever_is_said_along_with_it_is_heard_on_the_first_morning_too(
    understanding: Understander, more: str, treatment: str
) -> None:
    found = understanding.triage(f"my swelling is bigger than yesterday {more}", Situation("en", treatment, 1))

    assert found.level in (Level.URGENT, Level.EMERGENCY)
    assert found.certain


@pytest.mark.parametrize(
    "text",
    [
        "the swelling is bigger than this morning",
        "the swelling is bigger than in the morning",
        "my face is puffy this morning and bigger today",
        "my face was ok this morning, more swollen today",
        "the swelling is bigger in 1 area than in the face",
        "1 cheeks is swollen more than the 1",
        "the swelling got worse and worse and worse overnight",
        "my skin feels swollen and i am worse",
        "my face is swollen, more than normal, more than expected, worse and worse",
        "my swelling is bigger and the puffiness is more than yesterday",
    ],
)
@pytest.mark.parametrize(("treatment", "day"), [("picosure", 1), ("resurfacing", 2)])
def test_growth_since_the_morning_in_one_place_or_of_more_is_heard_as_on_any_day(
    understanding: Understander, text: str, treatment: str, day: int
) -> None:
    expected = _expected(understanding, "RF-U6")

    assert not expected.holds(understanding.tongues["en"].take(text), Situation("en", treatment, day))


@pytest.mark.parametrize(
    ("said", "is_new"),
    [("my swelling is bigger than yesterday", False), ("my face is swollen", False), ("can i wear makeup", True)],
)
def test_it_is_answered_once_a_day(understanding: Understander, said: str, *, is_new: bool) -> None:
    found = understanding.triage("the swelling is worse", replace(FIRST_MORNING, today=("thank you", said)))

    assert (found == CLEAR) is is_new


@pytest.mark.parametrize("text", PLAIN)
def test_beside_a_danger_sign_it_is_heard_as_on_any_day(understanding: Understander, text: str) -> None:
    expected = _expected(understanding, "RF-U6")

    assert not expected.holds(understanding.tongues["en"].take(text), replace(FIRST_MORNING, alarmed=True))


def test_a_slip_is_not_put_right_into_a_plain_word(understanding: Understander) -> None:
    expected = _expected(understanding, "RF-U6")
    slip, plain = (understanding.tongues["en"].take(f"my face is more {word} today") for word in ("pufsy", "puffy"))

    assert [word.surface for word in slip.words] == [word.surface for word in plain.words]
    assert [expected.holds(taken, FIRST_MORNING) for taken in (slip, plain)] == [False, True]


@pytest.mark.parametrize(
    ("flag", "situation"),
    [("RF-U6", FIRST_MORNING), ("RF-U1", Situation("en", "resurfacing", 1))],
    ids=["swelling", "oozing"],
)
def test_no_line_that_was_written_for_another_sign_is_taken_for_a_plain_one(
    understanding: Understander, files: Files, flag: str, situation: Situation
) -> None:
    expected = _expected(understanding, flag)
    lines = [
        line
        for other in files["en/red_flags.toml"]["flag"]
        for key in ("examples", "ask_examples", "training")
        for line in other.get(key, ())
    ]

    taken = [line for line in lines if expected.holds(understanding.tongues["en"].take(line), situation)]

    assert taken == []


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        ("day 1", "must be a table"),
        ({"from": {}, "until": {}, "named": []}, "must be a table"),
        ({"from": {}, "until": {"pico": "2"}, "named": ["a"], "words": ["a"], "once": ["a"]}, "a whole day"),
        ({"from": {}, "until": {"pico": 2}, "named": [""], "words": ["a"], "once": ["a"]}, "a list of words"),
    ],
)
def test_what_cannot_be_read_is_said(expected: object, reason: str) -> None:
    red = small_words()["en/red_flags.toml"]
    wrong = {**red, "flag": [{**red["flag"][0], "expected": expected}]}

    (found,) = [one for one in misshapen("en/red_flags.toml", wrong) if "expected" in one.path]

    assert reason in found.reason


OOZING = (
    "clear fluid weeping a little",
    "theres some straw coloured fluid on my pillow this morning",
    "a bit of straw-coloured fluid",
    "clear fluid is oozing, is that ok?",
    "straw colored liquid leaking from my cheeks",
    "it's weeping clear stuff",
)


@pytest.mark.parametrize(("treatment", "day"), [("resurfacing", 0), ("resurfacing", 3), ("acne-scar-laser", 1)])
@pytest.mark.parametrize("text", OOZING)
def test_clear_fluid_of_the_first_days_is_answered_and_pages_nobody(
    understanding: Understander, text: str, treatment: str, day: int
) -> None:
    first_days = Situation("en", treatment, day)

    assert understanding.triage(text, first_days) == CLEAR
    found = understanding.match(text, first_days)
    assert (found.confident, found.candidates[0].topic) == (True, "peeling")


@pytest.mark.parametrize(
    ("treatment", "day"),
    [("resurfacing", 4), ("resurfacing", 12), ("acne-scar-laser", 2), ("pico", 0), ("acne-laser", 2)],
)
@pytest.mark.parametrize("text", OOZING)
def test_clear_fluid_is_a_sign_once_it_should_have_dried_and_where_skin_is_whole(
    understanding: Understander, text: str, treatment: str, day: int
) -> None:
    found = understanding.triage(text, Situation("en", treatment, day))

    assert found.certain
    assert found.level in (Level.SAME_DAY, Level.URGENT)


@pytest.mark.parametrize(
    "more",
    ["and it smells", "with a yellow green edge", "and i have a fever", "and the redness is spreading", "and pus"],
)
def test_what_makes_the_fluid_a_danger_is_heard_in_the_first_days_too(understanding: Understander, more: str) -> None:
    found = understanding.triage(f"clear fluid weeping a little {more}", Situation("en", "resurfacing", 1))

    assert found.level in (Level.URGENT, Level.EMERGENCY)
    assert found.certain


def _expected(understanding: Understander, flag: str) -> Expected:
    (found,) = [one.expected for one in understanding.tongues["en"].listener.flags if one.id == flag and one.expected]
    return found

"""Every red flag of the content is raised by its own examples and left alone by its counter-examples."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.care.model.triage import Assessment, Level
from bot.care.ports.hearing import Situation
from bot.understanding.understander import Understander
from tests.understanding.conftest import Files
from tests.understanding.recalling import meanings, take_in

ANYONE = Situation("en")
Line = tuple[Mapping[str, Any], str, Situation]
"""A flag, what is said, and by whom."""


def flags(files: Files) -> list[Mapping[str, Any]]:
    return list(files["en/red_flags.toml"]["flag"])


def raised_by(found: Assessment, flag: Mapping[str, Any]) -> bool:
    """This flag, or one at least as serious."""
    if found.level is None or not found.certain:
        return False
    return found.flag == flag["id"] or found.level.weight >= Level(flag["level"]).weight


def dated(flag: Mapping[str, Any]) -> Iterator[tuple[str, Situation]]:
    for entry in flag.get("dated_examples", ()):
        yield entry["text"], Situation("en", entry.get("protocol"), entry.get("day"), entry.get("days_to_next"))


def heard(understanding: Understander, lines: Iterable[Line]) -> Iterator[tuple[Mapping[str, Any], str, Assessment]]:
    said = list(lines)
    known = meanings(text for _, text, _ in said)
    for flag, text, situation in said:
        take_in(understanding, text, known)
        yield flag, text, understanding.triage(text, situation)


def test_all_flags_of_the_fact_base_are_there(files: Files) -> None:
    expected = (
        {f"RF-E{n}" for n in range(1, 8)} | {f"RF-U{n}" for n in range(1, 12)} | {f"RF-S{n}" for n in range(1, 16)}
    )

    assert {flag["id"] for flag in flags(files)} == expected


def test_every_example_raises_its_flag_or_a_worse_one(files: Files, understanding: Understander) -> None:
    lines = ((flag, text, ANYONE) for flag in flags(files) for text in flag["examples"])

    missed = [(flag["id"], text) for flag, text, found in heard(understanding, lines) if not raised_by(found, flag)]

    assert missed == []


def test_every_dated_example_raises_its_flag_on_its_day(files: Files, understanding: Understander) -> None:
    lines = ((flag, text, situation) for flag in flags(files) for text, situation in dated(flag))

    missed = [(flag["id"], text) for flag, text, found in heard(understanding, lines) if not raised_by(found, flag)]

    assert missed == []


def test_what_only_asks_at_least_asks(files: Files, understanding: Understander) -> None:
    silent = [
        text
        for flag in flags(files)
        for text in flag.get("ask_examples", ())
        if not understanding.triage(text, ANYONE).raised
    ]

    assert silent == []


def test_no_counter_example_raises_anything_for_certain(files: Files, understanding: Understander) -> None:
    lines = ((flag, text, ANYONE) for flag in flags(files) for text in flag["counters"])

    false = [
        (flag["id"], text, found.flag)
        for flag, text, found in heard(understanding, lines)
        if found.raised and found.certain
    ]

    assert false == []


def test_redness_counts_by_the_day_of_its_treatment(understanding: Understander) -> None:
    text = "my face is still red"

    assert not understanding.triage(text, Situation("en", "picosure", 1)).raised
    assert understanding.triage(text, Situation("en", "picosure", 3)).flag == "RF-S1"
    assert not understanding.triage(text, Situation("en", "resurfacing", 12)).raised


def test_growing_swelling_is_the_same_day_first_and_urgent_later(understanding: Understander) -> None:
    text = "the swelling is worse than yesterday"

    assert understanding.triage(text, Situation("en", "picosure", 2)).level is Level.SAME_DAY
    assert understanding.triage(text, Situation("en", "picosure", 3)).level is Level.URGENT
    assert understanding.triage(text, Situation("en", "resurfacing", 3)).level is Level.SAME_DAY


def test_a_tan_matters_only_before_a_session(understanding: Understander) -> None:
    text = "i have a tan now"

    assert understanding.triage(text, Situation("en", "pico", 25, days_to_next=5)).flag == "RF-S10"
    assert not understanding.triage(text, Situation("en", "pico", 25, days_to_next=40)).raised


def test_wet_and_yellow_on_skin_that_stayed_whole_is_urgent_and_only_wet_is_not(understanding: Understander) -> None:
    whole = Situation("en", "picosure", 1)

    for text in ("its a bit wet and yellow", "moist and yellow", "its yellow there and kind of wet"):
        found = understanding.triage(text, whole)
        assert (found.flag, found.level) == ("RF-U1", Level.URGENT), text
    assert understanding.triage("its a bit wet", whole).level is Level.SAME_DAY


def test_a_same_day_sign_at_the_eye_is_urgent(understanding: Understander) -> None:
    cheek, eye = (f"still swollen at the {place}" for place in ("cheek", "eye"))

    assert understanding.triage(cheek, Situation("en", "pico", 4)).level is Level.SAME_DAY
    assert understanding.triage(eye, Situation("en", "pico", 4)).level is Level.URGENT


def test_two_same_day_signs_together_are_urgent(understanding: Understander) -> None:
    found = understanding.triage("still red and still stinging all day", Situation("en", "picosure", 4))

    assert found.level is Level.URGENT

"""A rule is a line of data: concepts near each other, days, and what must not stand by."""

import pytest

from bot.care.ports.hearing import Situation
from bot.understanding.phrasebook import Hit
from bot.understanding.rules import UnreadableRule, by_concept, read_rule

KNOWN = ("red", "hot", "better")


def test_all_needs_must_stand_within_reach() -> None:
    rule = read_rule("red & hot /5", KNOWN, sure=True)

    assert rule.found(by_concept([Hit("red", 0, 1), Hit("hot", 4, 5)]))
    assert rule.found(by_concept([Hit("red", 0, 1), Hit("hot", 30, 31)])) is None


def test_an_unwanted_concept_nearby_spoils_it() -> None:
    rule = read_rule("red & hot - better", KNOWN, sure=True)

    assert rule.found(by_concept([Hit("red", 0, 1), Hit("hot", 2, 3), Hit("better", 4, 5)])) is None


def test_an_unwanted_concept_inside_a_wanted_phrase_spoils_nothing() -> None:
    rule = read_rule("hot - better", KNOWN, sure=True)

    assert rule.found(by_concept([Hit("hot", 0, 2), Hit("better", 1, 2)]))


def test_a_dated_rule_holds_only_for_its_treatments_and_days() -> None:
    rule = read_rule({"when": "red", "from": {"pico": 3}, "until": {"pico": 8}}, KNOWN, sure=True)

    assert [rule.applies(Situation("en", "pico", day)) for day in (2, 3, 7, 8)] == [False, True, True, False]
    assert not rule.applies(Situation("en", "resurfacing", 5))
    assert not rule.applies(Situation("en"))


def test_where_only_the_treatment_is_unknown_it_is_asked_about_what_not_all_of_them_raise() -> None:
    rule = read_rule({"when": "red", "from": {"pico": 3, "resurfacing": 28}}, KNOWN, sure=True)
    both = {"pico", "resurfacing"}

    days = [Situation("en", None, day) for day in (2, 4, 30)]

    assert [rule.applies(day) for day in days] == [False, True, True]
    assert [rule.is_sure(day, both) for day in days] == [False, False, True]
    assert not rule.is_sure(Situation("en", None, 30), {*both, "acne-laser"})
    assert rule.is_sure(Situation("en", "pico", 4), both)


def test_an_undated_rule_also_holds_where_the_day_is_unknown() -> None:
    rule = read_rule({"when": "red", "from": {"pico": 3}, "undated": True}, KNOWN, sure=True)

    assert rule.applies(Situation("en"))
    assert not rule.applies(Situation("en", "pico", 1))


@pytest.mark.parametrize("text", ["red & blue", "", "red &", "red - blue"])
def test_a_rule_with_an_unknown_concept_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnreadableRule, match="rule"):
        read_rule(text, KNOWN, sure=True)

"""Danger-sign rules that cannot be read, hear too little or leave a treatment out are named before they go live."""

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.care.model.enrolment import Surface
from bot.care.model.protocol import Protocol
from bot.understanding.objections import Objection
from bot.understanding.proving import objections, unheard
from tests.understanding.conftest import Files

RED = "en/red_flags.toml"
OWN = {"picosure": "picosure", "acne-laser": "acne-laser"}
SURFACES = {"acne-scar-laser": Surface.MICRO_WOUNDS, "resurfacing": Surface.REMOVED}


def a_protocol(name: str, surface: Surface = Surface.INTACT, column: str = "") -> Protocol:
    return Protocol(name, surface, (), 42, None, 21, column=column)


PROTOCOLS = {
    name: a_protocol(name, SURFACES.get(name, Surface.INTACT), OWN.get(name, ""))
    for name in ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
}

Red = dict[str, Any]


def changed(files: Files, change: Callable[[Red], object]) -> Files:
    red = copy.deepcopy(dict(files[RED]))
    change(red)
    return {**files, RED: red}


def flag(red: Red, name: str) -> Any:  # noqa: ANN401 - a table of TOML
    return next(one for one in red["flag"] if one["id"] == name)


def reasons(found: list[Objection]) -> str:
    return "\n".join(one.reason for one in found)


def test_the_real_rules_are_read_and_heard(files: Files) -> None:
    assert [*objections(files, PROTOCOLS), *unheard(files, PROTOCOLS)] == []


def test_a_rule_with_a_mistyped_concept_is_named_with_its_place_and_the_nearest_one(files: Files) -> None:
    broken = changed(files, lambda red: flag(red, "RF-U1")["rules"].insert(0, "puss"))

    (found,) = objections(broken, PROTOCOLS)

    place = next(n for n, one in enumerate(broken[RED]["flag"]) if one["id"] == "RF-U1")
    assert (found.file, found.path, found.blocks) == (RED, ("flag", place, "rules", 0), True)
    assert found.reason == "RF-U1: the rule 'puss' cannot be read: no concept is called 'puss'; did you mean 'pus'?"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param("red &", "every side of `&`", id="a side without a concept"),
        pytest.param("", "every side of `&`", id="nothing at all"),
        pytest.param("red /soon", "whole number", id="a reach in words"),
        pytest.param("red /", "whole number", id="a reach left out"),
        pytest.param(7, "a rule is text", id="a number"),
        pytest.param({"from": {"pico": 3}}, "a rule is text", id="a table without a rule"),
        pytest.param({"when": "red", "form": {"pico": 3}}, "unknown key 'form'", id="a mistyped key"),
        pytest.param({"when": "red", "from": {"pico": "3"}}, "whole day", id="a day in quotes"),
        pytest.param({"when": "red", "from": 3}, "table of days", id="days without a treatment"),
        pytest.param({"when": "red", "undated": 1}, "true or false", id="a number for a yes"),
        pytest.param({"when": "red", "before_next": True}, "whole number of days", id="a yes for a number"),
    ],
)
def test_a_rule_that_cannot_be_read_says_why(files: Files, rule: object, said: str) -> None:
    broken = changed(files, lambda red: flag(red, "RF-U1")["rules"].append(rule))

    assert said in reasons(list(objections(broken, PROTOCOLS)))


def test_all_that_is_wrong_is_said_at_once(files: Files) -> None:
    def break_much(red: Red) -> None:
        flag(red, "RF-U1")["rules"].append("pussy & hoot")
        flag(red, "RF-S1")["rules"].append("reddish")
        red["words"]["fever"] = ["fever", ""]
        red["places"].append("noses")
        del red["scopes"]["denial"]

    said = reasons(list(objections(changed(files, break_much), PROTOCOLS)))

    for part in ("'pussy'", "'hoot'", "'reddish'", "fever must be a list", "'noses'", "'denial'"):
        assert part in said


def test_a_sign_whose_rules_were_taken_away_is_missed_at_once(files: Files) -> None:
    silenced = changed(files, lambda red: flag(red, "RF-E1").update(rules=[], asks=[]))

    found = list(unheard(silenced, PROTOCOLS))

    assert {one.reason.partition(":")[0] for one in found} == {"RF-E1"}
    assert len(found) > 10
    assert all(one.blocks for one in found)


def test_an_emergency_that_is_only_asked_about_is_refused(files: Files) -> None:
    def only_ask(red: Red) -> None:
        emergency = flag(red, "RF-E1")
        emergency["asks"] = [*emergency.get("asks", []), *emergency["rules"]]
        emergency["rules"] = []

    found = list(unheard(changed(files, only_ask), PROTOCOLS))

    assert any("only RF-E1 is asked about" in one.reason for one in found)


def test_a_late_sign_is_proved_on_its_day(files: Files) -> None:
    def a_week_later(red: Red) -> None:
        for rule in flag(red, "RF-S1")["rules"]:
            rule["from"] = {treatment: day + 7 for treatment, day in rule["from"].items()}

    (first, *_) = unheard(changed(files, a_week_later), PROTOCOLS)

    assert first.reason.startswith("RF-S1: no rule raises it for 'my face is still red' (picosure, day 4)")


def test_a_harmless_message_that_raises_a_sign_is_a_warning(files: Files) -> None:
    loud = changed(files, lambda red: flag(red, "RF-U1")["counters"].append("yellow pus is running down my cheek"))

    (found,) = unheard(loud, PROTOCOLS)

    assert not found.blocks
    assert "is harmless, but raises RF-U1" in found.reason


def test_a_treatment_with_days_of_its_own_needs_them_in_the_rules(files: Files) -> None:
    alone = {**PROTOCOLS, "glow": a_protocol("glow", column="glow")}

    (found,) = objections(files, alone)

    assert found.file == "protocols/glow.toml"
    assert "a late sign would not be noticed" in found.reason


def test_days_for_some_signs_only_are_not_enough(files: Files) -> None:
    alone = {**PROTOCOLS, "glow": a_protocol("glow", column="glow")}
    some = changed(files, lambda red: flag(red, "RF-S1")["rules"][0]["from"].update(glow=3))

    (found,) = objections(some, alone)

    assert "RF-S2" in found.reason
    assert "RF-S1," not in found.reason


def test_a_treatment_that_goes_by_the_days_of_another_needs_none(files: Files) -> None:
    assert list(objections(files, {**PROTOCOLS, "glow": a_protocol("glow", column="picosure")})) == []


@pytest.mark.parametrize(
    ("treatment", "said"),
    [("picosur", "there is no such treatment"), ("glow", "whose days are those of 'pico': it would never hold")],
)
def test_a_rule_that_could_never_hold_is_refused(files: Files, treatment: str, said: str) -> None:
    named = changed(files, lambda red: flag(red, "RF-S1")["rules"][0]["from"].update({treatment: 3}))

    (found,) = objections(named, {**PROTOCOLS, "glow": a_protocol("glow")})

    assert said in found.reason


@pytest.mark.parametrize("value", ["text", [[]], [{}], {"a": 1}])
def test_nothing_that_a_file_may_hold_makes_the_proof_fall_over(files: Files, value: object) -> None:
    for key in ("words", "scopes", "flag", "places"):
        broken = changed(files, lambda red, key=key: red.update({key: value}))  # type: ignore[misc]

        assert list(objections(broken, PROTOCOLS)) or key in ("flag", "places")
        list(unheard(broken, PROTOCOLS))
    for key in ("id", "level", "rules", "asks", "examples", "ask_examples", "dated_examples", "counters"):
        broken = changed(files, lambda red, key=key: red["flag"][8].update({key: value}))  # type: ignore[misc]

        list(objections(broken, PROTOCOLS))
        list(unheard(broken, PROTOCOLS))


def test_ten_thousand_broken_rules_are_named_in_little_time(files: Files) -> None:
    broken = changed(files, lambda red: flag(red, "RF-U1")["rules"].extend(f"sign-{n}" for n in range(10_000)))
    started = time.process_time()

    found = list(objections(broken, PROTOCOLS))

    assert len(found) == 10_000
    assert time.process_time() - started < 3

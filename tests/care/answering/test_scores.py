"""What check-in answers mean, value by value, on the real protocols."""

import pytest

from bot.care.model.inbound import CheckInAnswer
from bot.care.model.protocol import Ask, Protocol, Step
from bot.care.model.scores import is_valid, judge
from bot.care.model.triage import Level
from tests.builders import an_answer
from tests.standing_library import the_shelf


def asked(treatment: str, step_id: str, ask_id: str) -> tuple[Protocol, Step, Ask]:
    protocol = the_shelf().protocols[treatment]
    step = protocol.step(step_id)
    assert step is not None
    return protocol, step, next(ask for ask in step.asks if ask.id == ask_id)


def flag(treatment: str, step: str, ask: str, value: str, *earlier: CheckInAnswer, day: int) -> str | None:
    return judge(*asked(treatment, step, ask), value, earlier, day=day).flag


@pytest.mark.parametrize(
    ("treatment", "step", "value", "day", "expected"),
    [
        pytest.param("picosure", "PS-01", "7", 1, "RF-U5", id="strong pain on the first day"),
        pytest.param("picosure", "PS-01", "6", 1, None, id="six is common on the first day"),
        pytest.param("picosure", "PS-02", "4", 2, "RF-S15", id="four is too much from the second day"),
        pytest.param("picosure", "PS-03", "3", 3, None, id="three is fine"),
        pytest.param("resurfacing", "RS-02", "6", 2, None, id="resurfacing may hurt for longer"),
        pytest.param("resurfacing", "RS-03", "4", 3, "RF-S15", id="but not from the third day"),
        pytest.param("resurfacing", "RS-03", "10", 3, "RF-U5", id="worst pain"),
    ],
)
def test_pain_has_its_day(treatment: str, step: str, value: str, day: int, expected: str | None) -> None:
    assert flag(treatment, step, "pain", value, day=day) == expected


def test_pain_that_rises_by_two_is_urgent() -> None:
    before = an_answer("PS-01", "pain", "1", day=1)

    assert flag("picosure", "PS-03", "pain", "3", before, day=3) == "RF-U5"
    assert flag("picosure", "PS-03", "pain", "2", before, day=3) is None


def test_pain_is_compared_with_the_last_score_not_the_first() -> None:
    first, last = an_answer("PS-01", "pain", "5", day=1), an_answer("PS-02", "pain", "1", day=2)

    assert flag("picosure", "PS-03", "pain", "3", first, last, day=3) == "RF-U5"


@pytest.mark.parametrize(
    ("treatment", "step", "first", "value", "expected"),
    [
        pytest.param("picosure", "PS-01", None, "4", None, id="severe on the first day is expected"),
        pytest.param("picosure", "PS-03", "3", "2", "RF-S1", id="mild on day three is past its day"),
        pytest.param("picosure", "PS-03", "2", "1", None, id="almost none, and lower"),
        pytest.param("picosure", "PS-03", "1", "1", "RF-S1", id="almost none, but no lower"),
        pytest.param("picosure", "PS-03", "1", "2", "RF-U1", id="rising"),
        pytest.param("acne-laser", "AL-03", "3", "2", "RF-S1", id="acne laser like picosure"),
        pytest.param("acne-scar-laser", "AS-03", "3", "3", None, id="micro-wounds stay red for a week"),
        pytest.param("acne-scar-laser", "AS-03", "4", "4", "RF-S1", id="but not severely"),
        pytest.param("acne-scar-laser", "AS-03", "2", "3", "RF-U1", id="and not rising"),
        pytest.param("resurfacing", "RS-28", None, "2", None, id="pink at four weeks is common"),
        pytest.param("resurfacing", "RS-28", None, "3", "RF-S1", id="strongly red at four weeks is not"),
    ],
)
def test_redness_has_its_day(treatment: str, step: str, first: str | None, value: str, expected: str | None) -> None:
    day = int(step.partition("-")[2])
    first_step = {"picosure": "PS-01", "acne-laser": "AL-01", "acne-scar-laser": "AS-01"}.get(treatment, "")
    earlier = [an_answer(first_step, "redness", first, day=1)] if first else []

    assert flag(treatment, step, "redness", value, *earlier, day=day) == expected


def test_a_poor_result_is_never_pain() -> None:
    found = judge(*asked("picosure", "PS-42", "result"), "2", (), day=42)

    assert found.flag is None
    assert found.review


def test_ten_out_of_ten_content_is_no_alarm() -> None:
    found = judge(*asked("picosure", "PS-42", "result"), "10", (), day=42)

    assert (found.flag, found.review) == (None, False)


def test_two_bad_answers_in_one_step_are_one_level_up() -> None:
    pain = an_answer("PS-03", "pain", "5", day=3)

    found = judge(*asked("picosure", "PS-03", "signs"), "blister", (pain,), day=3)

    assert (found.flag, found.level, found.together) == ("RF-S3", Level.URGENT, True)


def test_a_follow_up_that_makes_it_precise_is_one_bad_answer() -> None:
    vague = an_answer("PS-02", "compared", "not-better", day=2)

    found = judge(*asked("picosure", "PS-02", "stayed"), "swelling", (vague,), day=2)

    assert (found.flag, found.level) == ("RF-S2", Level.SAME_DAY)


def test_a_second_sign_named_when_asked_for_more_counts() -> None:
    first = an_answer("PS-07", "which", "sting", day=7)

    found = judge(*asked("picosure", "PS-07", "more"), "blister-crust-wet", (first,), day=7)

    assert (found.level, found.together) == (Level.URGENT, True)


def test_the_same_sign_named_twice_is_one() -> None:
    first = an_answer("PS-07", "which", "sting", day=7)

    assert judge(*asked("picosure", "PS-07", "more"), "sting", (first,), day=7).level is Level.SAME_DAY


@pytest.mark.parametrize("value", ["11", "-1", "x", "", "٣٣"])
def test_a_value_that_the_question_does_not_have_is_none(value: str) -> None:
    _, _, ask = asked("picosure", "PS-03", "pain")

    assert not is_valid(ask, value)


def test_every_flag_in_every_protocol_has_words_and_a_name() -> None:
    shelf = the_shelf()
    flags = {
        answer.raises
        for protocol in shelf.protocols.values()
        for step in protocol.steps
        for ask in step.asks
        for answer in ask.answers
        if answer.raises
    }

    for one in sorted(flags | {"RF-U1", "RF-U5", "RF-S1", "RF-S15"}):
        assert shelf.has(f"red_flags/{one}", "en")
        assert shelf.has(f"red_flags/{one}/name", "en")

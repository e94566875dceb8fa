"""Where each threshold can be reached by a check-in (facts 6): every question really put, every answer to it tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.care.model.conditions import Known, is_met, next_ask
from bot.care.model.enrolment import Surface
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.protocol import Anchor, Ask, AskKind, Protocol, Step
from bot.care.model.scores import Finding, judge
from tests.builders import SESSION_DAY, a_patient, an_answer, an_enrolment
from tests.standing_library import the_shelf

TREATMENTS = ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
REACHED = """
    strong pain    | PS-01 PS-02 PS-03 | PC-01 PC-02 PC-03 | AS-01 AS-02 AS-03 | RS-01 RS-02 RS-03 | AL-01 AL-02 AL-03
    rising pain    | PS-02 PS-03       | PC-02 PC-03       | AS-02 AS-03       | RS-02 RS-03       | AL-02 AL-03
    mid pain       | PS-02 PS-03       | PC-02 PC-03       | AS-02 AS-03       | RS-03             | AL-02 AL-03
    severe redness | PS-03             | PC-03             | AS-03             | RS-28             | AL-03
    redness stays  | PS-03             | PC-03             |                   |                   | AL-03
    redness rises  | PS-03             | PC-03             | AS-03             |                   | AL-03
    strong at 28   |                   |                   |                   | RS-28             |
    redder again   | PS-07             | PC-07             | AS-14             | RS-42             | AL-07
    pain is back   |                   |                   |                   |                   |
    poor result    | PS-42             | PC-42 PC-90       | AS-42             | RS-56 RS-90       | AL-84
"""
"""A column a treatment; an empty cell is "does not apply" or "free text only"."""
TWICE_BAD = {
    "picosure": ("PS-03", "PS-07"),
    "pico": ("PC-03", "PC-07"),
    "acne-scar-laser": ("AS-03", "AS-04", "AS-07"),
    "resurfacing": ("RS-05", "RS-07", "RS-10", "RS-14", "RS-21"),
    "acne-laser": ("AL-03", "AL-07"),
}
VALUES = {AskKind.PAIN: range(11), AskKind.RESULT: range(11), AskKind.REDNESS: range(5)}
BEFORE: tuple[dict[AskKind, int], ...] = (
    {},
    *({AskKind.PAIN: pain, AskKind.REDNESS: 4} for pain in (0, 3, 4, 5, 6, 8, 10)),
    *({AskKind.PAIN: 5, AskKind.REDNESS: redness} for redness in range(4)),
)
"""What may have been answered on the first day; five asks for pain again on the second."""


@dataclass(frozen=True)
class Met:
    """One answer to a question that was really put, and what it meant."""

    ask: Ask
    value: str
    day: int
    before: dict[AskKind, int]
    finding: Finding
    alone: bool
    """Nothing else was answered in this step."""

    @property
    def score(self) -> int:
        return int(self.value) if self.value.isdecimal() else -1


def met_in(protocol: Protocol, step: Step) -> Iterator[Met]:
    for before in BEFORE:
        yield from _walk(protocol, step, before, _first_day(protocol, before), [])


def _first_day(protocol: Protocol, before: dict[AskKind, int]) -> list[CheckInAnswer]:
    first = next(step for step in protocol.steps if step.day == 1 and step.anchor is Anchor.SESSION and step.asks)
    return [an_answer(first.id, ask.id, str(before[ask.kind]), day=1) for ask in first.asks if ask.kind in before]


def _walk(
    protocol: Protocol, step: Step, before: dict[AskKind, int], earlier: list[CheckInAnswer], given: list[CheckInAnswer]
) -> Iterator[Met]:
    earlier = [one for one in earlier if one.step != step.id]
    ask = _put(protocol, step, [*earlier, *given])
    if ask is None:
        return
    values = [str(value) for value in VALUES.get(ask.kind, ())] or [answer.id for answer in ask.answers] or ["given"]
    for value in values:
        finding = judge(protocol, step, ask, value, [*earlier, *given], day=step.day)
        kept = before if any(one.day == 1 for one in earlier) else {}
        yield Met(ask, value, step.day, kept, finding, alone=not given)
        if value in _representative(ask, values):
            answered = an_answer(step.id, ask.id, value, day=step.day)
            yield from _walk(protocol, step, before, earlier, [*given, answered])


def _representative(ask: Ask, values: list[str]) -> list[str]:
    """Scores go on from the best and the worst; worded answers from each."""
    return [values[0], values[-1]] if ask.kind in VALUES else values


def _put(protocol: Protocol, step: Step, answers: list[CheckInAnswer]) -> Ask | None:
    surface = {"acne-scar-laser": Surface.MICRO_WOUNDS, "resurfacing": Surface.REMOVED}
    enrolment = an_enrolment(protocol.id, surface=surface.get(protocol.id, Surface.INTACT))
    on = SESSION_DAY + timedelta(days=step.day)
    known = Known([enrolment], a_patient(photos=True), the_shelf().protocols, on, answers)
    return next_ask(step, known) if is_met(step, known) else None


def _is_strong_pain(met: Met) -> bool:
    does_not_rise = met.score < met.before.get(AskKind.PAIN, 99) + 2
    return met.ask.kind is AskKind.PAIN and met.score >= 7 and does_not_rise and met.finding.flag == "RF-U5"


def _is_rising_pain(met: Met) -> bool:
    rises = met.ask.kind is AskKind.PAIN and 0 <= met.before.get(AskKind.PAIN, 99) <= met.score - 2
    return rises and met.score < 7 and met.finding.flag == "RF-U5"


def _is_mid_pain(met: Met) -> bool:
    return met.ask.kind is AskKind.PAIN and met.score in (4, 5, 6) and met.finding.flag == "RF-S15"


def _is_severe_redness(met: Met) -> bool:
    first = met.before.get(AskKind.REDNESS, 4)
    return met.ask.kind is AskKind.REDNESS and met.score == 4 and first == 4 and met.finding.flag == "RF-S1"


def _redness_stays(met: Met) -> bool:
    falls = met.score in (2, 3) and met.before.get(AskKind.REDNESS) == 4
    same = met.score == 1 and met.before.get(AskKind.REDNESS) == 1
    return met.ask.kind is AskKind.REDNESS and met.day == 3 and (falls or same) and met.finding.flag == "RF-S1"


def _redness_rises(met: Met) -> bool:
    rises = met.score > met.before.get(AskKind.REDNESS, 99)
    return met.ask.kind is AskKind.REDNESS and rises and met.finding.flag == "RF-U1"


def _is_strong_at_28(met: Met) -> bool:
    return met.ask.kind is AskKind.REDNESS and met.day == 28 and met.score == 3 and met.finding.flag == "RF-S1"


def _is_redder_again(met: Met) -> bool:
    return met.day > 3 and met.finding.flag == "RF-S14"


def _is_pain_back(met: Met) -> bool:
    return met.day > 3 and met.finding.flag == "RF-U5"


def _is_poor(met: Met) -> bool:
    return met.ask.kind is AskKind.RESULT and met.score <= 3 and met.finding.review


SIGNS = {
    "strong pain": _is_strong_pain,
    "rising pain": _is_rising_pain,
    "mid pain": _is_mid_pain,
    "severe redness": _is_severe_redness,
    "redness stays": _redness_stays,
    "redness rises": _redness_rises,
    "strong at 28": _is_strong_at_28,
    "redder again": _is_redder_again,
    "pain is back": _is_pain_back,
    "poor result": _is_poor,
}


def check_ins(treatment: str) -> list[tuple[Protocol, Step]]:
    """Questions of the days after a session; what only puts one of them again is left out."""
    protocol = the_shelf().protocols[treatment]
    steps = [step for step in protocol.steps if step.anchor is Anchor.SESSION and step.asks]
    return [(protocol, step) for step in steps if step.repeats is None and not step.daily]


@pytest.fixture(scope="module")
def all_met() -> dict[str, dict[str, list[Met]]]:
    return {
        treatment: {step.id: list(met_in(protocol, step)) for protocol, step in check_ins(treatment)}
        for treatment in TREATMENTS
    }


CELLS = [
    (name.strip(), treatment, tuple(cell.split()))
    for name, *row in (line.split("|") for line in REACHED.strip().splitlines())
    for treatment, cell in zip(TREATMENTS, row, strict=True)
]


@pytest.mark.parametrize(("sign", "treatment", "steps"), CELLS)
def test_a_threshold_is_reached_by_these_check_ins_and_by_no_other(
    all_met: dict[str, dict[str, list[Met]]], sign: str, treatment: str, steps: tuple[str, ...]
) -> None:
    found = [step for step, met in all_met[treatment].items() if any(SIGNS[sign](one) for one in met)]

    assert tuple(found) == steps


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_two_bad_answers_in_one_step_go_one_level_up(all_met: dict[str, dict[str, list[Met]]], treatment: str) -> None:
    found = {step for step, met in all_met[treatment].items() if any(one.finding.together for one in met)}

    assert found >= set(TWICE_BAD[treatment])


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_one_bad_answer_alone_is_never_two(all_met: dict[str, dict[str, list[Met]]], treatment: str) -> None:
    assert not any(one.finding.together and one.alone for met in all_met[treatment].values() for one in met)


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_a_score_of_the_result_never_raises_pain(all_met: dict[str, dict[str, list[Met]]], treatment: str) -> None:
    results = [one for met in all_met[treatment].values() for one in met if one.ask.kind is AskKind.RESULT]

    assert results
    assert not any(one.finding.flag for one in results)
    assert all(one.finding.review == (one.score <= 3) for one in results)

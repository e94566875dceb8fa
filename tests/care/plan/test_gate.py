"""The healed gate: what the last answer says about closed and calm skin, asked again each morning."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.care.model.conditions import Known, failed_on, gate, kept_as, next_ask
from bot.care.model.escalation import Closing, Escalation
from bot.care.model.flags import Flags
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.protocol import Step
from bot.care.model.timetable import GATE_MORNINGS
from bot.care.model.triage import Level
from bot.care.model.windows import Gate
from tests.builders import SESSION_DAY, a_patient, an_answer, an_enrolment
from tests.care.listening.ward import a_ward
from tests.care.plan.shelves import real_shelf
from tests.care.scene import ANNA, CLARA, at_desk

PROTOCOLS = real_shelf().protocols
PICOSURE = PROTOCOLS["picosure"]
FAILED = an_answer("PS-02", "compared", "better-not-calm", day=2)


def daily() -> Step:
    step = PICOSURE.step("PS-gate")
    assert step is not None
    return step


def said(value: str, day: int) -> CheckInAnswer:
    return an_answer(kept_as(daily(), day, None), "calm", value, day=day)


def known(day: int, answers: Sequence[CheckInAnswer]) -> Known:
    return Known([an_enrolment()], a_patient(), PROTOCOLS, SESSION_DAY + timedelta(days=day), answers)


def test_not_yet_said_yesterday_is_asked_again_today() -> None:
    ask = next_ask(daily(), known(5, [FAILED, said("not-yet", 3), said("not-yet", 4)]))

    assert ask is not None
    assert ask.id == "calm"


def test_an_answer_of_today_is_enough_for_today() -> None:
    assert next_ask(daily(), known(3, [FAILED, said("not-yet", 3)])) is None
    assert next_ask(daily(), known(4, [FAILED, said("not-yet", 3), said("calm", 4)])) is None


def test_not_yet_for_days_is_asked_more_closely_and_once_a_morning() -> None:
    answers = [FAILED, said("not-yet", 3), said("not-yet", 4)]
    ask = next_ask(daily(), known(4, answers))

    which = an_answer(kept_as(daily(), 4, None), "which", "light-flakes", day=4)

    assert ask is not None
    assert ask.id == "which"
    assert next_ask(daily(), known(4, [*answers, which])) is None


def test_the_newest_morning_counts() -> None:
    answers = [FAILED, said("not-yet", 3), said("calm", 4)]

    assert (gate(PICOSURE, answers), failed_on(PICOSURE, answers)) == (Gate.CALM, None)
    assert failed_on(PICOSURE, answers[:2]) == 3


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([], Gate.UNANSWERED),
        ([said("calm", 3)], Gate.UNANSWERED),
        ([FAILED, said("calm", 3)], Gate.NOT_CALM),
        ([FAILED], Gate.NOT_CALM),
    ],
)
def test_with_a_flag_open_calm_does_not_lift_what_failed_before(answers: list[CheckInAnswer], found: Gate) -> None:
    assert gate(PICOSURE, answers, Flags(open=True)) is found


@pytest.mark.parametrize(
    ("closing", "answered", "found"),
    [
        (Closing.ADVICE, -1, Gate.UNANSWERED),
        (Closing.SEEN, -1, Gate.UNANSWERED),
        (Closing.EMERGENCY, 0, Gate.UNANSWERED),
        (Closing.ADVICE, 1, Gate.CALM),
        (Closing.FALSE_ALARM, -1, Gate.CALM),
        (Closing.DUPLICATE, -1, Gate.CALM),
    ],
)
def test_what_was_calm_before_a_flag_was_closed_says_nothing_of_the_skin_after_it(
    closing: Closing, answered: int, found: Gate
) -> None:
    calm = said("calm", 3)
    case = Escalation(1, calm.at, Level.URGENT, "RF-U1", "pus", enrolment_id=1)
    flags = Flags.of([case.close(7, closing, at=calm.at - timedelta(hours=answered))])

    assert gate(PICOSURE, [calm], flags) is found
    assert gate(PICOSURE, [FAILED], flags) is Gate.NOT_CALM


def test_what_is_no_red_flag_outdates_nothing() -> None:
    calm = said("calm", 3)
    asked = Escalation(1, calm.at, None, "help", "HELP", enrolment_id=1)

    flags = Flags.of([asked.close(7, Closing.ADVICE, at=calm.at + timedelta(hours=1))])

    assert gate(PICOSURE, [calm], flags) is Gate.CALM


def test_skin_that_was_calm_before_a_flag_is_asked_about_again_each_morning_until_it_answers() -> None:
    ward = a_ward(day=7)
    ward.check_in("PS-07")
    ward.tap(ANNA, "Calm")
    before = ward.gate()
    ward.says(ANNA, "pus and fever")
    for label in ("I have it", "Close", "Advice given"):
        ward.tap(at_desk(CLARA), label)

    asked = [row.occurrence for row in ward.planned(ward.anna()) if row.step == "PS-gate"]

    assert (before, ward.gate()) == (Gate.CALM, Gate.UNANSWERED)
    assert len(asked) == GATE_MORNINGS

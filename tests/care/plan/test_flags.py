"""What is said first of all while a grave sign is open, and after emergency care."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.care.model.conditions import Known, is_sent_away
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.flags import Flags
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.triage import Level
from bot.care.services.telling import Telling, first_of_all
from scheduler.localtime import instant
from tests.builders import LONDON, SESSION_DAY, a_patient, an_answer, an_enrolment
from tests.care.plan.shelves import DATES, real_shelf

SHELF = real_shelf()
AT = instant(SESSION_DAY + timedelta(days=1), time(10), LONDON)
PUS = Escalation(7, AT, Level.URGENT, "RF-U1", "my cheek is leaking yellow stuff")
SENT = replace(PUS, state=EscalationState.CLOSED, closing=Closing.EMERGENCY, closed_at=AT)


def known(flags: Flags, answers: Sequence[CheckInAnswer] = (), *, session: int = 0) -> Known:
    """`session`: days after the first one on which the one that is meant took place."""
    enrolment = an_enrolment(session_on=SESSION_DAY + timedelta(days=session))
    return Known([enrolment], a_patient(), SHELF.protocols, SESSION_DAY + timedelta(days=2), answers, flags=flags)


@pytest.mark.parametrize(
    ("case", "is_grave"),
    [
        pytest.param(PUS, True, id="urgent"),
        pytest.param(replace(PUS, level=Level.EMERGENCY), True, id="emergency"),
        pytest.param(replace(PUS, private_since=AT), True, id="written soon after words of self-harm"),
        pytest.param(replace(PUS, state=EscalationState.ACKNOWLEDGED), True, id="somebody has it"),
        pytest.param(replace(PUS, level=Level.SAME_DAY), False, id="same day"),
        pytest.param(replace(PUS, confirmed=False), False, id="only asked about"),
        pytest.param(replace(PUS, reason="RF-E5"), False, id="self-harm"),
        pytest.param(SENT, False, id="closed"),
    ],
)
def test_what_is_grave(case: Escalation, *, is_grave: bool) -> None:
    assert Flags.of([case]).grave is is_grave


@pytest.mark.parametrize(
    ("answers", "session", "holds"),
    [
        pytest.param([], 0, True, id="nothing said since"),
        pytest.param([("better-not-calm", 2)], 0, True, id="not calm"),
        pytest.param([("better-calm", 2)], 0, False, id="calm since"),
        pytest.param([("better-calm", 0)], 0, True, id="calm before"),
        pytest.param([], 28, False, id="a session later"),
    ],
)
def test_emergency_care_comes_first_until_the_skin_is_calm(
    answers: list[tuple[str, int]], session: int, *, holds: bool
) -> None:
    given = [an_answer("PS-02", "compared", value, day=day) for value, day in answers]

    assert is_sent_away(known(Flags.of([SENT]), given, session=session)) is holds


def test_what_is_to_be_done_at_once_still_holds_and_no_medicine_is_meant() -> None:
    facts = Telling(DATES).facts(a_patient(), [an_enrolment()], SHELF, at=AT)

    said = first_of_all(SHELF, known(Flags.of([PUS])), facts)

    assert facts["urgent_any_hour"] in said
    assert facts["emergency_number"] in said
    assert "This is not about medicines that a doctor gave you" in said
    assert first_of_all(SHELF, known(Flags()), facts) == ""

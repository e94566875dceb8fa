"""Unclear words are asked about once, with the numbers, and never forgotten."""

from bot.care.model.escalation import EscalationState
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA

UNCLEAR = "a bit swollen on one side only"


def an_unclear_ward() -> Ward:
    """Anna has written something that may be a danger sign."""
    ward = a_ward()
    situation = ward.listening.knowing.situation(ward.work, ward.anna(), "", at=ward.clock.now())
    found = ward.listening.understanding.triage(UNCLEAR, situation)
    assert found.raised, "the example must be one that triage asks about"
    assert not found.certain, "the example must be one that triage asks about"
    ward.says(ANNA, UNCLEAR)
    return ward


def test_the_question_carries_the_numbers() -> None:
    ward = an_unclear_ward()

    assert "Is this happening to you now?" in ward.last(ANNA)
    assert "999" in ward.last(ANNA)
    assert ward.buttons(ANNA)[:2] == ["Yes, now", "No"]
    assert not ward.alerts()


def test_yes_is_a_red_flag() -> None:
    ward = an_unclear_ward()

    ward.tap(ANNA, "Yes, now")

    assert ward.cases()[0].confirmed
    assert ward.alerts()


def test_a_typed_yes_counts_too() -> None:
    ward = an_unclear_ward()

    ward.says(ANNA, "Yes")

    assert ward.alerts()


def test_no_goes_on_to_the_question() -> None:
    ward = an_unclear_ward()
    before = len(ward.heard(ANNA))

    ward.tap(ANNA, "No")

    assert not ward.alerts()
    assert ward.cases()[0].state is EscalationState.CLOSED
    assert len(ward.heard(ANNA)) > before + 1


def test_no_answer_in_ten_minutes_rings_unconfirmed() -> None:
    ward = an_unclear_ward()

    ward.later(minutes=9)
    assert not ward.alerts()
    ward.later(minutes=1)

    assert "unconfirmed" in ward.alerts()[0].text.split("\n")[0]


def test_it_rings_once() -> None:
    ward = an_unclear_ward()

    ward.later(minutes=10)
    ward.later(minutes=1)

    assert len(ward.alerts()) == 1


def test_the_clock_knows_when_to_look_again() -> None:
    ward = an_unclear_ward()
    asked = ward.clock.now()

    moment = ward.escalating.next_moment(ward.work, after=asked)

    assert moment is not None
    assert (moment - asked).total_seconds() == 600


def test_no_after_it_rang_leaves_closing_to_staff() -> None:
    ward = an_unclear_ward()
    ward.later(minutes=10)

    ward.tap(ANNA, "No")

    assert ward.cases()[0].state is EscalationState.OPEN


def test_unclear_words_about_an_open_case_are_seen_by_whoever_has_it() -> None:
    ward = an_unclear_ward()
    ward.tap(ANNA, "Yes, now")

    ward.says(ANNA, UNCLEAR)

    assert "again" in ward.alerts()[-1].text
    assert UNCLEAR in ward.alerts()[-1].text

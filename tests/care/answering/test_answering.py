"""A tapped answer is kept once, acted upon, and followed by the next question."""

from dataclasses import replace

from bot.care.model.escalation import EscalationState
from bot.care.model.inbound import Heard
from bot.care.model.triage import Level
from bot.care.model.windows import Gate
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, BERT


def answers(ward: Ward) -> dict[str, str]:
    return {one.ask: one.value for one in ward.work.answers.of_enrolment(ward.enrolment().id)}


def takes_off(ward: Ward, ask: str) -> None:
    """As once a content without this question of day 3 is in use."""
    shelf = ward.library.shelf
    protocol = shelf.protocols["picosure"]
    steps = tuple(
        replace(step, asks=tuple(one for one in step.asks if one.id != ask)) if step.id == "PS-03" else step
        for step in protocol.steps
    )
    ward.library.shelf = replace(shelf, protocols={**shelf.protocols, "picosure": replace(protocol, steps=steps)})


def test_an_answer_takes_the_place_of_its_buttons_and_the_next_question_follows() -> None:
    ward = a_ward()
    ward.check_in("PS-03")

    ward.tap(ANNA, "1")

    assert answers(ward) == {"pain": "1"}
    assert "✓ 1" in ward.heard(ANNA)[1]
    assert "How red" in ward.last(ANNA)


def test_all_questions_of_a_step_are_asked() -> None:
    ward = a_ward()
    ward.check_in("PS-03")

    ward.tap(ANNA, "0")
    ward.tap(ANNA, "0 None")
    ward.tap(ANNA, "None of these")

    assert answers(ward) == {"pain": "0", "redness": "0", "signs": "none"}
    assert not ward.cases()
    assert "Thank you" in ward.last(ANNA)


def test_a_bad_answer_brings_advice_and_a_person() -> None:
    ward = a_ward()
    ward.check_in("PS-03")

    ward.tap(ANNA, "8")

    assert ward.cases()[0].reason == "RF-U5"
    assert "D+3 pain: 8" in ward.alerts()[0].text


def test_after_an_urgent_answer_the_questions_go_on() -> None:
    ward = a_ward()
    ward.check_in("PS-03")

    ward.tap(ANNA, "8")

    assert any("How red" in text for text in ward.heard(ANNA))


def test_two_bad_answers_become_urgent() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    ward.tap(ANNA, "5")
    ward.tap(ANNA, "0 None")

    ward.tap(ANNA, "Blister")

    assert [case.level for case in ward.cases()] == [Level.SAME_DAY, Level.URGENT]


def test_common_pain_is_said_to_be_common() -> None:
    ward = a_ward(day=1)
    ward.check_in("PS-01")

    ward.tap(ANNA, "5")

    assert "common today" in ward.last(ANNA)
    assert not ward.cases()


def test_the_first_answer_stays() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    ward.tap(ANNA, "1")

    ward.tap(ANNA, "3")

    assert answers(ward)["pain"] == "1"
    assert "first answer stays" in ward.last(ANNA)


def test_a_worse_second_answer_is_not_lost() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    ward.tap(ANNA, "1")

    ward.tap(ANNA, "9")

    assert answers(ward)["pain"] == "1"
    assert ward.cases()[0].reason == "RF-U5"


def test_the_same_tap_twice_raises_once() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    ward.tap(ANNA, "9")
    alerts = len(ward.alerts())

    ward.tap(ANNA, "9")

    assert len(ward.alerts()) == alerts


def test_somebody_else_cannot_answer_for_her() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    tap = next(one for one in ward.records.memory.taps.values() if one.label == "9")

    ward.answering.answer(ward.work, BERT, tap)

    assert not ward.work.answers.of_enrolment(ward.enrolment().id)


def test_something_else_tells_a_person_without_a_flag() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    ward.tap(ANNA, "0")
    ward.tap(ANNA, "0 None")

    ward.tap(ANNA, "Something else")

    assert ward.cases()[0].level is None
    assert "a person" in ward.last(ANNA)


def test_a_gate_that_fails_is_asked_again_tomorrow() -> None:
    ward = a_ward(day=7)
    ward.check_in("PS-07")

    ward.tap(ANNA, "Not calm")
    ward.tap(ANNA, "Light flakes only")

    rows = [row.step for row in ward.work.outbox.of_enrolment(ward.enrolment().id)]
    assert "PS-gate" in rows


def test_not_yet_is_asked_again_the_next_morning_and_closed_and_calm_opens_the_gate() -> None:
    ward = a_ward(day=2)
    ward.check_in("PS-02")
    ward.tap(ANNA, "Better, not calm yet")
    ward.later(days=1)
    ward.check_in("PS-gate")
    ward.tap(ANNA, "Not yet")
    assert ward.gate() is Gate.NOT_CALM

    ward.later(days=1)
    ward.check_in("PS-gate")
    ward.tap(ANNA, "Closed and calm")

    assert ward.gate() is Gate.CALM
    assert "Good news" in ward.last(ANNA)


def test_a_second_tap_on_the_same_morning_leaves_the_first_answer() -> None:
    ward = a_ward(day=2)
    ward.check_in("PS-02")
    ward.tap(ANNA, "Better, not calm yet")
    ward.later(days=1)
    ward.check_in("PS-gate")
    ward.tap(ANNA, "Not yet")

    ward.tap(ANNA, "Closed and calm")

    assert ward.gate() is Gate.NOT_CALM
    assert "first answer stays" in ward.last(ANNA)


def test_a_poor_result_offers_a_review() -> None:
    ward = a_ward(day=42)
    ward.check_in("PS-42")

    ward.tap(ANNA, "2")

    assert "review appointment" in "".join(ward.heard(ANNA))
    assert ward.cases()[0].reason == "review"


def test_an_eye_question_nobody_answers_rings_unconfirmed() -> None:
    ward = a_ward(day=2, treatment="resurfacing")
    ward.check_in("RS-02")
    ward.tap(ANNA, "0")
    ward.tap(ANNA, ward.buttons(ANNA)[1])
    assert not ward.alerts()

    ward.later(minutes=10)

    assert ward.cases()[0].reason == "RF-U3"
    assert "unconfirmed" in ward.alerts()[0].text.split("\n")[0]


def test_an_eye_question_that_is_answered_does_not() -> None:
    ward = a_ward(day=2, treatment="resurfacing")
    ward.check_in("RS-02")
    ward.tap(ANNA, "0")
    ward.tap(ANNA, ward.buttons(ANNA)[1])

    ward.tap(ANNA, "Something else")

    suspected = [case for case in ward.cases() if case.reason == "RF-U3"]
    assert [case.state for case in suspected] == [EscalationState.CLOSED]


def test_sight_trouble_is_an_emergency_and_nothing_more_is_asked() -> None:
    ward = a_ward(day=2, treatment="resurfacing")
    ward.check_in("RS-02")
    ward.tap(ANNA, "0")
    ward.tap(ANNA, ward.buttons(ANNA)[1])

    ward.tap(ANNA, ward.buttons(ANNA)[1])

    assert any(case.reason == "RF-E3" and case.level is Level.EMERGENCY for case in ward.cases())


def test_got_it_is_thanked_for() -> None:
    ward = a_ward(day=0)
    ward.check_in("PS-00")

    ward.tap(ANNA, "Got it")

    assert answers(ward) == {"ok": "ok"}
    assert ward.last(ANNA).startswith("Good.")


def taken_off() -> Ward:
    """While the third day's question about signs was open."""
    ward = a_ward()
    ward.check_in("PS-03")
    ward.tap(ANNA, "0")
    ward.tap(ANNA, "0 None")
    takes_off(ward, "signs")
    return ward


def test_an_answer_to_a_question_taken_off_while_it_was_open_reaches_a_person() -> None:
    ward = taken_off()

    ward.tap(ANNA, "Blister")

    assert [(one.reason, one.level) for one in ward.cases()] == [("something-else", None)]
    assert "D+3 signs: Blister" in ward.alerts()[0].text
    last = ward.work.diary.of_patient(ward.anna().id)[-1]
    assert (last.heard, last.words) == (Heard.PASSED_ON, "D+3 signs: Blister")


def test_whoever_answered_it_is_promised_a_person_and_told_whom_to_call() -> None:
    ward = taken_off()

    ward.tap(ANNA, "Blister")

    assert "I have passed your answer on" in ward.last(ANNA)
    assert "If it gets worse: phone" in ward.last(ANNA)
    assert ward.cases()[0].promised_at == ward.clock.now()
    assert any("✓ Blister" in text for text in ward.heard(ANNA))


def test_a_second_tap_on_it_adds_nothing() -> None:
    ward = taken_off()

    ward.tap(ANNA, "Blister")
    before = len(ward.alerts())
    ward.tap(ANNA, "Blister")

    assert len(ward.alerts()) == before


def test_what_follows_a_question_taken_off_is_asked() -> None:
    ward = a_ward()
    ward.check_in("PS-03")
    takes_off(ward, "redness")

    ward.tap(ANNA, "0")

    assert "Do you see or feel any of these" in ward.last(ANNA)
    assert not ward.cases()

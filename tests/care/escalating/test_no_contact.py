"""An alert that somebody has, and nobody acts on, rings again."""

from datetime import timedelta

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.escalation import EscalationState
from bot.care.model.inbound import Said
from bot.care.model.purpose import Purpose
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, at_desk

PUS = "pus is coming out and I have fever"
BREATH = "I can't breathe and my throat is closing"
BLISTER = "there is one small blister on my cheek"


def taken_by_clara(words: str = PUS) -> Ward:
    ward = a_ward()
    ward.says(ANNA, words)
    ward.tap(at_desk(CLARA), "I have it")
    return ward


def test_whoever_has_it_and_does_nothing_is_reminded_privately_after_half_an_hour() -> None:
    ward = taken_by_clara()

    ward.later(minutes=29)
    assert ward.alerts(CLARA.chat) == []
    ward.later(minutes=1)

    assert "You took this at" in ward.alerts(CLARA.chat)[0].text
    assert "everybody is rung again in 10 minutes" in ward.last(CLARA)
    assert ward.buttons(CLARA.chat) == ["I have called", "Close"]
    assert ward.alerts(MARIA.chat) == []


def test_ten_minutes_later_it_is_everybodys_again_and_goes_on_ringing() -> None:
    ward = taken_by_clara()
    ward.later(minutes=30)

    ward.later(minutes=10)
    ward.later(minutes=10)

    assert ward.cases()[0].state is EscalationState.OPEN
    calls = [act.text.split("\n")[1] for act in ward.alerts(MARIA.chat)]
    assert [call[-12:] for call in calls] == ["Call 1 of 6.", "Call 2 of 6."]
    assert calls[0].startswith("⏰ Somebody took this, but nobody has been in touch with the patient.")
    assert "Clara had it, but nobody wrote" in ward.last(DESK)
    assert ward.buttons(DESK) == ["I have it", "Close"]


def test_whoever_wrote_of_harming_themselves_hears_whom_to_call_when_nobody_comes() -> None:
    ward = a_ward()
    ward.says(ANNA, "i do not want to live any more")

    ward.later(minutes=30)

    assert ward.last(ANNA).startswith("Nobody at the clinic has answered here yet.")
    assert "116 123" in ward.last(ANNA)


def test_two_of_one_patient_that_come_back_together_are_one_message_to_who_waits() -> None:
    ward = taken_by_clara()
    ward.says(ANNA, BREATH)
    ward.tap(at_desk(CLARA), "I have it")
    ward.later(minutes=30)

    ward.later(minutes=10)

    assert [case.state for case in ward.cases()] == [EscalationState.OPEN] * 2
    assert sum("Nobody at the clinic" in act.text for act in ward.alerts(ANNA.chat)) == 1


def test_an_emergency_waits_three_minutes_after_the_reminder() -> None:
    ward = taken_by_clara(BREATH)
    ward.later(minutes=30)

    ward.later(minutes=3)

    assert ward.cases()[0].state is EscalationState.OPEN


def test_the_patient_who_was_told_of_a_person_is_told_once_not_to_wait() -> None:
    ward = taken_by_clara()
    ward.later(minutes=30)
    ward.later(minutes=10)
    heard = ward.last(ANNA)

    ward.later(minutes=40)

    assert heard.startswith("Nobody at the clinic has answered here yet.")
    assert sum("Nobody at the clinic" in act.text for act in ward.alerts(ANNA.chat)) == 1


def test_who_wrote_to_the_patient_is_not_reminded() -> None:
    ward = taken_by_clara()
    ward.says(at_desk(CLARA), "Please come in at three.", reply_to=ward.message_of(Purpose.ALERT))

    ward.later(minutes=60)

    assert ward.alerts(CLARA.chat) == []
    assert ward.cases()[0].state is EscalationState.ACKNOWLEDGED


def test_words_under_another_alert_are_no_answer_to_one_that_cannot_wait() -> None:
    ward = a_ward()
    ward.says(ANNA, "", media="photo")
    picture = ward.message_of(Purpose.COPY)
    ward.later(hours=25)
    ward.says(ANNA, BREATH)
    ward.tap(at_desk(CLARA), "I have it")

    ward.says(at_desk(RITA), "Your bill of 40 pounds is due on Friday", reply_to=picture)
    ward.later(minutes=30)

    assert "You took this at" in ward.last(CLARA)


def test_words_under_another_alert_do_not_take_one_that_cannot_wait() -> None:
    ward = a_ward()
    ward.says(ANNA, "", media="photo")
    picture = ward.message_of(Purpose.COPY)
    ward.later(hours=25)
    ward.says(ANNA, BREATH)

    ward.says(at_desk(RITA), "Your bill of 40 pounds is due on Friday", reply_to=picture)
    ward.later(minutes=3)

    assert ward.cases()[-1].state is EscalationState.OPEN
    assert "Nobody has taken this yet" in ward.last(CLARA)


def test_a_bill_ends_no_ringing_for_somebody_who_wrote_of_harming_themselves() -> None:
    ward = a_ward()
    ward.says(ANNA, "", media="photo")
    picture = ward.message_of(Purpose.COPY)
    ward.says(ANNA, "i want to kill myself")
    ward.tap(CLARA, "I have it")

    ward.says(at_desk(RITA), "Your bill of 40 pounds is due on Friday", reply_to=picture)
    for _ in range(4):
        ward.later(minutes=15)

    assert ward.cases()[-1].state is EscalationState.OPEN
    assert "Somebody took this, but nobody has been in touch" in ward.last(CLARA)


def test_an_answer_under_it_by_whoever_has_it_ends_the_ringing_of_a_confided_one() -> None:
    ward = a_ward()
    ward.says(ANNA, "i want to kill myself")
    ward.tap(CLARA, "I have it")
    ward.says(CLARA, "I am calling you now", reply_to=ward.message_of(Purpose.ALERT, CLARA.chat))
    told = len(ward.alerts(CLARA.chat))

    for _ in range(8):
        ward.later(minutes=15)

    assert len(ward.alerts(CLARA.chat)) == told
    assert ward.cases()[0].state is EscalationState.ACKNOWLEDGED


def test_words_that_never_reached_the_patient_are_no_contact() -> None:
    ward = taken_by_clara()
    answer = Said(at_desk(CLARA), "Please come in.", next(ward.ids), reply_to=ward.message_of(Purpose.ALERT))
    ward.desk.hear(ward.work, answer)
    ward.fails(Purpose.STAFF_REPLY, DeliveryState.FAILED)

    ward.later(minutes=30)

    assert "You took this at" in ward.last(CLARA)


def test_an_answer_that_is_taken_back_gives_back_what_it_had_taken_and_it_rings() -> None:
    ward = a_ward()
    ward.says(ANNA, BREATH)
    words = ward.says(at_desk(RITA), "ok", reply_to=ward.message_of(Purpose.ALERT))
    ward.later(minutes=1)

    ward.takes_back(at_desk(RITA), words)

    assert ward.cases()[0].state is EscalationState.OPEN
    assert "Rita had this by an answer to the patient, and took the answer back" in ward.alerts()[-1].text
    ward.later(minutes=3)
    assert "Nobody has taken this yet. Call 1 of 6." in ward.last(CLARA)
    ward.later(minutes=27)
    assert ward.last(ANNA).startswith("Nobody at the clinic has answered here yet.")


def test_an_answer_taken_back_before_it_left_gives_back_too() -> None:
    ward = a_ward()
    ward.says(ANNA, BREATH)
    answer = Said(at_desk(RITA), "ok", next(ward.ids), reply_to=ward.message_of(Purpose.ALERT))
    ward.desk.hear(ward.work, answer)

    ward.takes_back(at_desk(RITA), answer.message_id)

    assert ward.cases()[0].state is EscalationState.OPEN


def test_an_answer_taken_back_by_who_has_it_is_no_contact() -> None:
    ward = taken_by_clara()
    ward.later(minutes=5)
    words = ward.says(at_desk(CLARA), "ok", reply_to=ward.message_of(Purpose.ALERT))

    ward.takes_back(at_desk(CLARA), words)
    ward.later(minutes=25)

    assert "You took this at" in ward.last(CLARA)


def test_where_another_answer_stands_nothing_is_given_back() -> None:
    ward = a_ward()
    ward.says(ANNA, BREATH)
    alert = ward.message_of(Purpose.ALERT)
    words = ward.says(at_desk(CLARA), "Call 99 now", reply_to=alert)
    ward.says(at_desk(CLARA), "Call 999 now", reply_to=alert)

    ward.takes_back(at_desk(CLARA), words)
    ward.later(minutes=60)

    assert ward.cases()[0].state is EscalationState.ACKNOWLEDGED
    assert ward.alerts(MARIA.chat) == []


def closed_on_words(*closing: str) -> tuple[Ward, int]:
    """Clara answers Anna, and then closes."""
    ward = taken_by_clara(BREATH)
    words = ward.says(at_desk(CLARA), "Bert, all is fine", reply_to=ward.message_of(Purpose.ALERT))
    ward.later(minutes=1)
    for label in closing:
        ward.tap(at_desk(CLARA), label)
    return ward, words


UNANSWERED = "was all that this patient heard from a person"


def test_an_answer_taken_back_once_its_alert_was_closed_is_told_to_staff_who_can_answer_there() -> None:
    ward, words = closed_on_words("Close", "Advice given")

    ward.takes_back(at_desk(CLARA), words)

    for chat in (DESK, CLARA.chat):
        assert sum(UNANSWERED in text for text in ward.heard(chat)) == 1
    ward.says(at_desk(CLARA), "Call 999 now", reply_to=ward.message_of(Purpose.NOTICE))
    assert "Call 999 now" in ward.last(ANNA)


def test_what_was_confided_is_spoken_of_to_clinicians_only_when_it_is_taken_back() -> None:
    ward = a_ward()
    ward.says(ANNA, "i do not want to live any more")
    words = ward.says(CLARA, "I am here", reply_to=ward.message_of(Purpose.ALERT, CLARA.chat))
    for label in ("Close", "Advice given"):
        ward.tap(CLARA, label)

    ward.takes_back(CLARA, words)

    assert not any(UNANSWERED in text for text in ward.heard(DESK))
    assert any(UNANSWERED in text for text in ward.heard(CLARA))


@pytest.mark.parametrize("closing", [("I have called", "Close", "Advice given"), ()])
def test_where_somebody_called_or_it_still_rings_nobody_is_told_so(closing: tuple[str, ...]) -> None:
    ward, words = closed_on_words(*closing)

    ward.takes_back(at_desk(CLARA), words)

    assert not any(UNANSWERED in text for text in ward.heard(DESK))


def test_of_words_from_after_it_was_closed_nobody_is_told_so() -> None:
    ward = taken_by_clara(BREATH)
    for label in ("Close", "Advice given"):
        ward.tap(at_desk(CLARA), label)
    ward.later(minutes=1)
    words = ward.says(at_desk(CLARA), "All well now?", reply_to=ward.message_of(Purpose.ALERT))

    ward.takes_back(at_desk(CLARA), words)

    assert not any(UNANSWERED in text for text in ward.heard(DESK))


def test_who_says_that_they_called_is_not_reminded_and_everybody_sees_it() -> None:
    ward = taken_by_clara()

    ward.tap(at_desk(CLARA), "I have called")
    ward.later(minutes=60)

    assert ward.alerts(CLARA.chat) == []
    assert "Clara has it · called 10:00" in ward.last(DESK)
    assert ward.buttons(DESK) == ["Close"]


def test_a_call_said_after_it_went_back_to_everybody_takes_it() -> None:
    ward = taken_by_clara()
    ward.later(minutes=30)
    ward.later(minutes=10)

    ward.tap(CLARA, "I have called")

    assert ward.cases()[0].owner == CLARA.account
    assert ward.cases()[0].called_at == ward.clock.now()


def test_what_can_wait_is_not_rung_again() -> None:
    ward = taken_by_clara(BLISTER)

    ward.later(minutes=60)

    assert ward.alerts(CLARA.chat) == []


def test_who_takes_it_anew_has_half_an_hour_again() -> None:
    ward = taken_by_clara()
    ward.later(minutes=30)
    ward.later(minutes=10)
    ward.tap(MARIA, "I have it")

    ward.later(minutes=29)
    assert len(ward.alerts(MARIA.chat)) == 1
    ward.later(minutes=1)

    assert "You took this at" in ward.alerts(MARIA.chat)[-1].text


def test_the_clock_knows_when_to_look() -> None:
    ward = taken_by_clara()

    found = ward.escalating.next_moment(ward.work, after=ward.clock.now())

    assert found == ward.clock.now() + timedelta(minutes=30)

"""Red flags come first, whoever writes and in whatever state they are."""

from dataclasses import dataclass, replace

import pytest

from bot.care.model.delivery import Lane
from bot.care.model.escalation import Closing, EscalationState
from bot.care.model.inbound import Heard, Said, Sender
from bot.care.model.purpose import Purpose
from bot.care.model.triage import Assessment, Level
from bot.care.ports.hearing import Match, Situation, Understanding
from tests.care.listening.ward import STRANGER, Ward, a_ward, an_understanding
from tests.care.scene import ANNA, CLARA, DESK, MARIA, at_desk

SWELLING = "my face is more swollen"


def test_the_advice_leaves_before_the_alert() -> None:
    ward = a_ward()

    ward.says(ANNA, "I can't breathe and my throat is closing")

    assert [case.level for case in ward.cases()] == [Level.EMERGENCY]
    assert "999" in ward.heard(ANNA)[0] or "call" in ward.heard(ANNA)[0].lower()
    chats = [chat for chat, _ in ward.arrived]
    assert chats.index(ANNA.chat) < chats.index(DESK)


def test_the_first_line_of_an_alert_is_level_and_code_only() -> None:
    ward = a_ward()

    ward.says(ANNA, "pus is coming out and I have fever")

    first, *rest = ward.alerts()[0].text.split("\n")
    assert first == f"🟠 URGENT · {ward.anna().code}"
    assert "pus is coming out and I have fever" in "\n".join(rest)
    assert "+44 7700 900123" in "\n".join(rest)
    assert "Anna" in "\n".join(rest)


def test_words_of_a_patient_cannot_break_the_alert() -> None:
    ward = a_ward()

    ward.says(ANNA, "<b>pus & fever</i> since today")

    assert "&lt;b&gt;pus &amp; fever" in ward.alerts()[0].text


def test_a_stopped_patient_is_still_listened_to() -> None:
    ward = a_ward()
    ward.work.patients.save(ward.anna().stop(at=ward.clock.now()))

    ward.says(ANNA, "pus is coming out and I have fever")

    assert ward.cases()[0].level is Level.URGENT
    assert ward.alerts()


def test_a_stranger_gets_the_safety_text_and_nobody_is_alerted() -> None:
    ward = a_ward()

    ward.says(STRANGER, "I can't breathe, my tongue is swelling")

    assert "cannot alert anybody" in ward.last(STRANGER)
    assert not ward.alerts()


def test_a_stranger_is_answered_for_a_danger_sign_every_time() -> None:
    ward = a_ward()

    ward.says(STRANGER, "hello")
    ward.says(STRANGER, "I can't breathe, my tongue is swelling")

    assert len(ward.heard(STRANGER)) == 2


def test_the_swelling_of_the_first_morning_pages_nobody() -> None:
    ward = _on_the_first_morning()

    ward.says(ANNA, SWELLING)

    assert not ward.cases()


def test_swelling_told_again_on_the_same_day_is_for_a_person() -> None:
    ward = _on_the_first_morning()
    ward.says(ANNA, SWELLING)
    for _ in range(8):
        ward.says(ANNA, "when can i wear makeup")
    ward.later(hours=6)

    ward.says(ANNA, SWELLING)

    assert [(case.reason, case.level) for case in ward.cases()] == [("RF-U6", Level.URGENT)]


def test_what_was_said_the_evening_before_takes_nothing_from_the_first_morning() -> None:
    ward = _on_the_first_morning()
    ward.later(hours=-14)
    ward.says(ANNA, "my face is a bit swollen")
    ward.later(hours=14)

    ward.says(ANNA, SWELLING)

    assert not [case for case in ward.cases() if case.confirmed]


@pytest.mark.parametrize(
    ("hours", "closes", "is_a_sign"),
    [
        pytest.param(1, False, True, id="open"),
        pytest.param(23, True, True, id="closed, and raised within a day"),
        pytest.param(25, False, True, id="open for longer than a day"),
        pytest.param(25, True, False, id="long over"),
    ],
)
def test_swelling_beside_a_danger_sign_is_one_on_the_first_morning_too(
    hours: int, *, closes: bool, is_a_sign: bool
) -> None:
    """Hives after a new tablet, and then a face that swells."""
    ward = _on_the_first_morning()
    ward.later(hours=-hours)
    ward.says(ANNA, "hives all over my arms since the new tablets")
    raised = ward.cases()
    if closes:
        for case in raised:
            ward.work.escalations.save(case.close(MARIA.account, Closing.ADVICE, at=ward.clock.now()))
    ward.later(hours=hours)

    ward.says(ANNA, SWELLING)

    assert bool(raised)
    assert ("RF-U6" in [case.reason for case in ward.cases()]) is is_a_sign


def test_an_edited_text_raises_what_it_did_not_raise_before() -> None:
    ward = a_ward()
    message = ward.says(ANNA, "my skin feels fine")

    ward.says(ANNA, "my skin has pus and I have fever", edits=message)

    assert [case.level for case in ward.cases()] == [Level.URGENT]


def test_an_edited_text_does_not_raise_the_same_twice() -> None:
    ward = a_ward()
    message = ward.says(ANNA, "pus and fever")

    ward.says(ANNA, "pus and fever!", edits=message)

    assert len(ward.cases()) == 1
    assert "again, same alert" in ward.alerts()[-1].text
    assert "I have passed this on as well. Please do not wait for an answer here: phone" in ward.last(ANNA)


def test_of_a_changed_text_staff_read_both_the_new_words_and_the_old() -> None:
    ward = a_ward()
    message = ward.says(ANNA, "pus and fever")

    ward.says(ANNA, "pus and fever <2 days>", edits=message)

    assert "“pus and fever &lt;2 days&gt; (changed; before: “pus and fever”)”" in ward.alerts()[-1].text


def test_what_was_confided_before_a_text_was_changed_is_not_quoted_to_the_desk() -> None:
    ward = a_ward()
    message = ward.says(ANNA, "i want to kill myself")
    for label in ("I have it", "Close", "Advice given"):
        ward.tap(CLARA, label)
    ward.later(hours=25)
    ward.says(ANNA, "", media="photo")

    ward.says(ANNA, "it is the one on the left", edits=message)

    assert "it is the one on the left" in ward.alerts()[-1].text
    assert not any("kill" in act.text for act in ward.alerts())


def test_advice_on_danger_that_is_asked_for_as_content_is_nobodys_symptom() -> None:
    ward = a_ward()
    ward.office.browsing.command(ward.work, MARIA)
    for label in ("What is not for us", "price", "Edit"):
        ward.tap(MARIA, label)

    ward.says(MARIA, "If your throat is closing, call {{ emergency_number }}.")
    asked_for = ward.heard(MARIA)[-2]
    ward.says(MARIA, "my throat is closing")

    assert "Checking" in asked_for
    assert "999" in ward.last(MARIA)


def test_what_staff_write_at_the_desk_is_nobodys_symptom() -> None:
    ward = a_ward()

    ward.says(at_desk(CLARA), "the patient cannot breathe, call an ambulance")

    assert not ward.cases()


def test_a_raised_text_is_in_the_diary_with_its_end() -> None:
    ward = a_ward()

    ward.says(ANNA, "pus is coming out and I have fever")

    entry = ward.work.diary.of_patient(ward.anna().id)[-1]
    assert entry.heard is Heard.ESCALATED


def test_a_safety_reply_overtakes_everything_else() -> None:
    ward = a_ward()

    ward.says(ANNA, "pus is coming out and I have fever")

    rows = [row for row in ward.records.memory.deliveries.values() if row.purpose in (Purpose.ADVICE, Purpose.ALERT)]
    assert {row.lane for row in rows} == {Lane.URGENT}


def test_a_same_day_sign_is_raised_one_level_in_pregnancy() -> None:
    ward = a_ward(pregnancy=True)

    ward.says(ANNA, "there is one small blister on my cheek")

    case = ward.cases()[0]
    assert case.level is Level.URGENT
    assert "act on this now" in ward.last(ANNA)


def test_two_different_same_day_signs_are_urgent_together() -> None:
    ward = a_ward()
    ward.says(ANNA, "there is one small blister on my cheek")

    ward.says(ANNA, "the itching is really strong now and getting worse")

    levels = [case.level for case in ward.cases() if case.state is not EscalationState.CLOSED]
    assert Level.URGENT in levels


@pytest.mark.parametrize("command", ["/today", "/stop@AftercareBot", " /help "])
def test_a_command_alone_is_no_danger_sign_whatever_its_name_sounds_like(command: str) -> None:
    ward = an_anxious_ward()

    ward.says(ANNA, command)

    assert not ward.cases()


@pytest.mark.parametrize("text", ["/today my throat is closing", "/today@AftercareBot my throat is closing"])
def test_words_behind_a_command_are_listened_to(text: str) -> None:
    ward = an_anxious_ward()

    ward.says(ANNA, text)

    assert ward.cases()


def an_anxious_ward() -> Ward:
    """Where everything that is said sounds like a danger sign."""
    ward = a_ward()
    ward.listening = replace(ward.listening, understanding=Anxious(an_understanding()))
    return ward


@dataclass(frozen=True)
class Anxious:
    calmer: Understanding

    def triage(self, text: str, situation: Situation) -> Assessment:
        del text, situation
        return Assessment("RF-U1", Level.URGENT, certain=False, reason="by name")

    def match(self, text: str, situation: Situation) -> Match:
        return self.calmer.match(text, situation)


@pytest.mark.parametrize("who", [STRANGER, ANNA], ids=["a stranger", "a patient"])
def test_the_letters_of_a_link_are_nobody_s_symptom_however_they_look(who: Sender) -> None:
    ward = a_ward()
    letters = "42F-4AmnyQhqM8pGR6DX__YnfC-ObobI" + "x" * 11

    now = ward.clock.now()

    assert not ward.listening.raises(ward.work, Said(who, f"/start {letters}", 4_711), at=now)
    assert ward.listening.raises(ward.work, Said(who, "/start my throat is closing", 4_712), at=now)


def _on_the_first_morning() -> Ward:
    ward = a_ward()
    ward.later(days=-2)
    return ward

"""Whoever wrote of harming themselves: the numbers whatever they do next, and only clinicians read it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.care.model.delivery import ActKind, DeliveryState
from bot.care.model.escalation import EscalationState
from bot.care.model.people import Role
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM
from bot.care.model.triage import Level
from bot.care.model.words import Html
from tests.care.listening.ward import Ward, a_member, a_ward
from tests.care.scene import ANNA, BERT, CLARA, DESK, MARIA, RITA, at_desk

HARM = "I want to kill myself"
DESPAIR = "im at the end of my rope"
"""Words that only raise the gentle question."""
PUS = "pus is coming out and I have fever"
ALONE = "nobody cares about me"
EDGE = "nobody here understands it"


def asked(*, photo: bool = False) -> Ward:
    """The gentle question is open; `photo`: the desk is looking at a picture of hers."""
    ward = a_ward()
    if photo:
        ward.says(ANNA, "", media="photo")
    ward.says(ANNA, DESPAIR)
    assert (ward.cases()[-1].reason, ward.cases()[-1].confirmed) == (SELF_HARM, False)
    return ward


def told() -> Ward:
    ward = a_ward()
    ward.says(ANNA, HARM)
    return ward


def closed(how: str = "Advice given") -> Ward:
    ward = told()
    for label in ("I have it", "Close", how):
        ward.tap(CLARA, label)
    return ward


def open_cases(ward: Ward) -> list[tuple[str, Level | None]]:
    return [(one.reason, one.level) for one in ward.cases() if one.state is not EscalationState.CLOSED]


def arrived(ward: Ward) -> list[str]:
    """What anybody who is no clinician was told, alerts or not."""
    ward.deliver()
    public = (DESK, MARIA.chat, RITA.chat)
    return [act.text for chat, act in ward.arrived if chat in public]


def clinicians_read(ward: Ward, words: str) -> bool:
    return any(words in text for text in ward.heard(CLARA))


# --- asking for a person ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("a_case", [asked, told, closed])
@pytest.mark.parametrize("words", ["HELP", "please call me"])
def test_who_asks_for_a_person_hears_whom_to_call_and_only_clinicians_are_told(
    a_case: Callable[[], Ward], words: str
) -> None:
    ward = a_case()
    before = len(ward.alerts(CLARA.chat))

    ward.says(ANNA, words)

    assert "999" in ward.last(ANNA)
    assert "116 123" in ward.last(ANNA)
    assert "urgent care" not in ward.last(ANNA)
    assert len(ward.alerts(CLARA.chat)) > before
    assert arrived(ward) == []
    assert open_cases(ward) == [(SELF_HARM, Level.EMERGENCY)]


def test_the_button_under_the_advice_does_the_same() -> None:
    ward = told()

    ward.tap(ANNA, "Talk to a person")

    assert "116 123" in ward.last(ANNA)
    assert clinicians_read(ward, "again, same alert: “Talk to a person”")
    assert arrived(ward) == []


@pytest.mark.parametrize("choice", ["Somebody now", "It can wait"])
def test_the_choice_to_wait_is_over_once_they_wrote_of_it(choice: str) -> None:
    ward = a_ward()
    ward.says(ANNA, "HELP")
    ward.says(ANNA, HARM)

    ward.tap(ANNA, choice)
    ward.later(minutes=12)

    assert any("116 123" in text and "asking for a person" in text for text in ward.heard(ANNA))
    assert arrived(ward) == []


def test_asking_after_the_answer_no_is_told_to_clinicians_with_the_words_before() -> None:
    ward = asked()
    ward.tap(ANNA, "No")

    ward.says(ANNA, "HELP")

    assert "116 123" in ward.last(ANNA)
    assert clinicians_read(ward, f"{DESPAIR} / Talk to a person")
    assert arrived(ward) == []


def test_a_day_after_it_was_closed_asking_is_asking_as_ever() -> None:
    ward = closed()
    ward.later(hours=25)

    ward.says(ANNA, "HELP")

    assert ward.buttons(ANNA) == ["Somebody now", "It can wait"]


def test_words_that_only_clinicians_read_are_not_repeated_when_that_is_over() -> None:
    ward = asked()
    ward.tap(ANNA, "No")
    ward.later(hours=23, minutes=50)
    ward.says(ANNA, EDGE)
    ward.later(minutes=20)

    ward.says(ANNA, "HELP")
    ward.tap(ANNA, "Somebody now")

    assert clinicians_read(ward, EDGE)
    assert "Somebody now" in ward.alerts()[-1].text
    assert EDGE not in ward.alerts()[-1].text


# --- writing on ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ALONE, "my mother died last month"])
def test_whoever_writes_on_while_the_question_is_open_hears_the_numbers_and_it_rings(words: str) -> None:
    ward = asked()

    ward.says(ANNA, words)

    assert "116 123" in ward.last(ANNA)
    assert not ward.buttons(ANNA)
    assert ward.cases()[0].confirmed
    assert clinicians_read(ward, DESPAIR)
    assert clinicians_read(ward, words)
    assert arrived(ward) == []


def test_a_clear_question_is_still_answered() -> None:
    ward = asked()

    ward.says(ANNA, "when can i swim")

    assert "Pool, sea" in ward.last(ANNA)


def test_words_after_it_was_closed_ring_again_but_thanks_do_not() -> None:
    ward = closed()

    ward.says(ANNA, "thank you")
    assert open_cases(ward) == []
    ward.says(ANNA, ALONE)

    assert open_cases(ward) == [(SELF_HARM, Level.EMERGENCY)]
    assert clinicians_read(ward, f"{HARM} / {ALONE}")
    assert "116 123" in ward.last(ANNA)
    assert arrived(ward) == []


def test_after_no_what_the_bot_does_not_understand_is_quietly_for_clinicians() -> None:
    ward = asked()

    ward.tap(ANNA, "No")
    ward.says(ANNA, EDGE)

    assert open_cases(ward) == [("after-self-harm", None)]
    assert clinicians_read(ward, DESPAIR)
    assert clinicians_read(ward, EDGE)
    assert "116 123" in ward.last(ANNA)
    assert arrived(ward) == []


def test_no_is_no_word_for_the_desk_while_something_waits_there() -> None:
    ward = asked(photo=True)
    before = arrived(ward)

    ward.tap(ANNA, "No")

    assert arrived(ward) == before


def test_no_is_no_word_for_the_desk_while_staff_talk_with_her() -> None:
    ward = a_ward()
    ward.says(ANNA, "", media="photo")
    ward.says(at_desk(RITA), "hello Anna", reply_to=ward.message_of(Purpose.ALERT))
    ward.says(ANNA, DESPAIR)
    before = arrived(ward)

    ward.says(ANNA, "no")

    assert arrived(ward) == before


def test_no_after_it_rang_is_heard_by_whoever_was_told() -> None:
    ward = asked()
    ward.later(minutes=10)

    ward.tap(ANNA, "No")

    assert clinicians_read(ward, "again, same alert: “No”")
    assert arrived(ward) == []


def test_what_was_asked_about_and_is_certain_after_an_edit_rings() -> None:
    ward = a_ward()
    message = ward.says(ANNA, DESPAIR)

    ward.says(ANNA, HARM, edits=message)

    assert ward.cases()[0].confirmed
    assert clinicians_read(ward, HARM)


def test_words_of_it_that_are_changed_days_later_are_for_clinicians_again() -> None:
    ward = a_ward()
    message = ward.says(ANNA, HARM)
    for label in ("I have it", "Close", "Advice given"):
        ward.tap(CLARA, label)
    ward.later(hours=30)

    ward.says(ANNA, f"{HARM} now", edits=message)

    assert open_cases(ward) == [(SELF_HARM, Level.EMERGENCY)]
    assert arrived(ward) == []


# --- who reads what is beside it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("a_case", [asked, told, closed])
@pytest.mark.parametrize("hours", [0, 25])
def test_a_picture_is_for_clinicians_only(a_case: Callable[[], Ward], hours: int) -> None:
    ward = a_case()
    if a_case is not closed:
        ward.later(hours=hours)

    ward.says(ANNA, "this is me", media="photo")

    assert [chat for chat, act in ward.arrived if act.kind is ActKind.COPY] == [CLARA.chat]
    assert "116 123" in ward.last(ANNA)
    assert arrived(ward) == []


def test_a_picture_after_no_is_for_clinicians_only_too() -> None:
    ward = asked()
    ward.tap(ANNA, "No")

    ward.says(ANNA, "", media="photo")

    assert [chat for chat, act in ward.arrived if act.kind is ActKind.COPY] == [CLARA.chat]
    assert arrived(ward) == []


@pytest.mark.parametrize("a_case", [asked, told, closed])
def test_another_danger_sign_reaches_every_clinician_privately_at_once_with_its_picture(
    a_case: Callable[[], Ward],
) -> None:
    ward = a_case()
    ward.work.team.add(a_member(BERT, Role.CLINICIAN))

    ward.says(ANNA, PUS, media="photo")

    for clinician in (CLARA, BERT):
        acts = ward.alerts(clinician.chat)
        assert any("Infection" in act.text and PUS in act.text for act in acts)
        assert any(act.kind is ActKind.COPY for act in acts)
    assert "may be an infection" in " ".join(ward.heard(ANNA))
    assert arrived(ward) == []


def test_a_sign_that_the_desk_knew_before_is_told_to_clinicians_as_one_of_its_own() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.says(ANNA, HARM)
    before = arrived(ward)

    ward.says(ANNA, f"{PUS} again")

    assert any("Infection" in act.text for act in ward.alerts(CLARA.chat))
    assert arrived(ward) == before


def test_a_date_named_beside_it_is_for_clinicians() -> None:
    ward = told()

    ward.says(ANNA, "24.12.2026")

    assert clinicians_read(ward, "2026-12-24")
    assert arrived(ward) == []


def test_an_alert_beside_it_stays_private_when_all_of_it_is_over() -> None:
    ward = closed()
    ward.says(ANNA, PUS)
    ward.later(hours=25)

    ward.escalating.alerts(ward.work, at_desk(RITA))

    assert ward.last(DESK) == "No open alerts."
    assert all(PUS not in text for text in arrived(ward))


def test_as_long_as_one_clinician_has_it_nobody_else_is_told() -> None:
    ward = a_ward()
    ward.work.team.add(a_member(BERT, Role.CLINICIAN))
    ward.listening.triaging.red(ward.work, ward.anna(), HARM, SELF_HARM, Level.EMERGENCY, at=ward.clock.now())
    ward.deliver_to(BERT.chat)

    ward.fails(Purpose.ALERT, DeliveryState.UNREACHABLE)

    assert ward.alerts(BERT.chat)
    assert arrived(ward) == []


def test_whoever_is_told_because_no_clinician_can_be_reached_hears_what_follows() -> None:
    ward = a_ward()
    ward.listening.triaging.red(ward.work, ward.anna(), HARM, SELF_HARM, Level.EMERGENCY, at=ward.clock.now())
    ward.fails(Purpose.ALERT, DeliveryState.UNREACHABLE)

    ward.says(ANNA, ALONE)

    assert any(ALONE in act.text for act in ward.alerts(MARIA.chat))


def test_who_is_no_clinician_any_more_cannot_take_it_and_hears_nothing_further() -> None:
    ward = told()
    ward.work.team.add(a_member(BERT, Role.CLINICIAN))
    clara = ward.work.team.member(CLARA.account)
    assert clara is not None
    ward.work.team.save(replace(clara, role=Role.RECEPTION))

    ward.tap(CLARA, "I have it")
    ward.says(ANNA, ALONE)

    assert ward.cases()[0].owner is None
    assert not clinicians_read(ward, ALONE)
    assert any(ALONE in act.text for act in ward.alerts(BERT.chat))


def test_what_is_written_beside_it_is_not_kept_to_learn_from() -> None:
    ward = told()

    ward.says(ANNA, "when can i swim")
    ward.tap(ANNA, ward.buttons(ANNA)[0])

    assert not ward.work.unanswered.waiting()


# --- whatever else they do -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("then", ["HELP", ALONE, "Talk to a person"])
def test_who_has_not_agreed_yet_is_heard_too(then: str) -> None:
    ward = a_ward()
    ward.work.patients.save(replace(ward.anna(), consent=None))
    ward.says(ANNA, HARM)

    if then in ward.buttons(ANNA):
        ward.tap(ANNA, then)
    else:
        ward.says(ANNA, then)

    assert "116 123" in ward.last(ANNA)
    assert clinicians_read(ward, f"again, same alert: “{then}”")
    assert arrived(ward) == []


def test_the_menu_of_help_gives_way_to_the_numbers() -> None:
    ward = told()

    ward.selfcare.help(ward.work, ANNA)

    assert "116 123" in ward.last(ANNA)


def test_when_nobody_answers_the_worst_decides_whom_to_call() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.later(minutes=5)
    ward.says(ANNA, HARM)

    ward.later(minutes=25)

    said = [text for text in ward.heard(ANNA) if "Nobody at the clinic has answered" in text]
    assert len(said) == 1
    assert "116 123" in said[0]


@pytest.mark.parametrize("denied", [lambda ward: ward.tap(ANNA, "No"), None], ids=["she says no", "a false alarm"])
def test_another_danger_sign_is_everybody_s_again_once_it_was_no_such_thing(
    denied: Callable[[Ward], None] | None,
) -> None:
    if denied is None:
        ward = closed("False alarm")
    else:
        ward = asked()
        denied(ward)
    before = len(arrived(ward))

    ward.says(ANNA, "my throat is swelling and i cannot breathe")

    assert any("EMERGENCY" in text for text in arrived(ward)[before:])


def test_words_that_reached_no_clinician_are_known_to_be_there_without_what_they_say() -> None:
    ward = told()
    ward.says(ANNA, ALONE)
    note = next(row for row in reversed(ward._rows()) if row.purpose is Purpose.NOTE)
    before = len(arrived(ward))

    ward.escalating.failed(ward.work, note, at=ward.clock.now())

    (told_to, *_) = public = arrived(ward)[before:]
    assert "reached none of them" in told_to
    assert not any(ALONE in text for text in public)


@pytest.mark.parametrize("bert_has_it", [False, True], ids=["neither", "one of them"])
def test_words_that_reached_neither_of_two_clinicians_are_known_to_be_there(*, bert_has_it: bool) -> None:
    ward = a_ward()
    ward.work.team.add(a_member(BERT, Role.CLINICIAN))
    ward.says(ANNA, HARM)
    told_to = Html("I am glad you are still writing.")
    ward.escalating.alerting.note(ward.work, ward.cases()[0], ward.anna(), ALONE, told=told_to, at=ward.clock.now())
    if bert_has_it:
        ward.deliver_to(BERT.chat)

    ward.fails(Purpose.NOTE, DeliveryState.UNREACHABLE)

    public = arrived(ward)
    assert any("reached none of them" in text for text in public) is not bert_has_it
    assert not any(ALONE in text for text in public)


def test_who_was_promised_an_answer_that_did_not_come_is_told_of_the_crisis_line_again() -> None:
    ward = closed("False alarm")
    ward.says(ANNA, EDGE)

    ward.later(hours=10)

    [said] = [text for text in ward.heard(ANNA) if "nobody has answered you by the time I named" in text]
    assert "116 123" in said

"""Red flags of one patient within an hour: each card names them all, and none rings less for the others."""

from bot.care.model.delivery import Act, ActKind
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.purpose import Purpose
from bot.care.model.triage import Level
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, at_desk

PUS, FEVER, RASH = "pus and it spreads", "i burn <up>", "a rash all over"
INFECTION, COLD_SORE, PATCH = "RF-U1", "RF-U2", "RF-U7"
BREATH = "i cannot breathe"
HARM = "I want to kill myself"


def tells(ward: Ward, flag: str, words: str, level: Level = Level.URGENT) -> None:
    ward.listening.triaging.red(ward.work, ward.anna(), words, flag, level, at=ward.clock.now())
    ward.deliver()


def cards(ward: Ward, chat: int = DESK) -> list[Act]:
    return [act for act in ward.alerts(chat) if act.keyboard]


def shown(ward: Ward, chat: int = DESK) -> str:
    """What the newest edit of a card says."""
    return [act.text for to, act in ward.arrived if to == chat and act.kind is ActKind.EDIT][-1]


def case_of(ward: Ward, flag: str) -> Escalation:
    return next(one for one in ward.cases() if one.reason == flag)


def climbs(ward: Ward) -> list[str]:
    return [row.act.text for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.CLIMB and row.act]


def three(ward: Ward) -> None:
    for flag, words in ((INFECTION, PUS), (COLD_SORE, FEVER), (PATCH, RASH)):
        tells(ward, flag, words)
        ward.later(minutes=2)


def test_three_signs_of_one_hour_are_one_card_that_names_each_with_its_words_in_order() -> None:
    ward = a_ward()

    three(ward)

    assert len(cards(ward)) == 1
    card = shown(ward)
    assert [card.index(words) for words in (PUS, "i burn &lt;up&gt;", RASH)] == sorted(
        card.index(words) for words in (PUS, "i burn &lt;up&gt;", RASH)
    )
    assert all(f"({flag})" in card for flag in (INFECTION, COLD_SORE, PATCH))
    assert card.count("Told within the hour:") == 1


def test_what_is_added_is_a_reply_under_the_card_that_rings_as_a_message_does() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.later(minutes=2)

    tells(ward, COLD_SORE, FEVER)

    note = ward.alerts()[-1]
    assert note.text.startswith("A-17 tells of more, same alert: 10:02 🟠 URGENT")
    assert note.reply_to == ward.message_of(Purpose.ALERT)
    assert not note.silent


def test_each_sign_stays_a_case_of_its_own_with_its_level_and_the_patients_advice() -> None:
    ward = a_ward()

    three(ward)

    assert [(one.reason, one.level, one.words) for one in ward.cases()] == [
        (INFECTION, Level.URGENT, PUS),
        (COLD_SORE, Level.URGENT, FEVER),
        (PATCH, Level.URGENT, RASH),
    ]
    assert len([act for chat, act in ward.arrived if chat == ANNA.chat]) == 3


def test_one_ladder_climbs_for_all_of_them() -> None:
    ward = a_ward()
    three(ward)

    ward.later(minutes=4)
    ward.later(minutes=4)

    assert len(climbs(ward)) == len({CLARA.chat, MARIA.chat})
    assert all(words in climbs(ward)[0] for words in (PUS, RASH))


def test_what_is_told_of_the_same_sign_stands_on_whatever_rings_from_then_on() -> None:
    ward = a_ward()
    tells(ward, INFECTION, "leaking yellow stuff")
    tells(ward, INFECTION, "now i have a fever 38.9")

    ward.later(minutes=10)

    assert "leaking yellow stuff\nnow i have a fever 38.9" in climbs(ward)[0]


def test_a_closed_card_asks_for_no_answer_any_more() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    assert "Reply to this message" in cards(ward)[-1].text

    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), "Advice given")

    assert "Closed by Clara" in shown(ward)
    assert "Reply to this message" not in shown(ward)


def test_a_worse_sign_rings_with_a_card_of_its_own_that_names_the_earlier_ones() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.tap(at_desk(CLARA), "I have it")
    ward.later(minutes=5)

    tells(ward, "RF-E1", BREATH, Level.EMERGENCY)

    assert len(cards(ward)) == 2
    newest = cards(ward)[-1]
    assert newest.text.startswith("🔴 EMERGENCY · A-17")
    assert PUS in newest.text
    assert BREATH in shown(ward)
    assert "Clara has it" in shown(ward)
    assert case_of(ward, "RF-E1").state is EscalationState.OPEN
    assert case_of(ward, INFECTION).owner == CLARA.account


def test_a_worse_sign_climbs_at_its_own_minute() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.later(minutes=5)
    tells(ward, "RF-E1", BREATH, Level.EMERGENCY)
    ward.later(minutes=2)
    assert not climbs(ward)

    ward.later(minutes=1)

    assert climbs(ward)[0].startswith("🔴 EMERGENCY")
    assert len(climbs(ward)) == len({CLARA.chat, MARIA.chat})


def test_whoever_takes_the_card_has_every_sign_on_it_and_the_patient_hears_it_once() -> None:
    ward = a_ward()
    three(ward)
    before = len(ward.heard(ANNA))

    ward.tap(at_desk(CLARA), "I have it")

    assert {(one.state, one.owner) for one in ward.cases()} == {(EscalationState.ACKNOWLEDGED, CLARA.account)}
    assert len(ward.heard(ANNA)) == before + 1
    assert "Clara has it" in ward.last(DESK)


def test_a_sign_that_comes_after_somebody_took_the_card_rings_anew_and_names_who_has_the_other() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.tap(at_desk(CLARA), "I have it")

    tells(ward, COLD_SORE, FEVER)

    assert len(cards(ward)) == 2
    assert PUS in cards(ward)[-1].text
    assert (case_of(ward, COLD_SORE).state, case_of(ward, COLD_SORE).owner) == (EscalationState.OPEN, None)
    assert "Clara has it" in shown(ward)
    assert FEVER.replace("<", "&lt;").replace(">", "&gt;") in shown(ward)


def test_a_sign_that_comes_while_the_first_has_called_for_an_hour_rings_with_a_clock_of_its_own() -> None:
    ward = a_ward()
    tells(ward, "RF-E1", BREATH, Level.EMERGENCY)
    for _ in range(11):
        ward.later(minutes=5)
    before = len(climbs(ward))

    tells(ward, "RF-E2", "i see double", Level.EMERGENCY)
    assert len(cards(ward)) == 2
    ward.later(minutes=3)

    assert len(climbs(ward)) > before
    assert BREATH in climbs(ward)[-1]


def test_one_person_who_has_two_signs_is_reminded_of_them_once() -> None:
    ward = a_ward()
    three(ward)
    ward.tap(at_desk(CLARA), "I have it")

    ward.later(minutes=31)

    reminded = [act.text for act in ward.alerts(CLARA.chat) if "You took this" in act.text]
    assert len(reminded) == 1
    assert all(words in reminded[0] for words in (PUS, RASH))


def test_what_goes_back_to_everybody_leaves_what_was_dealt_with() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.tap(at_desk(CLARA), "I have it")
    ward.tap(at_desk(CLARA), "I have called")
    tells(ward, COLD_SORE, FEVER)
    ward.tap(at_desk(CLARA), "I have it")

    ward.later(minutes=31)
    ward.later(minutes=11)

    assert case_of(ward, COLD_SORE).owner is None
    assert case_of(ward, INFECTION).owner == CLARA.account
    assert case_of(ward, INFECTION).called_at is not None


def line(ward: Ward, deed: str) -> str:
    ward.escalating.alerts(ward.work, at_desk(CLARA))
    return next(label for label in ward.buttons(DESK) if "Herpes" in label and label.endswith(deed))


def test_one_line_of_the_list_is_that_sign_alone() -> None:
    ward = a_ward()
    three(ward)

    ward.tap(at_desk(CLARA), line(ward, "I have it"))
    ward.tap(at_desk(CLARA), line(ward, "close"))
    ward.tap(at_desk(CLARA), "Duplicate")

    assert case_of(ward, COLD_SORE).closing is Closing.DUPLICATE
    assert [one.reason for one in ward.cases() if one.state is EscalationState.OPEN] == [INFECTION, PATCH]


def test_closing_leaves_what_somebody_else_has() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.tap(at_desk(CLARA), "I have it")
    tells(ward, "RF-E1", BREATH, Level.EMERGENCY)
    ward.tap(at_desk(MARIA), "I have it")

    ward.tap(at_desk(MARIA), "Close")
    ward.tap(at_desk(MARIA), "False alarm")

    assert case_of(ward, "RF-E1").closing is Closing.FALSE_ALARM
    assert (case_of(ward, INFECTION).state, case_of(ward, INFECTION).owner) == (
        EscalationState.ACKNOWLEDGED,
        CLARA.account,
    )


def test_what_a_sign_on_anothers_card_promised_is_kept_or_owned_up_to() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)

    tells(ward, "RF-S12", "i am pregnant", Level.SAME_DAY)

    assert case_of(ward, "RF-S12").told_with == case_of(ward, INFECTION).id
    assert case_of(ward, "RF-S12").promised_at == ward.clock.now()


def test_the_card_of_the_milder_sign_does_not_take_the_worse_one() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    milder = ward.message_of(Purpose.ALERT)
    tells(ward, "RF-E1", BREATH, Level.EMERGENCY)

    ward.says(at_desk(RITA), "please come at 3", reply_to=milder)

    assert case_of(ward, INFECTION).owner == RITA.account
    assert case_of(ward, "RF-E1").state is EscalationState.OPEN


def test_closing_the_card_closes_every_sign_on_it_and_tells_the_patient_once() -> None:
    ward = a_ward()
    three(ward)
    ward.tap(at_desk(CLARA), "I have it")
    before = len(ward.heard(ANNA))

    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), "Seen in clinic")

    assert {one.closing for one in ward.cases()} == {Closing.SEEN}
    assert len(ward.heard(ANNA)) <= before + 1


def test_after_closing_a_new_sign_is_an_alert_of_its_own() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), "Advice given")

    tells(ward, COLD_SORE, FEVER)

    assert len(cards(ward)) == 2
    assert PUS not in cards(ward)[-1].text


def test_after_an_hour_a_sign_has_a_card_of_its_own() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    ward.clock.later(minutes=61)

    tells(ward, COLD_SORE, FEVER)

    assert case_of(ward, COLD_SORE).told_with is None
    assert len(cards(ward)) == 2


def test_what_is_confided_stands_on_no_card_of_the_desk_and_is_no_part_of_an_alert_there() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)

    ward.says(ANNA, HARM)
    ward.says(ANNA, "pus is coming out and I have fever")

    assert not any(HARM in act.text for chat, act in ward.arrived if chat == DESK)
    assert {one.told_with for one in ward.cases()} == {None}


def test_the_same_sign_told_worse_leaves_the_card_and_rings() -> None:
    ward = a_ward()
    tells(ward, INFECTION, PUS)
    tells(ward, "RF-S12", "redder", Level.SAME_DAY)
    assert case_of(ward, "RF-S12").told_with == case_of(ward, INFECTION).id

    tells(ward, "RF-S12", "much redder", Level.EMERGENCY)

    assert case_of(ward, "RF-S12").told_with is None
    assert case_of(ward, INFECTION).told_with == case_of(ward, "RF-S12").id
    assert cards(ward)[-1].text.startswith("🔴 EMERGENCY")


def test_what_somebody_had_who_leaves_rings_once_for_all_of_it() -> None:
    ward = a_ward()
    three(ward)
    ward.tap(at_desk(CLARA), "I have it")

    ward.office.staffing.command(ward.work, MARIA, f"remove {CLARA.account}")
    ward.tap(MARIA, ward.buttons(MARIA)[0])

    assert {one.state for one in ward.cases()} == {EscalationState.OPEN}
    assert len(cards(ward)) == 2
    assert all(words in cards(ward)[-1].text for words in (PUS, RASH))


def test_long_words_of_many_signs_fit_one_message() -> None:
    ward = a_ward()
    for flag in (INFECTION, COLD_SORE, PATCH, "RF-U3", "RF-U4", "RF-U5", "RF-U6", "RF-U8", "RF-U9"):
        tells(ward, flag, f"{flag} {'word ' * 400}")
        ward.clock.later(seconds=30)

    card = shown(ward)

    assert all(f"({flag})" in card for flag in (INFECTION, "RF-U9"))
    assert len(card) <= 4096

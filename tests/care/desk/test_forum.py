"""Where the desk is a forum, each patient's talk stands in a topic of its own."""

from dataclasses import replace
from html import escape

from bot.care.model.delivery import Act, ActKind, DeliveryState
from bot.care.model.escalation import EscalationState
from bot.care.model.inbound import Entry, Heard, Sender
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.texts import flat, units
from bot.care.services.parting import hand_over
from tests.builders import a_patient, an_enrolment
from tests.care.listening.ward import Ward, a_desk, a_ward
from tests.care.scene import ANNA, BERT, CLARA, DESK, RITA, at_desk

MAKEUP = "can i wear makeup tomorrow"


def a_forum() -> Ward:
    """With Anna's topic open."""
    ward = a_ward()
    ward.work.team.set_desk(a_desk(is_forum=True))
    follow(ward)
    return ward


def follow(ward: Ward) -> None:
    """What the round does, until nothing is left to do."""
    for _ in range(3):
        ward.forum.follow(ward.work, at=ward.clock.now())
        ward.deliver()
        for row in ward.records.memory.deliveries.values():
            if row.act is not None and row.act.kind is ActKind.TOPIC_OPEN:
                ward.forum.ended(ward.work, row, at=ward.clock.now())


def in_topic(ward: Ward, patient_id: int) -> list[Act]:
    thread = ward.work.threads.of(patient_id)
    assert thread is not None
    assert thread.thread is not None
    return [act for chat, act in ward.arrived if chat == DESK and act.to.thread == thread.thread]


def texts(ward: Ward, patient_id: int | None = None) -> str:
    return "\n".join(act.text for act in in_topic(ward, patient_id or ward.anna().id))


def test_a_topic_is_opened_once_and_says_what_it_is_for() -> None:
    ward = a_forum()
    follow(ward)

    opened = [act for _, act in ward.arrived if act.kind is ActKind.TOPIC_OPEN]
    assert [act.text for act in opened] == ["Anna · A-17 · PicoSure"]
    assert "This is the topic of Anna (A-17)" in texts(ward)


def test_a_plain_group_has_no_topics() -> None:
    ward = a_ward()
    follow(ward)

    assert ward.arrived == []


def test_what_the_patient_writes_and_what_the_bot_answered_stand_there_once() -> None:
    ward = a_forum()
    ward.says(ANNA, MAKEUP)
    follow(ward)
    follow(ward)

    assert texts(ward).count(MAKEUP) == 1
    assert "🤖 answered: Makeup" in texts(ward)


def test_a_reply_in_the_topic_reaches_the_patient_and_is_not_shown_again() -> None:
    ward = a_forum()
    ward.says(ANNA, MAKEUP)
    follow(ward)

    ward.says(at_desk(RITA), "Wait two days, please", reply_to=ward.message_of(Purpose.RELAY))
    follow(ward)

    assert "Wait two days, please" in ward.last(ANNA)
    assert "Wait two days" not in texts(ward)


def test_who_answers_in_the_topic_has_the_alert() -> None:
    ward = a_forum()
    ward.says(ANNA, "pus is coming out and I have fever")
    follow(ward)

    ward.says(at_desk(CLARA), "Come in now, please", reply_to=ward.message_of(Purpose.RELAY))
    ward.later(minutes=40)

    assert ward.cases()[0].state is EscalationState.ACKNOWLEDGED
    assert not any("Nobody at the clinic" in text for text in ward.heard(ANNA))


def test_reception_that_writes_in_the_topic_of_something_else_ends_no_alert() -> None:
    ward = a_forum()
    ward.says(ANNA, "pus is coming out and I have fever")
    follow(ward)

    ward.says(at_desk(RITA), "Your bill of 40 pounds is due", reply_to=ward.message_of(Purpose.RELAY))
    ward.later(minutes=40)

    assert ward.cases()[0].state is EscalationState.OPEN
    assert any("Nobody at the clinic" in text for text in ward.heard(ANNA))


def test_the_button_asks_for_words_that_then_reach_the_patient() -> None:
    ward = a_forum()

    ward.tap(at_desk(CLARA), "Reply to patient")
    assert ward.arrived[-1][1].force_reply
    ward.says(at_desk(CLARA), "How is it today?", reply_to=ward.message_of(Purpose.RELAY))

    assert "How is it today?" in ward.last(ANNA)


def test_two_patients_are_never_mixed() -> None:
    ward = a_forum()
    bert = ward.work.patients.add(replace(a_patient(), id=0, code="", first_name="Bert", contact=Contact(BERT.chat)))
    ward.work.enrolments.add(an_enrolment("pico", patient_id=bert.id))
    follow(ward)
    ward.says(ANNA, MAKEUP)
    ward.says(BERT, "when may i swim")
    follow(ward)

    assert "swim" not in texts(ward)
    assert "makeup" not in texts(ward, bert.id)


def test_a_picture_lies_in_the_topic_beside_its_line() -> None:
    ward = a_forum()
    ward.says(ANNA, "", media="photo")
    follow(ward)

    assert [act.kind for act in in_topic(ward, ward.anna().id)][-2:] == [ActKind.SEND, ActKind.COPY]


def with_a_lost_number(ward: Ward) -> Sender:
    """A picture of Anna's came twice, since nobody knew whether the first one had arrived; Clara in its topic."""
    ward.says(ANNA, "", media="photo")
    follow(ward)
    rows = ward.records.memory.deliveries
    copy = next(
        row for row in rows.values() if row.purpose is Purpose.RELAY and row.act and row.act.kind is ActKind.COPY
    )
    rows[copy.id] = replace(copy, ambiguous=1)
    return replace(at_desk(CLARA), thread=copy.contact.thread)


def test_a_reply_to_a_line_without_words_or_to_a_picture_long_after_goes_to_nobody() -> None:
    """`The topic was renamed` says nothing either, and is no picture."""
    ward = a_forum()
    topic = with_a_lost_number(ward)

    ward.says(topic, "Who renamed this?", reply_to=987_654)
    ward.later(days=3)
    ward.says(topic, "Whose is this?", reply_to=987_655, reply_media="photo")

    assert not [text for text in ward.heard(ANNA) if "renamed this" in text or "Whose" in text]


def test_a_reply_to_a_picture_whose_number_was_lost_reaches_the_patient_of_that_topic_alone() -> None:
    ward = a_forum()
    topic = with_a_lost_number(ward)

    ward.says(replace(topic, thread=987), "Who is this?", reply_to=987_654, reply_media="photo")
    ward.says(topic, "That heals well", reply_to=987_655, reply_media="photo")

    assert "That heals well" in ward.last(ANNA)
    assert "Who is this?" not in "".join(ward.heard(ANNA))


def test_words_of_self_harm_are_for_clinicians_only() -> None:
    ward = a_forum()
    ward.says(ANNA, "i want to kill myself")
    follow(ward)

    assert "kill" not in texts(ward)
    assert "only clinicians read" in texts(ward)


def test_a_picture_and_what_follows_self_harm_are_for_clinicians_only_too() -> None:
    ward = a_forum()
    ward.says(ANNA, "i want to kill myself", media="photo")
    ward.says(ANNA, "", media="photo")
    ward.says(ANNA, MAKEUP)
    follow(ward)

    assert ActKind.COPY not in [act.kind for act in in_topic(ward, ward.anna().id)]
    assert MAKEUP not in texts(ward)


def test_a_topic_that_somebody_deleted_is_opened_anew_with_what_it_did_not_take() -> None:
    ward = a_forum()
    thread = ward.work.threads.of(ward.anna().id)
    ward.says(ANNA, MAKEUP)
    ward.forum.follow(ward.work, at=ward.clock.now())
    lost = [row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.RELAY][-1]
    ward.work.outbox.settle(
        lost.id, DeliveryState.FAILED, at=ward.clock.now(), reason="Bad Request: message thread not found"
    )
    ward.forum.ended(ward.work, ward.work.outbox.get(lost.id), at=ward.clock.now())
    ward.deliver()
    follow(ward)

    assert ward.work.threads.of(ward.anna().id) != thread
    assert texts(ward).count(MAKEUP) == 1


def test_what_did_not_arrive_or_could_not_be_taken_back_is_said_where_it_was_written() -> None:
    ward = a_forum()
    ward.says(ANNA, MAKEUP)
    follow(ward)
    words = ward.says(at_desk(CLARA), "Wait two days", reply_to=ward.message_of(Purpose.RELAY))
    sent = next(row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.STAFF_REPLY)
    lost = replace(sent, state=DeliveryState.FAILED)

    ward.desk.replying.ended(ward.work, lost, at=ward.clock.now())
    assert "has not reached the patient" in ward.last(DESK)
    ward.desk.replying.ended(ward.work, replace(lost, purpose=Purpose.UNSEND), at=ward.clock.now())
    assert "could not be taken back" in ward.last(DESK)
    assert [act.reply_to for chat, act in ward.arrived if chat == DESK][-2:] == [words, words]


def test_where_no_topic_can_be_opened_the_group_has_to_do() -> None:
    ward = a_ward()
    ward.work.team.set_desk(a_desk(is_forum=True))
    ward.forum.follow(ward.work, at=ward.clock.now())
    opening = next(row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.TOPIC)
    ward.work.outbox.settle(opening.id, DeliveryState.FAILED, at=ward.clock.now())
    ward.says(ANNA, MAKEUP)
    follow(ward)

    assert any(MAKEUP in act.text and act.to.thread is None for chat, act in ward.arrived if chat == DESK)


def test_what_was_sent_by_plan_is_one_message_that_changes_at_most_hourly() -> None:
    ward = a_forum()
    ward.check_in("PS-03")
    follow(ward)
    ward.later(minutes=1)
    ward.check_in("PS-07")
    follow(ward)
    ward.later(minutes=61)
    follow(ward)

    sent = (act for act in in_topic(ward, ward.anna().id) if act.kind is ActKind.SEND)
    summaries = [act for act in sent if "Sent by plan" in act.text]
    changed = [act for chat, act in ward.arrived if act.kind is ActKind.EDIT and "Sent by plan" in act.text]
    assert len(summaries) == 1
    assert len(changed) == 1
    assert "PS-07" in changed[0].text


def test_the_topic_is_closed_at_the_end_and_a_new_course_opens_a_new_one() -> None:
    ward = a_forum()
    ward.work.enrolments.save(ward.enrolment().close(at=ward.clock.now()))
    ward.clock.later(days=8)
    follow(ward)
    ward.work.enrolments.add(an_enrolment("pico", patient_id=ward.anna().id))
    follow(ward)

    kinds = [act.kind for _, act in ward.arrived if act.kind in (ActKind.TOPIC_OPEN, ActKind.TOPIC_CLOSE)]
    assert kinds == [ActKind.TOPIC_OPEN, ActKind.TOPIC_CLOSE, ActKind.TOPIC_OPEN]


def test_staff_may_send_a_picture_and_change_or_take_back_their_words() -> None:
    ward = a_forum()
    ward.says(ANNA, MAKEUP)
    follow(ward)
    target = ward.message_of(Purpose.RELAY)

    ward.says(at_desk(CLARA), "Look at this", reply_to=target, media="photo")
    words = ward.says(at_desk(CLARA), "Wait two days", reply_to=target)
    ward.says(at_desk(CLARA), "Wait three days", reply_to=target, edits=words)
    ward.takes_back(at_desk(CLARA), words)

    kinds = [act.kind for chat, act in ward.arrived if chat == ANNA.chat][-4:]
    assert kinds == [ActKind.COPY, ActKind.SEND, ActKind.EDIT, ActKind.DELETE]
    taken = next(row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.UNSEND)
    ward.desk.replying.ended(ward.work, taken, at=ward.clock.now())
    assert "Taken back" in ward.last(DESK)


def test_what_nobody_sent_cannot_be_taken_back() -> None:
    ward = a_forum()

    ward.takes_back(at_desk(CLARA), 12345)

    assert "Nothing to take back" in ward.last(DESK)


def test_a_group_that_could_not_be_told_for_days_is_not_told_later_either() -> None:
    ward = a_forum()
    ward.says(ANNA, "i want to kill myself")
    for label in ("I have it", "Close", "Advice given"):
        ward.tap(CLARA, label)
    ward.later(hours=25)
    ward.says(ANNA, MAKEUP)
    follow(ward)

    assert "kill" not in texts(ward)
    assert MAKEUP in texts(ward)


def test_a_case_that_changed_hands_stays_confided_from_its_first_word_on() -> None:
    ward = a_forum()
    ward.says(ANNA, "i want to kill myself")
    ward.tap(CLARA, "I have it")
    clara = ward.work.team.member(CLARA.account)
    assert clara is not None
    ward.clock.later(hours=1)
    ward.work.team.remove(CLARA.account)
    hand_over(ward.work, ward.escalating.card, clara, at=ward.clock.now())
    follow(ward)

    assert "kill" not in texts(ward)


def test_the_bots_own_words_stand_folded_up_below_what_they_answer() -> None:
    ward = a_forum()
    ward.says(ANNA, MAKEUP)
    follow(ward)

    answer = flat(next(act.text for chat, act in ward.arrived if chat == ANNA.chat))
    assert len(in_topic(ward, ward.anna().id)) == 2
    assert f"🤖 answered: Makeup\n<blockquote expandable>{escape(answer)}</blockquote>" in texts(ward)


def test_the_bots_words_make_no_message_more_and_none_too_long() -> None:
    with_words, without = a_forum(), a_forum()
    for ward in (with_words, without):
        for number in range(18):
            ward.clock.later(seconds=1)
            ward.says(ANNA, f"{MAKEUP} {'really ' * 20}{number}")
    for row in list(without.records.memory.deliveries.values()):
        without.records.memory.deliveries[row.id] = replace(row, purpose=Purpose.PLAIN)
    follow(with_words)
    follow(without)

    shown = in_topic(with_words, with_words.anna().id)
    assert len(shown) == len(in_topic(without, without.anna().id))
    assert max(units(flat(act.text)) for act in shown) <= 4096
    assert texts(with_words).count("<blockquote expandable>") > 10
    assert "<blockquote" not in texts(without)


def test_a_changed_message_is_shown_anew_under_the_first_words_with_both() -> None:
    ward = a_forum()
    message = ward.says(ANNA, MAKEUP)
    follow(ward)
    first = ward.message_of(Purpose.RELAY)

    ward.clock.later(minutes=1)
    ward.says(ANNA, "can i swim tomorrow", edits=message)
    follow(ward)

    changed = in_topic(ward, ward.anna().id)[-1]
    assert "✏️ <b>Anna</b> changed a message" in changed.text
    assert f"<b>Now:</b> can i swim tomorrow\n<b>Before:</b> {MAKEUP}" in changed.text
    assert changed.reply_to == first


def test_a_changed_question_is_offered_anew_under_the_one_that_waited() -> None:
    ward = a_forum()
    ward.says(ANNA, MAKEUP)
    follow(ward)
    ward.says(at_desk(CLARA), "How is it today?", reply_to=ward.message_of(Purpose.RELAY))
    message = ward.says(ANNA, MAKEUP)
    follow(ward)
    first = ward.message_of(Purpose.RELAY)

    ward.says(ANNA, "when can i swim", edits=message)
    follow(ward)

    offered = in_topic(ward, ward.anna().id)[-1]
    assert "when can i swim" in offered.text
    assert offered.reply_to == first


def test_another_answer_by_tap_is_no_changed_message() -> None:
    ward = a_forum()
    chat, at = ANNA.chat, ward.clock.now()
    for words in ("Yes", "No"):
        ward.work.diary.add(Entry(ward.anna().id, at, Heard.CHECK_IN, words, chat, 7))
    follow(ward)

    assert "<b>Anna:</b> No" in texts(ward)
    assert "changed" not in texts(ward)


def test_a_picture_with_a_danger_sign_below_it_is_no_changed_message() -> None:
    ward = a_forum()
    ward.says(ANNA, "pus is coming out and I have fever", media="photo")
    follow(ward)

    assert "[photo] pus is coming out" in texts(ward)
    assert "changed" not in texts(ward)


def test_what_was_confided_before_a_message_was_changed_is_not_quoted_to_the_desk() -> None:
    ward = a_forum()
    message = ward.says(ANNA, "i want to kill myself")
    for label in ("I have it", "Close", "Advice given"):
        ward.tap(CLARA, label)
    ward.later(hours=25)
    ward.says(ANNA, MAKEUP, edits=message)
    follow(ward)

    assert "kill" not in texts(ward)
    assert f"<b>Anna:</b> {MAKEUP}" in texts(ward)

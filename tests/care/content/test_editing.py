"""Nothing goes live unread: words are tried, shown to a sample patient, and published by whoever may."""

from dataclasses import replace

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.people import Member, Role
from bot.care.model.revision import Checked, DraftState, Item, Verdict
from bot.care.services.editing_round import LEASE
from tests.care.content.newsroom import PAUL, a_newsroom
from tests.care.scene import ANNA, BERT, CLARA, FRIDAY_NOON, MARIA, RITA, at_desk

NAME = ("Names of treatments", "PicoSure")
DAY_7 = ("Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Short safety line")
NAMES = Item("en", "treatments/picosure/name")
SAFETY = Item("en", "steps/picosure/PS-03/safety")
NEW = "Our gentle laser"


def test_the_words_are_found_by_buttons_and_read_as_a_patient_reads_them() -> None:
    room = a_newsroom()

    room.opens(MARIA, "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Short safety line")

    assert "PicoSure: Day 3 (PS-03): Short safety line" in room.last(MARIA)
    assert "As Anna (PicoSure, Day 3) reads it today" in room.last(MARIA)
    assert "{{" not in room.last(MARIA)
    assert room.buttons(MARIA) == [
        "Edit", "Another day or patient", "History", "Send it to me", "When: PS-03", "Hold: PicoSure PS-03", "Back",
    ]  # fmt: skip


def test_clinicians_read_and_reception_does_not() -> None:
    room = a_newsroom()

    room.opens(CLARA, *NAME)
    room.opens(RITA)

    assert room.buttons(CLARA) == ["Another day or patient", "History", "Send it to me", "Back"]
    assert "All words" not in "".join(room.heard(RITA))


async def test_what_is_previewed_can_be_read_as_the_message_that_it_would_be() -> None:
    room = a_newsroom()

    room.opens(MARIA, *NAME)
    room.tap(MARIA, "Send it to me")
    as_it_is = room.last(MARIA)
    await room.drafts(MARIA, "Laser for {{ first_name }}", *NAME)
    room.tap(MARIA, "Send it to me")

    assert as_it_is == "PicoSure"
    assert room.last(MARIA) == "Laser for Anna"


def test_a_variant_is_shown_on_a_day_on_which_it_is_read_or_it_says_that_nobody_does() -> None:
    room = a_newsroom()

    room.opens(MARIA, "Answers to questions", "▶", "Makeup", "Answer, makeup: open")
    open_ = room.last(MARIA)
    room.tap(MARIA, "Another day or patient")
    room.tap(MARIA, "Day 0")

    assert "reads it today" in open_
    assert "They read other words" in room.last(MARIA)


async def test_nothing_is_published_before_it_was_tried_and_read() -> None:
    room = a_newsroom()

    room.opens(MARIA, *NAME, "Edit")
    asked = room.last(MARIA)
    room.writes(MARIA, NEW)
    at_once = room.heard(MARIA)[-2]
    await room.works()
    ready = room.last(MARIA)
    before = dict(room.press.says)
    room.tap(MARIA, "Publish")
    await room.works()

    assert "Send me the new words" in asked
    assert "Checking" in at_once
    assert "<b>New:</b> " in ready
    assert NEW in ready
    assert before == {}
    assert room.press.says == {NAMES: NEW}
    assert "Published" in room.last(MARIA)
    (revision,) = room.work.revisions.latest(limit=9)
    assert (revision.by, revision.why) == (MARIA.account, "edit")
    assert room.audited()[-2:] == ["publish-words", "revise-words"]


async def test_what_was_published_is_taken_back_in_two_taps() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *NAME)
    room.tap(MARIA, "Publish")
    await room.works()
    old = room.work.revisions.get(1).change.rewordings[0].old

    room.tap(MARIA, "Take it back")
    await room.works()
    room.tap(MARIA, "Publish")
    await room.works()

    assert room.press.says == {NAMES: old}
    assert [one.why for one in room.work.revisions.latest(limit=9)] == ["undo:1", "edit"]


async def test_the_history_of_an_item_names_who_when_and_what() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *NAME)
    room.tap(MARIA, "Publish")
    await room.works()

    room.opens(CLARA, *NAME, "History")
    listed = room.last(CLARA)
    room.tap(CLARA, "1")

    assert "Maria: PicoSure (edited here)" in listed
    assert "<b>After:</b>" in room.last(CLARA)
    assert room.buttons(CLARA) == ["Back"]


async def test_faults_are_said_and_the_next_message_is_the_mended_text() -> None:
    room = a_newsroom()
    room.press.finds = Checked(Verdict.REFUSED, ("a message cannot compute",), "old")
    await room.drafts(MARIA, "{{ 1 + 1 }}", *NAME)
    refused = room.last(MARIA)
    room.press.finds = None

    taken = room.writes(MARIA, NEW)
    await room.works()

    assert "a message cannot compute" in refused
    assert room.press.says == {}
    assert taken
    assert "not live yet" in room.last(MARIA)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param("{% if face == 'yes' %}Hello{% endif %}", "Conditions", id="a condition"),
        pytest.param("Hello {{ nobody }}.", "do not know nobody here", id="a name that the phrase has not"),
    ],
)
def test_what_cannot_stand_in_a_phrase_is_said_at_once_and_asked_for_again(words: str, why: str) -> None:
    room = a_newsroom()
    room.opens(MARIA, "Everything else I say", "answering", "▶", "thanks", "Edit")

    room.writes(MARIA, words)

    assert why in room.last(MARIA)
    assert room.writes(MARIA, "Thank you, that is noted.")


async def test_what_is_about_recovery_goes_live_after_a_clinician_s_tap_only() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *DAY_7)

    room.tap(MARIA, "Publish")
    await room.works()
    asked = (room.last(MARIA), room.last(CLARA), dict(room.press.says))
    room.tap(CLARA, "Publish")
    await room.works()

    assert "I asked Clara" in asked[0]
    assert "Maria asks you" in asked[1]
    assert asked[2] == {}
    assert room.press.says == {SAFETY: NEW}
    assert room.work.revisions.get(1).by == MARIA.account


async def test_whoever_asked_a_clinician_reads_in_that_message_who_let_it_go_live() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *DAY_7)
    room.tap(MARIA, "Publish")
    asked = room.targets(MARIA)[-1]

    room.tap(CLARA, "Publish")
    await room.works()

    assert "Published" in room.last(MARIA)
    assert "Clara let it go live" in room.last(MARIA)
    assert "Clara let it go live" in room.last(CLARA)
    assert asked is not None
    assert room.targets(MARIA)[-1] == asked


async def test_the_history_names_who_wrote_and_who_let_it_go_live_where_they_are_two() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *DAY_7)
    room.tap(MARIA, "Publish")
    room.tap(CLARA, "Publish")
    await room.works()
    await room.drafts(MARIA, NEW, *NAME)
    room.tap(MARIA, "Publish")
    await room.works()

    room.opens(MARIA, "Latest changes")
    newest, oldest = (line for line in room.last(MARIA).splitlines() if "Maria" in line)
    room.tap(MARIA, "1")

    assert "Maria, let go live by Clara:" in oldest
    assert "Maria, let go live by Clara:" in room.last(MARIA)
    assert "Maria:" in newest


async def test_a_clinician_s_no_reaches_whoever_wrote_the_words() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *DAY_7)
    room.tap(MARIA, "Publish")

    room.tap(CLARA, "Discard")

    assert "Clara discarded your words" in room.last(MARIA)
    assert room.buttons(MARIA) == ["Back to these words"]
    assert room.press.says == {}


async def test_without_a_clinician_words_about_recovery_wait() -> None:
    room = a_newsroom()
    room.work.team.remove(CLARA.account)
    await room.drafts(MARIA, NEW, *DAY_7)

    room.tap(MARIA, "Publish")
    await room.works()

    assert "no clinician on the team" in room.last(MARIA)
    assert room.press.says == {}


async def test_the_second_of_two_admins_is_told_of_the_first_and_shown_both() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, NEW, *NAME)

    room.opens(PAUL, *NAME, "Edit")
    told = room.last(PAUL)
    room.writes(PAUL, "The gentle one")
    await room.works()
    room.tap(MARIA, "Publish")
    await room.works()
    room.tap(PAUL, "Publish")
    await room.works()
    await room.works()

    assert f"Maria</b> has been editing these words too, since 20 November, 12:14: <i>{NEW}</i>" in told
    assert "Careful: Maria changed these words meanwhile" in room.last(PAUL)
    assert room.press.says == {NAMES: NEW}
    room.tap(PAUL, "Publish")
    await room.works()
    assert room.press.says == {NAMES: "The gentle one"}


def test_only_the_next_message_of_this_person_in_this_chat_is_taken() -> None:
    room = a_newsroom()
    room.opens(MARIA, *NAME, "Edit")

    assert not room.writes(PAUL, NEW)
    assert not room.writes(at_desk(MARIA), NEW)
    room.clock.later(hours=2)
    assert not room.writes(MARIA, NEW)


def test_at_the_desk_the_new_words_are_asked_for_with_a_reply() -> None:
    room = a_newsroom()

    room.opens(at_desk(MARIA), *NAME, "Edit")

    assert room.arrived[-1][1].force_reply
    assert room.writes(at_desk(MARIA), NEW)


def test_an_edit_that_is_cancelled_takes_no_words() -> None:
    room = a_newsroom()
    room.opens(MARIA, *NAME, "Edit")

    room.tap(MARIA, "Cancel")

    assert "Nothing was changed" in room.last(MARIA)
    assert not room.writes(MARIA, NEW)


def test_what_was_left_of_another_draft_takes_no_question_away() -> None:
    room = a_newsroom()
    room.opens(MARIA, *DAY_7, "Edit")
    room.opens(MARIA, *NAME, "Edit")

    room.tap(MARIA, "Cancel", nth=0)

    assert room.writes(MARIA, NEW)


async def test_words_for_another_draft_are_not_taken_for_one_that_was_refused_meanwhile() -> None:
    room = a_newsroom()
    room.press.finds = Checked(Verdict.REFUSED, ("a message cannot compute",), "old")
    room.opens(MARIA, *NAME, "Edit")
    room.writes(MARIA, "{{ 1 + 1 }}")
    room.opens(MARIA, *DAY_7, "Edit")
    await room.works()
    room.press.finds = None

    assert room.writes(MARIA, "It is {{ day_words }}.")
    await room.works()
    assert "It is Day 3." in room.last(MARIA)

    room.tap(MARIA, "Other words", nth=0)
    assert room.writes(MARIA, NEW)
    await room.works()
    assert NEW in room.last(MARIA)


def test_placeholders_are_offered_with_what_they_say_today() -> None:
    room = a_newsroom()
    room.opens(MARIA, *DAY_7, "Edit")

    room.tap(MARIA, "Placeholders, to copy")

    assert any(label.startswith("urgent_any_hour: phone +44") for label in room.buttons(MARIA))
    copied = [button.copy for row in room.arrived[-1][1].keyboard for button in row]
    assert "{{ urgent_any_hour }}" in copied


async def test_a_draft_can_be_read_as_other_patients_and_given_other_words() -> None:
    room = a_newsroom()
    await room.drafts(MARIA, "It is {{ day_words }}.", *DAY_7)

    room.tap(MARIA, "Another day or patient")
    room.tap(MARIA, "Day 14")
    seen = room.last(MARIA)
    room.tap(MARIA, "Other words")
    room.writes(MARIA, NEW)
    await room.works()

    assert "It is Day 14." in seen
    assert NEW in room.last(MARIA)


async def test_whatever_goes_wrong_whoever_waits_hears_of_it() -> None:
    room = a_newsroom()
    room.press.broken = True

    await room.drafts(MARIA, NEW, *NAME)

    assert "Something went wrong on my side" in room.last(MARIA)


async def test_work_that_another_process_has_in_hand_is_left_to_it_until_its_lease_is_over() -> None:
    room = a_newsroom()
    room.opens(MARIA, *NAME, "Edit")
    room.writes(MARIA, NEW)
    (draft,) = room.work.drafts.in_state(DraftState.CHECKING)
    room.work.drafts.claim(draft, lease=LEASE)

    await room.works()
    waiting = room.heard(MARIA)[-2]
    room.records.machine.advance(LEASE)
    await room.works()

    assert "Checking" in waiting
    assert "not live yet" in room.last(MARIA)


async def test_nobody_on_the_team_is_refused_by_a_button_that_was_left_over() -> None:
    room = a_newsroom()
    await room.drafts(PAUL, NEW, *NAME)
    room.work.team.save(Member(PAUL.account, PAUL.name, Role.RECEPTION, FRIDAY_NOON))

    room.tap(PAUL, "Publish")
    await room.works()

    assert room.press.says == {}


async def test_it_is_said_who_will_read_the_new_words_who_had_them_and_who_is_on_hold() -> None:
    room = a_newsroom()
    for words, who in (("Anna picosure", ANNA), ("Bert picosure", BERT)):
        room.enrol(words)
        room.join(who)
    anna, bert = room.people()
    room.work.patients.save(bert.stop(at=room.clock.now()))

    await room.drafts(MARIA, NEW, *DAY_7)
    first = room.last(MARIA)
    row = next(row for row in room.planned(anna) if row.step == "PS-03")
    room.records.memory.deliveries[row.id] = replace(row, state=DeliveryState.SENT)
    await room.drafts(MARIA, NEW, *DAY_7)

    assert "with this message: 2. 1 will read the new words (first: 23 November, 09:30)" in first
    assert "0 had it already, 1 on hold" in first
    assert "none of them will read the new words: 1 had it already, 1 on hold" in room.last(MARIA)

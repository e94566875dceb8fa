"""A message is put on another day or hour by buttons; running plans stay or follow, and nobody gets it twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.enrolment import KeptTiming
from bot.care.model.inbound import Sender
from bot.care.model.revision import Checked, Draft, DraftState, FileChange, Item, Verdict
from bot.care.model.timing import Timing, as_kept, retimed
from bot.care.services.planning import Planning
from tests.builders import an_enrolment
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import ANNA, BERT, CLARA, MARIA, RITA

CARL = Sender(1003, 1003, "Carl", "en")
DAY_3 = ("Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "When: PS-03")
KEEP, MOVE = "Publish, keep them as planned", "Publish, move them"


@pytest.fixture
def room() -> Newsroom:
    room = a_newsroom()
    for who in (ANNA, BERT):
        room.enrol(f"{who.name} picosure")
        room.join(who)
    return room


def day_3(room: Newsroom, who: Sender) -> Delivery:
    patient = room.work.patients.by_chat(who.chat)
    assert patient is not None
    return next(row for row in room.work.outbox.of_patient(patient.id) if row.step == "PS-03")


def due(room: Newsroom) -> list[datetime]:
    return [day_3(room, who).due_at for who in (ANNA, BERT)]


def had(room: Newsroom, who: Sender) -> None:
    """As once the message has arrived."""
    row = day_3(room, who)
    room.records.memory.deliveries[row.id] = replace(row, state=DeliveryState.SENT, sent_at=row.due_at)


def goes_live(room: Newsroom) -> None:
    """As once the changed file is in use."""
    draft = list(room.records.memory.drafts.values())[-1]
    shelf = room.library.shelf
    protocol = retimed(shelf.protocols["picosure"], "PS-03", Timing.named(draft.words))
    room.library.shelf = replace(shelf, protocols={**shelf.protocols, "picosure": protocol})


def replanned(room: Newsroom, who: Sender) -> None:
    """As after any change of theirs."""
    patient = room.work.patients.by_chat(who.chat)
    assert patient is not None
    enrolment = room.work.enrolments.current(patient.id)
    assert enrolment is not None
    Planning(room.library).replan(room.work, patient, enrolment, at=room.clock.now())


async def is_checked(room: Newsroom, *labels: str) -> None:
    room.opens(MARIA, *DAY_3, *labels, "Check this")
    await room.works()
    room.tap(MARIA, KEEP)


async def is_settled(room: Newsroom, label: str) -> None:
    """From the clinician's tap until the new file is in use and the plans are seen to."""
    room.tap(CLARA, label)
    await room.works()
    goes_live(room)
    await room.works()


def test_a_day_and_an_hour_are_chosen_on_a_calendar_and_nothing_is_changed_yet(room: Newsroom) -> None:
    before = due(room)

    room.opens(MARIA, *DAY_3)
    now = room.last(MARIA)
    room.tap(MARIA, "A day later")
    room.tap(MARIA, "Half an hour later")

    assert "<b>Monday, 23 November, 9:30: day 3 (PS-03)</b>" in now.replace("09:30", "9:30")
    assert "Check this" not in now
    assert "Nothing is changed yet" in room.last(MARIA)
    assert "<b>Tuesday, 24 November, 10:00: day 4 (PS-03)</b>" in room.last(MARIA)
    assert due(room) == before


def test_clinicians_look_and_reception_does_not(room: Newsroom) -> None:
    room.opens(CLARA, *DAY_3)
    room.opens(RITA)

    assert room.buttons(CLARA) == ["Do not ask: “signs” (8 answers)", "Back"]
    assert "calendar" not in "".join(room.heard(RITA))


def test_what_leaves_at_the_session_s_end_has_no_day_or_hour_to_choose(room: Newsroom) -> None:
    room.opens(MARIA, "Treatments, day by day", "PicoSure", "Day 0 (PS-00)", "When: PS-00")

    assert room.buttons(MARIA) == [
        "• sent all the same", "its safety line goes into the next", "not sent", "Do not ask: “Got it”", "Back",
    ]  # fmt: skip


async def test_it_says_who_would_get_it_when_and_who_had_it(room: Newsroom) -> None:
    had(room, BERT)

    await is_checked(room, "A day later")
    asked = room.heard(CLARA)[-1]

    assert "Patients in progress with this message before them: 1.</b> 1 had it already" in asked
    assert "Anna (A-1): 23 November, 09:30 → 24 November, 09:30" in asked
    assert "Bert" not in asked


async def test_kept_plans_stay_as_they_are(room: Newsroom) -> None:
    before = due(room)
    await is_checked(room, "A day later")

    await is_settled(room, KEEP)

    assert due(room) == before
    assert "keep the old day and hour" in room.last(CLARA)
    (revision,) = room.work.revisions.latest(limit=9)
    assert revision.why == "timing:picosure/PS-03"


async def test_a_kept_plan_holds_when_the_patient_s_next_session_moves_and_newcomers_get_the_new_one(
    room: Newsroom,
) -> None:
    before = due(room)
    await is_checked(room, "A day later")
    await is_settled(room, KEEP)

    for who in (ANNA, BERT):
        replanned(room, who)
    room.enrol(f"{CARL.name} picosure")
    room.join(CARL)

    assert due(room) == before
    assert day_3(room, CARL).due_at == before[0] + timedelta(days=1)


async def test_a_second_keep_leaves_her_where_she_was_and_not_where_the_file_had_it_between(room: Newsroom) -> None:
    """The repetition of a question went along with its message; later it is put on another day itself."""
    await is_checked(room, "A day later")
    await is_settled(room, KEEP)
    shelf = room.library.shelf
    protocol = shelf.protocols["picosure"]
    again = protocol.step("PS-03-again")
    assert again is not None
    old, new = Timing.of(again).alone, replace(Timing.of(again).alone, day=again.day + 1)
    item = Item("", "timing/picosure/PS-03-again")
    draft = Draft(item, "", f"{new} keep", str(old), DraftState.MOVING, 2, 2, room.clock.now(), 1)
    room.work.drafts.add(draft)
    moved = retimed(protocol, again.id, new)
    room.library.shelf = replace(shelf, protocols={**shelf.protocols, "picosure": moved})

    await room.works()
    patient = room.work.patients.by_chat(ANNA.chat)
    assert patient is not None
    enrolment = room.work.enrolments.current(patient.id)
    assert enrolment is not None
    own = as_kept(moved, enrolment)

    assert [step.day for step in own.steps if step.id in ("PS-03", "PS-03-again")] == [3, 4]


async def test_whoever_was_kept_may_be_moved_later(room: Newsroom) -> None:
    before = due(room)
    await is_checked(room, "A day later")
    await is_settled(room, KEEP)

    await is_checked(room, "A day later")
    asked = room.heard(CLARA)[-1]
    await is_settled(room, MOVE)

    assert "Anna (A-1): 23 November, 09:30 → 25 November, 09:30" in asked
    assert due(room) == [one + timedelta(days=2) for one in before]


async def test_moved_plans_follow_once_it_is_live_and_whoever_had_it_gets_it_no_second_time(room: Newsroom) -> None:
    before = due(room)
    had(room, BERT)
    await is_checked(room, "A day later")

    room.tap(CLARA, MOVE)
    await room.works()
    await room.works()
    published = due(room)
    goes_live(room)
    await room.works()

    assert published == before
    assert due(room) == [before[0] + timedelta(days=1), before[1]]
    assert day_3(room, BERT).state is DeliveryState.SENT
    assert len([row for row in room.records.memory.deliveries.values() if row.step == "PS-03"]) == 2
    assert "Plans made anew: 2" in room.last(CLARA)


async def test_a_timing_that_was_overtaken_moves_nobody_and_says_so(room: Newsroom) -> None:
    before = due(room)
    await is_checked(room, "A day later")
    room.tap(CLARA, MOVE)
    await room.works()

    room.clock.at += timedelta(minutes=11)
    await room.works()

    assert due(room) == before
    assert "they stay as they are" in room.last(CLARA)
    assert [draft.state for draft in room.records.memory.drafts.values()] == [DraftState.SAVED]


async def test_a_move_whose_process_died_after_writing_is_done_even_where_only_the_new_timing_is_found(
    room: Newsroom,
) -> None:
    before = due(room)
    await is_checked(room, "A day later")
    room.tap(CLARA, MOVE)
    room.press.print, room.press.finds = "as written", Checked(Verdict.SAME)

    await room.works()
    await room.works()
    goes_live(room)
    await room.works()

    assert due(room) == [one + timedelta(days=1) for one in before]
    assert "Plans made anew: 2" in room.last(CLARA)


async def test_another_rule_for_the_late_moves_nobody(room: Newsroom) -> None:
    room.opens(MARIA, *DAY_3, "not sent", "Check this")
    await room.works()

    assert room.buttons(MARIA) == ["Publish", "Discard"]
    assert "before them" not in room.last(MARIA)


def test_what_leans_on_a_kept_step_and_was_kept_itself_stays_where_it_was(room: Newsroom) -> None:
    protocol = room.library.shelf.protocols["picosure"]
    again, own = protocol.step("PS-03-again"), protocol.step("PS-03")
    assert again is not None
    assert own is not None
    kept = an_enrolment().keep_timing(KeptTiming("picosure", "PS-03-again", str(Timing.of(again))))
    kept = kept.keep_timing(KeptTiming("picosure", "PS-03", str(Timing.of(own))))
    moved = retimed(protocol, "PS-03", replace(Timing.of(own), day=own.day + 2))

    found = as_kept(moved, kept)

    assert [found.step(one.id) for one in (own, again)] == [own, again]


def asks(room: Newsroom, step: str = "PS-03") -> list[str]:
    found = room.library.shelf.protocols["picosure"].step(step)
    return [ask.id for ask in found.asks] if found is not None else []


def test_what_a_message_asks_is_listed_and_put_in_another_order_and_nothing_is_changed_yet(room: Newsroom) -> None:
    room.opens(MARIA, *DAY_3)
    now = room.last(MARIA)
    room.tap(MARIA, "↑ redness 0-4")
    room.tap(MARIA, "Do not ask: a photo")

    assert "Asks: pain 0-10, redness 0-4, “signs” (8 answers), a photo" in now
    assert "goes into the next. Asks: redness 0-4, pain 0-10, “signs” (8 answers)\nNothing is changed yet" in room.last(
        MARIA
    )
    assert "Ask: a photo" in room.buttons(MARIA)
    assert asks(room) == ["pain", "redness", "signs", "photo"]


async def test_a_question_taken_off_goes_live_for_everybody_by_a_clinician_s_tap_and_moves_nobody(
    room: Newsroom,
) -> None:
    before = due(room)
    had(room, BERT)
    room.opens(MARIA, *DAY_3, "Do not ask: redness 0-4", "Check this")
    await room.works()
    told = room.last(MARIA)

    room.tap(MARIA, "Publish")
    room.tap(CLARA, "Publish")
    await room.works()
    goes_live(room)

    assert "What is asked changes for everybody" in told
    assert "this message before them: 1 (first: 23 November, 09:30); 1 had it already" in told
    assert asks(room) == asks(room, "PS-03-again") == ["pain", "signs", "photo"]
    assert due(room) == before
    assert [one.why for one in room.work.revisions.latest(limit=9)] == ["timing:picosure/PS-03"]


async def test_whoever_keeps_the_old_day_is_asked_what_everybody_is_asked(room: Newsroom) -> None:
    before = due(room)
    await is_checked(room, "A day later", "Do not ask: redness 0-4")

    await is_settled(room, KEEP)
    patient = room.work.patients.by_chat(ANNA.chat)
    assert patient is not None
    enrolment = room.work.enrolments.current(patient.id)
    assert enrolment is not None
    own = as_kept(room.library.shelf.protocols["picosure"], enrolment).step("PS-03")

    assert due(room) == before
    assert own is not None
    assert (own.day, [ask.id for ask in own.asks]) == (3, ["pain", "signs", "photo"])


def test_pain_taken_off_warns_that_nothing_raises_an_alert_by_it(room: Newsroom) -> None:
    room.opens(MARIA, *DAY_3, "Do not ask: a photo")
    harmless = room.last(MARIA)
    room.tap(MARIA, "Do not ask: pain 0-10")

    assert "⚠" not in harmless
    assert "Not asked any more: pain 0-10." in room.last(MARIA)


async def test_only_a_clinician_takes_off_what_looks_for_danger_signs(room: Newsroom) -> None:
    room.opens(MARIA, *DAY_3)
    for_admins = room.buttons(MARIA)
    room.opens(CLARA, *DAY_3, "Do not ask: “signs” (8 answers)", "Check this")
    await room.works()
    told = room.last(CLARA)
    room.tap(CLARA, "Publish")
    await room.works()
    goes_live(room)

    assert "Do not ask: pain 0-10" in for_admins
    assert "Do not ask: “signs” (8 answers)" not in for_admins
    assert "Not asked any more: “signs” (8 answers)." in told
    assert asks(room) == ["pain", "redness", "photo"]


async def test_taking_it_back_says_that_it_is_asked_again(room: Newsroom) -> None:
    room.opens(CLARA, *DAY_3, "Do not ask: “signs” (8 answers)", "Check this")
    await room.works()
    room.tap(CLARA, "Publish")
    await room.works()
    goes_live(room)
    before = "3 09:30:00 fold pain:pain10,redness:r4,signs:choice,photo:photo"
    change = FileChange("protocols/picosure.toml", "old", "new", (), "1", "1")
    room.press.finds = Checked(Verdict.DONE, (), "", change, "version", then=before)

    room.opens(MARIA, "Latest changes", "1", "Take it back")
    await room.works()

    assert "Asks: pain 0-10, redness 0-4, “signs”, a photo\n\n" in room.last(MARIA)


def test_whether_the_skin_is_closed_and_calm_is_never_taken_off(room: Newsroom) -> None:
    room.opens(CLARA, "Treatments, day by day", "PicoSure", "Day 7 (PS-07)", "When: PicoSure")

    assert "Asks: “skin” (2 answers)" in room.last(CLARA)
    assert room.buttons(CLARA) == ["Back"]


def test_a_score_is_put_only_on_what_looks_for_danger_signs_and_got_it_only_alone(room: Newsroom) -> None:
    room.opens(MARIA, "Treatments, day by day", "PicoSure", "Day 7 (PS-07)", "When: PicoSure")
    looking = [label for label in room.buttons(MARIA) if label.startswith("Ask: ")]
    room.opens(MARIA, "Treatments, day by day", "PicoSure", "Day 0 (PS-00)", "When: PS-00", "Do not ask: “Got it”")
    first = [label for label in room.buttons(MARIA) if label.startswith("Ask: ")]

    assert looking == ["Ask: pain 0-10", "Ask: redness 0-4", "Ask: a photo"]
    assert first == ["Ask: “Got it”"]

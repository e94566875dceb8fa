"""A timing changed in its file keeps whoever is on their way, asks admins, and sends nobody anything twice."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.inbound import Sender
from bot.care.model.protocol import Late, Moment, Protocol, Step, Until
from bot.care.model.revision import Checked, Draft, DraftState, FileChange, Item, Revision
from bot.care.model.timing import Place, Timing, as_kept, retimings
from bot.care.services.editing_round import LEASE, PLANS_LEASE
from bot.care.services.planning import Planning
from bot.care.services.publishing import Publishing
from tests.care.content.newsroom import PAUL, FakePress, Newsroom, a_newsroom
from tests.care.scene import ANNA, BERT, CLARA, FRIDAY_NOON, MARIA, RITA
from tests.fakes.clock import FakeClock

CARL = Sender(1003, 1003, "Carl", "en")
FILE = "protocols/picosure.toml"
KEEP, MOVE = "Keep them on the old plan", "Move them"
DAY = timedelta(days=1)


@pytest.fixture
def room() -> Newsroom:
    room = a_newsroom()
    for who in (ANNA, BERT):
        room.enrol(f"{who.name} picosure")
        room.join(who)
    return room


def plan(room: Newsroom) -> Protocol:
    return room.library.shelf.protocols["picosure"]


def rows(room: Newsroom, who: Sender, step: str = "PS-03") -> list[Delivery]:
    patient = room.work.patients.by_chat(who.chat)
    assert patient is not None
    return [row for row in room.work.outbox.of_patient(patient.id) if row.step == step and not _is_off(row)]


def _is_off(row: Delivery) -> bool:
    return row.state is DeliveryState.CANCELLED


def due(room: Newsroom, who: Sender = ANNA, step: str = "PS-03") -> datetime:
    (row,) = rows(room, who, step)
    return row.due_at


def had(room: Newsroom, who: Sender) -> None:
    (row,) = rows(room, who)
    room.records.memory.deliveries[row.id] = replace(row, state=DeliveryState.SENT, sent_at=row.due_at)


def is_edited(room: Newsroom, *steps: str, **more: object) -> FileChange:
    """As once the changed file is in use, and nothing is noted yet."""
    shelf, old = room.library.shelf, plan(room)
    new = replace(old, steps=tuple(_edited(one, **more) if one.id in steps else one for one in old.steps))
    room.library.shelf = replace(shelf, protocols={**shelf.protocols, "picosure": new})
    number = len(room.records.memory.revisions) + 1
    return FileChange(FILE, "old", "new", (), str(number), str(number + 1), retimings(old, new))


def _edited(step: Step, **more: Any) -> Step:  # noqa: ANN401 - whatever a step has
    """Who changes the day and says no more changes with it until when it is of use."""
    days = more.get("day", step.day) - step.day
    return replace(step, **{"until": replace(step.until, day=step.until.day + days), **more})


def is_noted(room: Newsroom, change: FileChange) -> None:
    Publishing(room.library).note(room.work, [change], version="v", held_back={}, at=room.clock.now())


async def changes(room: Newsroom, *steps: str, **more: object) -> None:
    is_noted(room, is_edited(room, *steps, **more))
    await room.works()


def replanned(room: Newsroom, *who: Sender) -> None:
    """As after anything of theirs that has their plan made anew."""
    for one in who:
        patient = room.work.patients.by_chat(one.chat)
        assert patient is not None
        enrolment = room.work.enrolments.current(patient.id)
        assert enrolment is not None
        Planning(room.library).replan(room.work, patient, enrolment, at=room.clock.now())


def drafts(room: Newsroom) -> list[DraftState]:
    return [draft.state for draft in room.records.memory.drafts.values()]


@pytest.mark.parametrize(
    "said",
    [
        "3 09:30:00 fold morning 4 18:00:00 - -",
        "7 - drop evening 2 20:30:00 3 -",
        "1 - send fixed 0 12:00:00 - 24",
        pytest.param("3 09:30:00 fold", id="as kept before it was written to the letter"),
    ],
)
def test_a_place_is_read_as_it_is_written(said: str) -> None:
    assert str(Place.named(said)) == said
    assert Timing.named(said) == Place.named(said).timing


async def test_nobody_is_moved_until_somebody_decides_and_whoever_is_new_follows_the_file(room: Newsroom) -> None:
    before = due(room)

    await changes(room, "PS-03", day=5)
    replanned(room, ANNA, BERT)
    room.enrol(f"{CARL.name} picosure")
    room.join(CARL)

    assert [due(room, who) for who in (ANNA, BERT)] == [before, before]
    assert due(room, CARL) == before + 2 * DAY
    assert drafts(room) == [DraftState.READY]


async def test_every_admin_reads_what_was_changed_and_what_would_be_sent_when(room: Newsroom) -> None:
    had(room, BERT)

    await changes(room, "PS-03", day=5, late=Late.DROP)
    asked = room.last(MARIA)

    assert "<b>PicoSure: when messages are sent was changed in the file.</b>" in asked
    assert "<b>PS-03</b>\nBefore: day 3, 09:30. Late: its safety line goes into the next" in asked
    assert "\nNow: day 5, 09:30. Late: not sent" in asked
    assert "whose plan this would change: 1.</b>" in asked
    assert "1 had it already" in asked
    assert "Anna (A-1), PS-03: 23 November, 09:30 → 25 November, 09:30" in asked
    assert "Bert" not in asked
    assert room.buttons(MARIA) == room.buttons(PAUL) == [KEEP, MOVE]
    assert not any("changed in the file" in text for who in (CLARA, RITA) for text in room.heard(who))


async def test_moved_they_follow_the_file_and_whoever_had_it_gets_it_no_second_time(room: Newsroom) -> None:
    before = due(room)
    had(room, BERT)
    await changes(room, "PS-03", day=5)

    room.tap(MARIA, MOVE)
    await room.works()
    replanned(room, ANNA, BERT)

    assert due(room) == before + 2 * DAY
    assert [row.state for row in rows(room, BERT)] == [DeliveryState.SENT]
    assert len([row for row in room.records.memory.deliveries.values() if row.step == "PS-03"]) == 2
    assert "Plans made anew: 2. Whoever had it already does not get it again." in room.last(MARIA)


async def test_kept_they_stay_whatever_comes(room: Newsroom) -> None:
    before = due(room)
    await changes(room, "PS-03", day=5)

    room.tap(MARIA, KEEP)
    await room.works()
    replanned(room, ANNA)

    assert due(room) == before
    assert "They keep the old plan" in room.last(MARIA)
    assert drafts(room) == [DraftState.SAVED]


@pytest.mark.parametrize(("first", "said"), [(KEEP, "they keep the old plan"), (MOVE, "they are moved")])
async def test_the_second_admin_is_told_what_the_first_decided(room: Newsroom, first: str, said: str) -> None:
    await changes(room, "PS-03", day=5)
    room.tap(MARIA, first)
    await room.works()
    decided = due(room)

    room.tap(PAUL, MOVE if first is KEEP else KEEP)
    await room.works()

    assert f"Maria has decided this: {said}." in room.last(PAUL)
    assert due(room) == decided


async def test_a_newer_change_asks_anew_and_says_so_and_the_old_question_moves_nobody(room: Newsroom) -> None:
    before = due(room)
    await changes(room, "PS-03", day=5)
    await changes(room, "PS-03", day=6)
    asked = room.last(MARIA)

    room.tap(MARIA, MOVE, nth=0)
    await room.works()
    stayed, told = due(room), room.last(MARIA)
    room.tap(PAUL, MOVE)
    await room.works()

    assert "This takes the place of the question before" in asked
    assert "Anna (A-1), PS-03: 23 November, 09:30 → 26 November, 09:30" in asked
    assert "the newer question counts" in told
    assert stayed == before
    assert due(room) == before + 3 * DAY


async def test_another_step_changed_later_is_asked_about_together_with_the_first(room: Newsroom) -> None:
    before = due(room), due(room, step="PS-07")
    await changes(room, "PS-03", day=5)
    room.enrol(f"{CARL.name} picosure")
    room.join(CARL)
    await changes(room, "PS-07", day=8)
    asked = room.last(MARIA)
    replanned(room, ANNA, CARL)
    kept = [due(room), due(room, step="PS-07")], [due(room, CARL), due(room, CARL, "PS-07")]
    room.tap(MARIA, MOVE)
    await room.works()

    assert "<b>PS-03</b> (changed before, and not decided yet)\nNow: day 5" in asked
    assert "<b>PS-07</b>\nBefore: day 7" in asked
    assert kept == ([*before], [before[0] + 2 * DAY, before[1]])
    assert [due(room), due(room, step="PS-07")] == [before[0] + 2 * DAY, before[1] + DAY]
    assert due(room, CARL, "PS-07") == before[1] + DAY


async def test_two_changes_one_after_the_other_before_anybody_was_kept_leave_her_where_she_was(room: Newsroom) -> None:
    before = due(room)
    for day in (5, 6):
        is_noted(room, is_edited(room, "PS-03", day=day))
        replanned(room, ANNA)

    await room.works()

    assert due(room) == before
    assert sorted(drafts(room)) == [DraftState.ENDED, DraftState.READY]


async def test_who_was_planned_anew_before_it_was_noted_is_put_back(room: Newsroom) -> None:
    before = due(room)
    change = is_edited(room, "PS-03", day=5)
    replanned(room, ANNA)
    moved = due(room)

    is_noted(room, change)
    await room.works()

    assert moved == before + 2 * DAY
    assert due(room) == before


async def test_until_when_it_is_useful_and_the_part_of_the_day_stay_too(room: Newsroom) -> None:
    old = plan(room).step("PS-03")
    assert old is not None
    (before,) = rows(room, ANNA)

    # forgotten beside the day: kept as a distance, it would be over before it was due
    await changes(room, "PS-03", day=1, moment=Moment.EVENING, until=replace(old.until, day=1))
    replanned(room, ANNA)

    (after,) = rows(room, ANNA)
    assert (after.due_at, after.useful_until) == (before.due_at, before.useful_until)


async def test_what_leans_on_it_and_was_not_changed_stays_where_it_is(room: Newsroom) -> None:
    before = plan(room).step("PS-03-again")
    await changes(room, "PS-03", day=2)
    patient = room.work.patients.by_chat(ANNA.chat)
    assert patient is not None
    enrolment = room.work.enrolments.current(patient.id)
    assert enrolment is not None

    own = as_kept(plan(room), enrolment)

    assert own.step("PS-03-again") == before
    assert [kept.step for kept in enrolment.kept_timings] == ["PS-03"]


async def test_another_rule_for_the_late_is_asked_about_too(room: Newsroom) -> None:
    await changes(room, "PS-03", late=Late.DROP)

    assert "→ the same, with the new rule for late ones" in room.last(MARIA)
    assert room.buttons(MARIA) == [KEEP, MOVE]


async def test_another_hour_until_which_it_is_of_use_is_named_and_asked_about_too(room: Newsroom) -> None:
    (before,) = rows(room, ANNA)

    await changes(room, "PS-03", until=Until(3, time(10)))
    asked = room.last(MARIA)
    replanned(room, ANNA)
    (kept,) = rows(room, ANNA)
    room.tap(MARIA, MOVE)
    await room.works()
    (moved,) = rows(room, ANNA)

    assert "Late: its safety line goes into the next. Of use until: day 4, 18:00\nNow: " in asked
    assert "Of use until: day 3, 10:00" in asked
    assert kept.useful_until == before.useful_until
    assert moved.useful_until == before.due_at + timedelta(minutes=30)


async def test_what_stays_for_somebody_without_a_next_date_is_decided_too(room: Newsroom) -> None:
    old = plan(room).step("PRE-14")
    assert old is not None

    await changes(room, "PRE-14", day=old.day + 6)
    asked = room.last(MARIA)
    room.tap(MARIA, MOVE)
    await room.works()
    patient = room.work.patients.by_chat(ANNA.chat)
    assert patient is not None
    enrolment = room.work.enrolments.current(patient.id)
    assert enrolment is not None

    assert "whose plan this would change: 2.</b>" in asked
    assert "0 would not get it any more" in asked
    assert "Anna (A-1), PRE-14: not planned yet → as in the file, once it is planned" in asked
    assert enrolment.kept_timings == ()


async def test_what_is_over_for_everybody_who_never_got_it_is_not_asked_about(room: Newsroom) -> None:
    for who in (ANNA, BERT):
        (row,) = rows(room, who)
        del room.records.memory.deliveries[row.id]
    room.clock.at += timedelta(days=30)

    await changes(room, "PS-03", day=5)

    assert "so there is nothing to decide" in room.last(MARIA)
    assert drafts(room) == [DraftState.SAVED]


async def test_where_no_plan_would_change_there_is_nothing_to_decide(room: Newsroom) -> None:
    for who in (ANNA, BERT):
        had(room, who)

    await changes(room, "PS-03", day=5)

    assert "so there is nothing to decide. 2 had it already" in room.last(MARIA)
    assert drafts(room) == [DraftState.SAVED]


async def test_a_change_that_was_put_back_leaves_nothing_to_decide_and_nobody_moved(room: Newsroom) -> None:
    before = due(room)
    await changes(room, "PS-03", day=5)
    await changes(room, "PS-03", day=3)
    replanned(room, ANNA)

    assert "so there is nothing to decide" in room.last(MARIA)
    assert due(room) == before


async def test_after_a_further_change_in_the_chat_the_question_moves_nobody(room: Newsroom) -> None:
    before = due(room)
    await changes(room, "PS-03", day=5)
    is_edited(room, "PS-03", day=7)

    room.tap(MARIA, MOVE)
    await room.works()

    assert "If it was changed again since, this question is over." in room.last(MARIA)
    assert due(room) == before


async def test_a_tap_where_the_change_is_not_in_use_yet_does_nothing_and_the_next_one_counts(room: Newsroom) -> None:
    before, old = due(room), room.library.shelf
    await changes(room, "PS-03", day=5)
    live, room.library.shelf = room.library.shelf, old

    room.tap(MARIA, MOVE)
    await room.works()
    told, state = room.last(MARIA), drafts(room)
    room.library.shelf = live
    room.tap(MARIA, MOVE)
    await room.works()

    assert "not in use here, so nothing was done by this tap" in told
    assert state == [DraftState.READY]
    assert due(room) == before + 2 * DAY


async def test_the_same_change_seen_by_two_replicas_is_one_question(room: Newsroom) -> None:
    change = is_edited(room, "PS-03", day=5)
    for _ in range(2):
        is_noted(room, change)
        await room.works()
        await room.works()

    assert len([text for text in room.heard(MARIA) if "changed in the file" in text]) == 1
    assert drafts(room) == [DraftState.READY]


async def test_where_the_change_is_not_in_use_here_another_process_sees_to_it(room: Newsroom) -> None:
    before, shelf = due(room), room.library.shelf
    change = is_edited(room, "PS-03", day=5)
    live, room.library.shelf = room.library.shelf, shelf
    is_noted(room, change)
    await room.works()
    waiting = drafts(room)

    room.library.shelf = live
    await room.works()

    assert waiting == [DraftState.MOVING]
    assert drafts(room) == [DraftState.READY]
    assert due(room) == before


async def test_a_process_that_died_while_it_made_them_stay_asks_once(room: Newsroom) -> None:
    is_noted(room, is_edited(room, "PS-03", day=5))
    (draft,) = room.records.memory.drafts.values()
    plans = room.office.browsing.plans
    plans.put(room.work, draft, plans.whose(room.work, draft)[0], at=room.clock.now())

    await room.works()

    assert len([text for text in room.heard(MARIA) if "changed in the file" in text]) == 1


async def test_the_only_process_starts_anew_at_once_what_a_killed_one_held(room: Newsroom) -> None:
    before = due(room)
    is_noted(room, is_edited(room, "PS-03", day=5))
    (draft,) = room.records.memory.drafts.values()
    assert room.work.drafts.claim(draft, lease=LEASE)

    await room.round.settle_plans(everything=True)
    replanned(room, ANNA)

    assert due(room) == before


async def test_one_of_several_knows_when_the_others_have_held_plans_or_were_killed_at_it(room: Newsroom) -> None:
    before = due(room)
    is_noted(room, is_edited(room, "PS-03", day=5))

    class Killed(FakeClock):
        def now(self) -> datetime:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await replace(room.round, clock=Killed(room.clock.at)).settle_plans()
    await room.round.settle_plans()
    while_another_may_be_at_it = await room.round.are_plans_settled()
    room.records.machine.advance(PLANS_LEASE)
    await room.round.settle_plans()
    replanned(room, ANNA)

    assert not while_another_may_be_at_it
    assert await room.round.are_plans_settled()
    assert due(room) == before


async def test_plans_are_held_before_the_press_works_on_what_came_earlier(room: Newsroom) -> None:
    before, item = due(room), Item("en", "faq/makeup")
    words = Draft(
        item, "en/faq/makeup.toml", "New.", "Old.", DraftState.CHECKING, MARIA.account, MARIA.chat, FRIDAY_NOON
    )
    room.work.drafts.add(replace(words, message_id=1))
    is_noted(room, is_edited(room, "PS-03", day=5))
    meanwhile: list[datetime] = []

    class Slow(FakePress):
        def check(self, draft: Draft, undone: Revision | None) -> Checked:
            replanned(room, ANNA)
            meanwhile.append(due(room))
            return super().check(draft, undone)

    room.round = replace(room.round, press=Slow())
    await room.works()

    assert meanwhile == [before]


async def test_whoever_works_on_an_answered_question_still_does_not_ask_again(room: Newsroom) -> None:
    is_noted(room, is_edited(room, "PS-03", day=5))
    (slow,) = room.records.memory.drafts.values()
    await room.works()
    room.tap(MARIA, MOVE)

    plans = room.office.browsing.plans
    told, is_open = plans.told(room.work, slow, count=2, at=room.clock.now())
    plans.settled(room.work, slow, told, is_open=is_open, at=room.clock.now())

    assert drafts(room) == [DraftState.MOVING]


async def test_a_step_that_is_added_asks_nothing(room: Newsroom) -> None:
    old = plan(room)
    more = replace(old, steps=(*old.steps, replace(old.steps[3], id="PS-99")))

    assert retimings(old, more) == retimings(more, old) == ()


async def test_kept_twice_she_stays_where_she_was_at_first(room: Newsroom) -> None:
    before = due(room, step="PS-03-again")
    await changes(room, "PS-03", "PS-03-again", day=4)
    room.tap(MARIA, KEEP)
    await room.works()

    await changes(room, "PS-03-again", day=6)
    room.tap(MARIA, KEEP)
    await room.works()
    replanned(room, ANNA)

    assert due(room, step="PS-03-again") == before


async def test_a_file_that_is_taken_back_in_the_chat_moves_nobody_unasked_either(room: Newsroom) -> None:
    await changes(room, "PS-03", day=5)
    room.tap(MARIA, MOVE)
    await room.works()
    moved = due(room)
    back = is_edited(room, "PS-03", day=3)
    room.press.retimed = back.retimed

    room.opens(MARIA, "Latest changes", "1", "Take it back")
    await room.works()
    room.tap(MARIA, "Publish")
    room.tap(CLARA, "Publish")
    await room.works()
    await room.works()
    replanned(room, ANNA)

    assert due(room) == moved
    assert "Anna (A-1), PS-03: 25 November, 09:30 → 23 November, 09:30" in room.last(MARIA)

"""An outbound act is in one named state at any time, and every change of it is fenced."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.care.model.delivery import ActKind, Button, Delivery, DeliveryState, Lane, MessageRef, Outcome, Result
from bot.care.model.escalation import Escalation
from bot.care.model.people import Contact, Desk
from bot.care.model.purpose import Purpose
from bot.care.ports.records import NotRemembered, Records, Work
from tests.records.builders import ANNA, BEN, DESK, NOW, a_patient, a_reply, a_step, an_act, an_enrolment, later

MINUTE = timedelta(minutes=1)
ARRIVED = Result(Outcome.SENT, message_id=31)
LOST = Result(Outcome.AMBIGUOUS, reason="read timeout")


def in_care(work: Work) -> int:
    patient = work.patients.add(a_patient(contact=ANNA))
    return work.enrolments.add(an_enrolment(patient.id)).id


def begin(work: Work, row: Delivery, attempt_id: str = "a1", *, lease: timedelta = MINUTE) -> bool:
    act = row.act or an_act(row.contact)
    return work.outbox.begin(row, act, attempt_id=attempt_id, lease=lease, alert=False) is not None


def finish(work: Work, row: Delivery, state: DeliveryState, result: Result, *, by: str = "a1", **more: Any) -> bool:  # noqa: ANN401
    return work.outbox.finish(row.id, by, state, at=NOW, result=result, **more)


async def test_an_act_is_due_at_once_and_comes_back_as_it_was_given(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient()))
    reply = a_reply(Contact(501, 7), patient_id=patient.id, useful_until=later(hours=1), reason="because")

    added = await records.write(lambda work: work.outbox.add(reply))

    assert added == replace(reply, id=added.id)
    assert await records.read(lambda work: work.outbox.due(at=NOW, limit=9)) == [added]
    assert await records.read(lambda work: work.outbox.of_patient(patient.id)) == [added]


async def test_what_is_not_in_the_outbox_is_not_remembered(records: Records) -> None:
    with pytest.raises(NotRemembered):
        await records.read(lambda work: work.outbox.get(1))


async def test_two_replies_of_the_same_step_are_two_rows(records: Records) -> None:
    enrolment = await records.write(in_care)
    reply = a_reply(enrolment_id=enrolment, step="PS-01")

    added = await records.write(lambda work: [work.outbox.add(reply).id for _ in range(2)])

    assert len(set(added)) == 2


async def test_a_row_is_begun_by_one_attempt_only(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    stamped = replace(row, content_hash="h1", rendered_on="2026-11-20")

    begun = [await records.write(lambda work, by=by: begin(work, stamped, by)) for by in ("a1", "a2")]  # type: ignore[misc]

    assert begun == [True, False]
    held = await records.read(lambda work: work.outbox.get(row.id))
    assert (held.state, held.attempt_id, held.attempts) == (DeliveryState.SENDING, "a1", 1)
    assert (held.content_hash, held.rendered_on, held.act) == ("h1", "2026-11-20", row.act)


async def test_a_row_that_was_sent_knows_its_message_and_is_found_by_it(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: begin(work, row))

    assert await records.write(lambda work: finish(work, row, DeliveryState.SENT, ARRIVED))

    held = await records.read(lambda work: work.outbox.by_message(501, 31))
    assert held is not None
    assert (held.id, held.state, held.message_id, held.sent_at) == (row.id, DeliveryState.SENT, 31, NOW)
    assert await records.read(lambda work: work.outbox.by_message(502, 31)) is None
    assert await records.read(lambda work: work.outbox.unfinished(at=NOW)) == 0


async def test_a_message_belongs_to_the_act_that_sent_it_not_to_later_edits(records: Records) -> None:
    rows = await records.write(lambda work: [work.outbox.add(a_reply()) for _ in range(2)])
    for row in rows:
        await records.write(lambda work, row=row: begin(work, row, f"a{row.id}"))  # type: ignore[misc]
        await records.write(lambda work, row=row: finish(work, row, DeliveryState.SENT, ARRIVED, by=f"a{row.id}"))  # type: ignore[misc]

    held = await records.read(lambda work: work.outbox.by_message(501, 31))

    assert held is not None
    assert held.id == rows[0].id


SENT, FAILED = DeliveryState.SENT, DeliveryState.FAILED


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        pytest.param([None], None, id="nothing has left"),
        pytest.param([SENT], "0", id="sent"),
        pytest.param([SENT, SENT, SENT], "2", id="edited twice"),
        pytest.param([SENT, SENT, None], "2", id="an edit is on its way"),
        pytest.param([SENT, SENT, FAILED], "1", id="an edit was refused"),
    ],
)
async def test_what_a_message_says_is_its_newest_edit(
    records: Records, ends: list[DeliveryState | None], says: str | None
) -> None:
    def enter(work: Work) -> None:
        for number, end in enumerate(ends):
            edit: dict[str, Any] = {"kind": ActKind.EDIT, "target": MessageRef(501, 31)} if number else {}
            row = work.outbox.add(a_reply(act=an_act(text=str(number), **edit)))
            if end is not None:
                begin(work, row, f"a{number}")
                # as Telegram's channel reports it: an edit has no message of its own
                finish(work, row, end, Result(Outcome.SENT) if number else ARRIVED, by=f"a{number}")
        work.outbox.add(a_reply(act=an_act(kind=ActKind.PIN, target=MessageRef(501, 31))))
        work.outbox.add(a_reply(act=an_act(kind=ActKind.EDIT, target=MessageRef(501, 32))))

    await records.write(enter)

    shown = await records.read(lambda work: work.outbox.shown(MessageRef(501, 31)))
    assert (shown and shown.text) == says


async def test_an_outcome_counts_once_and_only_from_the_attempt_that_holds_the_row(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: begin(work, row))

    assert not await records.write(lambda work: finish(work, row, DeliveryState.FAILED, LOST, by="other"))
    assert await records.write(lambda work: finish(work, row, DeliveryState.SENT, ARRIVED))
    assert not await records.write(lambda work: finish(work, row, DeliveryState.FAILED, LOST))
    assert (await records.read(lambda work: work.outbox.get(row.id))).state is DeliveryState.SENT


async def test_a_lost_attempts_late_success_changes_no_state_but_is_found_by_its_message(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: begin(work, row))
    await records.write(lambda work: finish(work, row, DeliveryState.RETRY_WAIT, LOST, ambiguous=True))
    await records.write(lambda work: begin(work, row, "a2"))
    await records.write(lambda work: work.outbox.add(a_reply()))

    unclear = [await records.read(lambda work, chat=chat: work.outbox.unclear_in(chat)) for chat in (501, 502)]  # type: ignore[misc]
    assert [[one.id for one in rows] for rows in unclear] == [[row.id], []]

    late = await records.write(lambda work: finish(work, row, DeliveryState.SENT, Result(Outcome.SENT, message_id=30)))

    assert not late
    copy = await records.read(lambda work: work.outbox.by_message(501, 30))
    assert copy is not None
    assert (copy.id, copy.state, copy.attempt_id) == (row.id, DeliveryState.SENDING, "a2")


async def test_only_the_attempt_that_holds_a_row_lets_it_depart_and_the_next_one_starts_anew(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    departed = []
    for by in ("a1", "a2"):
        await records.write(lambda work, by=by: begin(work, row, by))  # type: ignore[misc]
        departed.append((await records.read(lambda work: work.outbox.get(row.id))).departed)

        other = await records.write(lambda work: work.outbox.depart(row.id, "other"))
        mine = await records.write(lambda work, by=by: work.outbox.depart(row.id, by))  # type: ignore[misc]

        departed.append((await records.read(lambda work: work.outbox.get(row.id))).departed)
        await records.write(lambda work, by=by: finish(work, row, DeliveryState.RETRY_WAIT, LOST, by=by))  # type: ignore[misc]
        assert (other, mine) == (False, True)
    assert departed == [False, True, False, True]
    assert not await records.write(lambda work: work.outbox.depart(row.id, "a2"))


async def test_a_retry_waits_its_time_and_counts_what_was_unclear(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: begin(work, row))
    await records.write(
        lambda work: finish(work, row, DeliveryState.RETRY_WAIT, LOST, retry_in=timedelta(hours=1), ambiguous=True)
    )

    held = await records.read(lambda work: work.outbox.get(row.id))
    assert (held.state, held.attempts, held.ambiguous) == (DeliveryState.RETRY_WAIT, 1, 1)
    assert held.reason == "read timeout"
    assert await records.read(lambda work: work.outbox.due(at=later(days=9), limit=9)) == []
    assert await records.read(lambda work: work.outbox.unfinished(at=NOW)) == 1


async def test_a_retry_without_a_wait_is_due_again_and_an_uncounted_try_is_not_counted(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: begin(work, row))
    paused = Result(Outcome.PAUSED, retry_after=3)

    await records.write(lambda work: finish(work, row, DeliveryState.RETRY_WAIT, paused, counted=False))

    due = await records.read(lambda work: work.outbox.due(at=NOW, limit=9))
    assert [(one.id, one.attempts) for one in due] == [(row.id, 0)]
    assert await records.write(lambda work: begin(work, due[0], "a2"))


async def test_a_row_in_flight_is_abandoned_when_its_lease_has_run_out(records: Records) -> None:
    rows = await records.write(lambda work: [work.outbox.add(a_reply(to)) for to in (ANNA, BEN)])
    await records.write(lambda work: begin(work, rows[0], "a1", lease=timedelta(hours=1)))
    await records.write(lambda work: begin(work, rows[1], "a2", lease=timedelta(0)))

    assert [row.id for row in await records.read(lambda work: work.outbox.abandoned())] == [rows[1].id]
    await records.write(lambda work: finish(work, rows[1], DeliveryState.RETRY_WAIT, LOST, by="a2", ambiguous=True))
    assert await records.read(lambda work: work.outbox.abandoned()) == []


@pytest.mark.parametrize("state", [state for state in DeliveryState if state.final])
async def test_a_waiting_row_is_settled_once(records: Records, state: DeliveryState) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))

    assert await records.write(lambda work: work.outbox.settle(row.id, state, at=NOW, reason="staff"))

    held = await records.read(lambda work: work.outbox.get(row.id))
    assert (held.state, held.reason) == (state, "staff")
    assert held.sent_at == (NOW if state is DeliveryState.SENT else None)
    assert await records.read(lambda work: work.outbox.due(at=NOW, limit=9)) == []
    again = await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.FAILED, at=NOW))
    assert again is (state is DeliveryState.UNCERTAIN)


async def test_a_row_in_flight_or_unknown_is_not_settled(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: begin(work, row))

    assert not await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.CANCELLED, at=NOW))
    assert not await records.write(lambda work: work.outbox.settle(99, DeliveryState.CANCELLED, at=NOW))
    with pytest.raises(ValueError, match="final"):
        await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.SCHEDULED, at=NOW))


async def test_a_waiting_row_can_be_put_off(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))

    assert await records.write(lambda work: work.outbox.postpone(row.id, to=later(hours=2)))

    assert await records.read(lambda work: work.outbox.due(at=later(hours=1), limit=9)) == []
    assert await records.read(lambda work: work.outbox.next_due(after=NOW)) == later(hours=2)
    await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.CANCELLED, at=NOW))
    assert not await records.write(lambda work: work.outbox.postpone(row.id, to=NOW))


@pytest.mark.parametrize(
    ("state", "reopened"),
    [
        pytest.param(DeliveryState.UNCERTAIN, True, id="uncertain"),
        pytest.param(DeliveryState.FAILED, True, id="failed"),
        pytest.param(DeliveryState.EXPIRED, True, id="expired"),
        pytest.param(DeliveryState.SENT, False, id="sent"),
        pytest.param(DeliveryState.CANCELLED, False, id="cancelled"),
    ],
)
async def test_staff_may_send_again_what_did_not_arrive(
    records: Records, state: DeliveryState, *, reopened: bool
) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(lane=Lane.URGENT, useful_until=NOW, unasked=True)))
    await records.write(lambda work: work.outbox.settle(row.id, state, at=NOW))

    done = await records.write(lambda work: work.outbox.reopen(row.id, at=later(hours=1), until=later(hours=9)))

    assert done is reopened
    due = await records.read(lambda work: work.outbox.due(at=later(hours=1), limit=9))
    told = [(one.id, one.lane, one.useful_until, one.unasked) for one in due]
    assert told == ([(row.id, Lane.URGENT, later(hours=9), False)] if reopened else [])


async def test_what_staff_reopened_is_not_moved_by_a_plan_made_anew(records: Records) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: work.outbox.plan(a_step(enrolment)))
    row = (await records.read(lambda work: work.outbox.of_enrolment(enrolment)))[0]
    await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.EXPIRED, at=NOW))
    await records.write(lambda work: work.outbox.reopen(row.id, at=NOW, until=later(hours=9)))

    moved = await records.write(lambda work: work.outbox.plan(a_step(enrolment, due_at=later(hours=-1))))

    assert not moved
    assert (await records.read(lambda work: work.outbox.get(row.id))).due_at == NOW


async def test_rows_are_listed_by_state_newest_last(records: Records) -> None:
    rows = await records.write(lambda work: [work.outbox.add(a_reply()).id for _ in range(3)])
    await records.write(lambda work: [work.outbox.settle(one, DeliveryState.FAILED, at=NOW) for one in rows])

    failed = await records.read(lambda work: work.outbox.in_state(DeliveryState.FAILED, limit=2))

    assert [row.id for row in failed] == rows[1:]
    assert await records.read(lambda work: work.outbox.in_state(DeliveryState.SENT)) == []


async def test_the_next_due_row_is_the_earliest_that_still_waits(records: Records) -> None:
    hours = (5, 3, 1)
    rows = await records.write(lambda work: [work.outbox.add(a_reply(due_at=later(hours=n))) for n in hours])
    await records.write(lambda work: work.outbox.settle(rows[1].id, DeliveryState.CANCELLED, at=NOW))

    assert await records.read(lambda work: work.outbox.next_due(after=NOW)) == later(hours=1)
    assert await records.read(lambda work: work.outbox.next_due(after=later(hours=1))) == later(hours=5)
    assert await records.read(lambda work: work.outbox.next_due(after=later(hours=5))) is None
    assert await records.read(lambda work: work.outbox.unfinished(at=later(hours=4))) == 1


async def test_attempts_use_up_the_pace_in_machine_time(records: Records) -> None:
    rows = await records.write(lambda work: [work.outbox.add(a_reply(to)) for to in (ANNA, DESK)])
    before = await records.read(lambda work: work.outbox.machine_now())
    for row, alert in zip(rows, (False, True), strict=True):
        act = an_act(row.contact)
        await records.write(
            lambda work, row=row, act=act, alert=alert: work.outbox.begin(  # type: ignore[misc]
                row, act, attempt_id=f"a{row.id}", lease=MINUTE, alert=alert
            )
        )

    spent = await records.read(lambda work: work.outbox.spent(within=MINUTE, in_groups=MINUTE))

    assert [(one.chat, one.alert) for one in spent] == [(501, False), (-900, True)]
    assert all(before <= one.at <= before + MINUTE for one in spent)
    ago = timedelta(seconds=-1)
    only_groups = await records.read(lambda work: work.outbox.spent(within=ago, in_groups=MINUTE))
    assert [one.chat for one in only_groups] == [-900]
    assert await records.read(lambda work: work.outbox.spent(within=ago, in_groups=ago)) == []


async def test_a_call_counts_from_its_answer_for_telegram_counts_its_arrival(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(ANNA)))
    await records.write(lambda work: begin(work, row))
    [begun] = await records.read(lambda work: work.outbox.spent(within=MINUTE, in_groups=MINUTE))
    while (later_on := await records.read(lambda work: work.outbox.machine_now())) == begun.at:
        pass
    await records.write(lambda work: finish(work, row, DeliveryState.SENT, ARRIVED))

    [spent] = await records.read(lambda work: work.outbox.spent(within=MINUTE, in_groups=MINUTE))

    assert begun.at < later_on <= spent.at


async def test_a_shorter_pause_never_cuts_a_longer_one(records: Records) -> None:
    assert await records.read(lambda work: work.outbox.paused_until()) is None
    now = await records.read(lambda work: work.outbox.machine_now())

    for seconds in (40.0, 2.5):
        await records.write(lambda work, seconds=seconds: work.outbox.pause(seconds))  # type: ignore[misc]

    until = await records.read(lambda work: work.outbox.paused_until())
    assert until is not None
    assert timedelta(seconds=39) < until - now < timedelta(seconds=60)


async def test_a_group_that_moved_takes_everything_along(records: Records) -> None:
    edit = an_act(DESK, Button("I have it", "ack", ("1",)), target=MessageRef(-900, 8), source=MessageRef(501, 2))
    await records.write(lambda work: work.team.set_desk(Desk(DESK, "Staff", is_forum=False, set_by=77, set_at=NOW)))
    replies = (a_reply(DESK, act=edit), a_reply(ANNA))
    rows = await records.write(lambda work: [work.outbox.add(reply) for reply in replies])

    await records.write(lambda work: work.outbox.move_chat(-900, -100900))

    desk, moved, other = await records.read(
        lambda work: (work.team.desk(), work.outbox.get(rows[0].id), work.outbox.get(rows[1].id))
    )
    assert desk is not None
    assert moved.act is not None
    assert (desk.contact, moved.contact, other.contact) == (Contact(-100900), Contact(-100900), ANNA)
    assert (moved.act.to, moved.act.target) == (Contact(-100900), MessageRef(-100900, 8))
    assert moved.act.source == MessageRef(501, 2)
    tap = await records.read(lambda work: work.outbox.tap(moved.act.keyboard[0][0].token))  # type: ignore[union-attr]
    assert tap is not None
    assert tap.chat == -100900


async def test_the_last_message_of_a_kind_is_found_whatever_became_of_it(records: Records) -> None:
    patient = await records.write(lambda work: work.patients.add(a_patient(contact=ANNA)))
    for hour, purpose in ((1, Purpose.SESSION_DAY), (3, Purpose.SESSION_DAY), (5, Purpose.ANSWER)):
        row = a_reply(patient_id=patient.id, purpose=purpose, due_at=later(hours=hour))
        await records.write(lambda work, row=row: work.outbox.add(row))  # type: ignore[misc]
    await records.write(lambda work: work.outbox.settle(2, DeliveryState.CANCELLED, at=NOW))

    assert await records.read(lambda work: work.outbox.latest(patient.id, Purpose.SESSION_DAY)) == later(hours=3)
    assert await records.read(lambda work: work.outbox.latest(patient.id, Purpose.MOVED)) is None


async def test_a_dispatcher_is_given_only_rows_of_its_own_lanes(records: Records) -> None:
    await records.write(lambda work: [work.outbox.add(a_reply(lane=lane)) for lane in Lane])

    for lanes in ({Lane.PAGE}, set(Lane) - {Lane.PAGE}):
        rows = await records.read(partial(_due_in, lanes=lanes))
        assert {row.lane for row in rows} == lanes


def _due_in(work: Work, *, lanes: set[Lane]) -> Sequence[Delivery]:
    return work.outbox.due(at=NOW, limit=10, lanes=lanes)


async def test_what_has_not_begun_to_leave_for_a_chat_is_found_whenever_it_is_due(records: Records) -> None:
    def deed(work: Work) -> tuple[list[int], list[int]]:
        waiting = [work.outbox.add(a_reply(DESK, due_at=later(minutes=by))).id for by in (5, -5)]
        work.outbox.add(a_reply(ANNA))
        begun = work.outbox.add(a_reply(DESK))
        work.outbox.begin(begun, an_act(DESK), attempt_id="1", lease=timedelta(seconds=90), alert=False)
        over = work.outbox.add(a_reply(DESK))
        work.outbox.settle(over.id, DeliveryState.CANCELLED, at=NOW)
        return waiting, [row.id for row in work.outbox.waiting_for(DESK.chat)]

    waiting, found = await records.write(deed)

    assert found == waiting


async def test_whether_anything_is_due_is_asked_lane_by_lane(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(due_at=later(hours=1))))

    async def is_due(at: datetime, *lanes: Lane) -> bool:
        return await records.read(lambda work: work.outbox.is_due(at=at, lanes=lanes))

    assert [await is_due(NOW, row.lane), await is_due(row.due_at, row.lane)] == [False, True]
    assert not await is_due(row.due_at, *(lane for lane in Lane if lane is not row.lane))

    await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.CANCELLED, at=NOW, reason="staff"))
    assert not await is_due(row.due_at, *Lane)


async def test_what_a_case_caused_is_found_by_when_it_is_due_all_of_it_or_of_some_purposes(records: Records) -> None:
    def deed(work: Work) -> tuple[list[int], list[int], list[int]]:
        patient = work.patients.add(a_patient()).id
        one, other = (work.escalations.add(Escalation(patient, NOW, None, "help", "pus")).id for _ in range(2))
        late = work.outbox.add(a_reply(DESK, escalation_id=one, purpose=Purpose.CLIMB, due_at=later(minutes=10)))
        note = work.outbox.add(a_reply(DESK, escalation_id=one, purpose=Purpose.NOTE, due_at=later(minutes=5)))
        alert = work.outbox.add(a_reply(DESK, escalation_id=one, purpose=Purpose.ALERT))
        work.outbox.add(a_reply(DESK, escalation_id=other, purpose=Purpose.ALERT))
        work.outbox.add(a_reply(DESK, patient_id=patient, purpose=Purpose.ALERT))
        found = (
            work.outbox.of_escalation(one, purposes)
            for purposes in ((), (Purpose.CLIMB, Purpose.ALERT), (Purpose.REMIND,))
        )
        every, rings, none = ([row.id for row in rows] for rows in found)
        assert every == [alert.id, note.id, late.id]
        return rings, [alert.id, late.id], none

    rings, wanted, none = await records.write(deed)

    assert (rings, none) == (wanted, [])


async def test_what_was_for_a_patient_is_found_all_of_it_or_of_some_purposes(records: Records) -> None:
    def deed(work: Work) -> tuple[list[int], list[int]]:
        one, other = (work.patients.add(replace(a_patient(code=code), contact=None)).id for code in ("A-17", "B-18"))
        late = work.outbox.add(a_reply(DESK, patient_id=one, purpose=Purpose.UNSEND, due_at=later(minutes=10)))
        note = work.outbox.add(a_reply(DESK, patient_id=one, purpose=Purpose.NOTE, due_at=later(minutes=5)))
        reply = work.outbox.add(a_reply(DESK, patient_id=one, purpose=Purpose.STAFF_REPLY))
        work.outbox.add(a_reply(DESK, patient_id=other, purpose=Purpose.STAFF_REPLY))
        assert [row.id for row in work.outbox.of_patient(one)] == [reply.id, note.id, late.id]
        found = work.outbox.of_patient(one, (Purpose.STAFF_REPLY, Purpose.UNSEND))
        return [row.id for row in found], [reply.id, late.id]

    found, wanted = await records.write(deed)

    assert found == wanted

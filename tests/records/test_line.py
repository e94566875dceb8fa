"""Who may leave now: urgent first, in order per chat and lane, and nobody before what they depend on."""

from datetime import timedelta

from bot.care.model.delivery import Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.ports.records import Records, Work
from bot.records.delivery_rows import RANKS
from tests.records.builders import ANNA, BEN, DESK, NOW, a_patient, a_reply, an_act, later

FAILED = Result(Outcome.NOT_SENT, reason="no connection")


def begin(work: Work, row: Delivery) -> None:
    work.outbox.begin(row, an_act(row.contact), attempt_id=f"a{row.id}", lease=timedelta(minutes=1), alert=False)


async def added(records: Records, *rows: Delivery) -> list[Delivery]:
    return await records.write(lambda work: [work.outbox.add(row) for row in rows])


async def due(records: Records, *, limit: int = 9) -> list[int]:
    return [row.id for row in await records.read(lambda work: work.outbox.due(at=NOW, limit=limit))]


async def test_what_is_urgent_leaves_first_and_what_was_scheduled_last(records: Records) -> None:
    lanes = (Lane.SCHEDULED, Lane.REPLY, Lane.BESIDE, Lane.URGENT)
    rows = await added(records, *(a_reply(lane=lane) for lane in lanes))

    assert await due(records) == [row.id for row in reversed(rows)]
    assert await due(records, limit=2) == [rows[3].id, rows[2].id]


def test_rows_that_wait_while_the_program_is_renewed_keep_their_lane() -> None:
    assert [RANKS[lane] for lane in (Lane.URGENT, Lane.REPLY, Lane.SCHEDULED, Lane.PAGE)] == [0, 1, 2, 3]
    assert list(RANKS) == list(Lane)


async def test_the_last_of_a_patient_in_a_chats_line_is_found_by_when_it_leaves(records: Records) -> None:
    def deed(work: Work) -> tuple[int, int | None]:
        anna, ben = (work.patients.add(a_patient()).id for _ in range(2))
        rows = [
            work.outbox.add(a_reply(DESK, patient_id=anna, due_at=later(minutes=1))),
            work.outbox.add(a_reply(DESK, patient_id=anna)),
            work.outbox.add(a_reply(DESK, patient_id=ben, due_at=later(minutes=2))),
            work.outbox.add(a_reply(BEN, patient_id=anna, due_at=later(minutes=2))),
            work.outbox.add(a_reply(DESK, patient_id=anna, due_at=later(minutes=2), lane=Lane.URGENT)),
            work.outbox.add(a_reply(DESK, patient_id=anna, due_at=later(minutes=2))),
        ]
        work.outbox.settle(rows[-1].id, DeliveryState.CANCELLED, at=NOW)
        last = work.outbox.last_in_line(DESK.chat, Lane.REPLY, patient_id=anna)
        assert work.outbox.last_in_line(BEN.chat, Lane.REPLY, patient_id=ben) is None
        return rows[0].id, None if last is None else last.id

    first, last = await records.write(deed)

    assert last == first


async def test_in_a_lane_the_oldest_leaves_first(records: Records) -> None:
    rows = await added(records, a_reply(ANNA), a_reply(BEN, due_at=later(hours=-1)))

    assert await due(records) == [rows[1].id, rows[0].id]


async def test_what_is_not_due_yet_does_not_leave(records: Records) -> None:
    await added(records, a_reply(due_at=later(seconds=1)))

    assert await due(records) == []


async def test_only_the_head_of_a_chats_line_leaves(records: Records) -> None:
    rows = await added(records, a_reply(), a_reply(), a_reply(BEN))

    assert await due(records) == [rows[0].id, rows[2].id]


async def test_a_row_on_its_way_holds_its_line_and_its_end_frees_it(records: Records) -> None:
    rows = await added(records, a_reply(), a_reply())
    await records.write(lambda work: begin(work, rows[0]))
    assert await due(records) == []

    await records.write(
        lambda work: work.outbox.finish(
            rows[0].id, f"a{rows[0].id}", DeliveryState.SENT, at=NOW, result=Result(Outcome.SENT, message_id=1)
        )
    )

    assert await due(records) == [rows[1].id]


async def test_an_older_row_does_not_overtake_one_that_is_on_its_way(records: Records) -> None:
    rows = await added(records, a_reply())
    await records.write(lambda work: begin(work, rows[0]))

    await added(records, a_reply(due_at=later(hours=-1)))

    assert await due(records) == []


async def test_a_row_that_rests_before_a_retry_holds_its_line(records: Records) -> None:
    rows = await added(records, a_reply(), a_reply())
    await records.write(lambda work: begin(work, rows[0]))

    await records.write(
        lambda work: work.outbox.finish(
            rows[0].id,
            f"a{rows[0].id}",
            DeliveryState.RETRY_WAIT,
            at=NOW,
            result=FAILED,
            retry_in=timedelta(hours=1),
        )
    )

    assert await due(records) == []


async def test_rows_for_later_and_other_lanes_hold_nobody(records: Records) -> None:
    rows = await added(
        records, a_reply(due_at=later(hours=1)), a_reply(lane=Lane.SCHEDULED), a_reply(lane=Lane.URGENT), a_reply()
    )

    assert await due(records) == [rows[2].id, rows[3].id, rows[1].id]


async def test_what_depends_on_another_waits_until_that_has_ended(records: Records) -> None:
    [card] = await added(records, a_reply(ANNA))
    [pin] = await added(records, a_reply(BEN, after=card.id))
    assert await due(records) == [card.id]

    await records.write(lambda work: work.outbox.settle(card.id, DeliveryState.SENT, at=NOW))

    assert await due(records) == [pin.id]


async def test_a_settled_head_frees_its_line(records: Records) -> None:
    rows = await added(records, a_reply(), a_reply())

    await records.write(lambda work: work.outbox.settle(rows[0].id, DeliveryState.CANCELLED, at=NOW))

    assert await due(records) == [rows[1].id]


async def test_looking_inside_a_deed_sees_what_the_deed_did(records: Records) -> None:
    def deed(work: Work) -> list[int]:
        work.outbox.add(a_reply())
        return [row.id for row in work.outbox.due(at=NOW, limit=9)]

    assert len(await records.write(deed)) == 1

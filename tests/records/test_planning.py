"""A plan may be made again at any time: rows move and revive, and never double."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.delivery import Delivery, DeliveryState, Outcome, Result
from bot.care.ports.records import Records, Work
from tests.records.builders import ANNA, BEN, NOW, a_patient, a_reply, a_step, an_act, an_enrolment, later

LOST = Result(Outcome.AMBIGUOUS, reason="read timeout")


def in_care(work: Work) -> int:
    patient = work.patients.add(a_patient(contact=ANNA))
    return work.enrolments.add(an_enrolment(patient.id)).id


def tried(work: Work, row: Delivery) -> None:
    """One attempt that may have arrived."""
    minute = timedelta(minutes=1)
    work.outbox.begin(row, an_act(row.contact), attempt_id="a1", lease=minute, alert=False)
    work.outbox.finish(row.id, "a1", DeliveryState.RETRY_WAIT, at=NOW, result=LOST, ambiguous=True)


async def test_planning_a_thousand_times_adds_one_row(records: Records) -> None:
    enrolment = await records.write(in_care)

    changes = await records.write(lambda work: [work.outbox.plan(a_step(enrolment)) for _ in range(1000)])

    assert changes == [True] + [False] * 999
    assert len(await records.read(lambda work: work.outbox.of_enrolment(enrolment))) == 1


async def test_planning_another_hour_moves_a_row_that_nobody_touched(records: Records) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: work.outbox.plan(a_step(enrolment)))
    moved = a_step(enrolment, due_at=later(hours=2), useful_until=None, contact=BEN)

    assert await records.write(lambda work: work.outbox.plan(moved))

    assert await records.read(lambda work: work.outbox.of_enrolment(enrolment)) == [replace(moved, id=1)]


async def test_planning_never_touches_a_row_that_was_tried(records: Records) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: work.outbox.plan(a_step(enrolment)))
    row = await records.write(lambda work: work.outbox.of_enrolment(enrolment)[0])
    later_step = a_step(enrolment, due_at=later(hours=2))
    await records.write(lambda work: tried(work, row))

    assert not await records.write(lambda work: work.outbox.plan(later_step))


async def test_planning_revives_a_cancelled_row_and_forgets_its_old_words(records: Records) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: work.outbox.plan(a_step(enrolment)))
    await records.write(lambda work: work.outbox.settle(1, DeliveryState.CANCELLED, at=NOW, reason="moved"))

    assert await records.write(lambda work: work.outbox.plan(a_step(enrolment, due_at=later(hours=1))))

    assert await records.read(lambda work: work.outbox.get(1)) == a_step(enrolment, id=1, due_at=later(hours=1))
    assert len(await records.read(lambda work: work.outbox.due(at=later(hours=1), limit=9))) == 1


@pytest.mark.parametrize("state", [DeliveryState.EXPIRED, DeliveryState.FOLDED, DeliveryState.SENT])
async def test_planning_never_revives_what_ended_otherwise(records: Records, state: DeliveryState) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: (work.outbox.plan(a_step(enrolment)), work.outbox.settle(1, state, at=NOW)))

    assert not await records.write(lambda work: work.outbox.plan(a_step(enrolment, due_at=later(hours=1))))


async def test_planning_never_revives_what_may_have_arrived(records: Records) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: work.outbox.plan(a_step(enrolment)))
    row = await records.read(lambda work: work.outbox.get(1))
    await records.write(lambda work: tried(work, row))
    await records.write(lambda work: work.outbox.settle(1, DeliveryState.CANCELLED, at=NOW))

    assert not await records.write(lambda work: work.outbox.plan(a_step(enrolment)))


@pytest.mark.parametrize("state", [DeliveryState.UNREACHABLE, DeliveryState.CANCELLED])
async def test_what_another_account_did_not_get_is_revived_for_the_new_one_once(
    records: Records, state: DeliveryState
) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: work.outbox.plan(a_step(enrolment)))
    row = await records.read(lambda work: work.outbox.get(1))
    await records.write(lambda work: tried(work, row))
    await records.write(lambda work: work.outbox.settle(1, state, at=NOW))

    assert await records.write(lambda work: work.outbox.forget_tries(1))
    assert await records.write(lambda work: work.outbox.plan(a_step(enrolment, contact=BEN)))

    assert await records.read(lambda work: work.outbox.get(1)) == a_step(enrolment, id=1, contact=BEN)
    assert not await records.write(lambda work: work.outbox.forget_tries(1))
    assert not await records.write(lambda work: work.outbox.plan(a_step(enrolment, contact=BEN)))


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.EXPIRED])
async def test_what_arrived_or_is_for_staff_to_decide_stays_tried(records: Records, state: DeliveryState) -> None:
    enrolment = await records.write(in_care)
    await records.write(lambda work: (work.outbox.plan(a_step(enrolment)), work.outbox.settle(1, state, at=NOW)))

    assert not await records.write(lambda work: work.outbox.forget_tries(1))

    assert (await records.read(lambda work: work.outbox.get(1))).state is state


async def test_an_answer_is_no_plan_s_row_and_is_not_revived(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply()))
    await records.write(lambda work: work.outbox.settle(row.id, DeliveryState.UNREACHABLE, at=NOW))

    assert not await records.write(lambda work: work.outbox.forget_tries(row.id))


async def test_a_plan_row_needs_its_occurrence_and_brings_no_act(records: Records) -> None:
    enrolment = await records.write(in_care)

    for wrong in (a_step(enrolment, occurrence=""), a_step(enrolment, act=an_act()), a_reply()):
        with pytest.raises(ValueError, match="plan"):
            await records.write(lambda work, wrong=wrong: work.outbox.plan(wrong))  # type: ignore[misc]

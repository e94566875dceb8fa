"""A file of patients is there as a whole or not at all."""

from datetime import timedelta

import pytest

from bot.care.model.enrolment import EnrolmentStatus
from bot.care.ports.people import Newcomer
from bot.care.ports.records import NotRemembered, Records, Work
from tests.records.builders import NOW, a_patient, an_enrolment, an_invitation

FILE, LINK = "hash of a file", "t" * 64
MOMENT = timedelta(minutes=2)


def _staged(work: Work, batch: int, name: str = "Anna") -> int:
    enrolment = an_enrolment(0, status=EnrolmentStatus.BOOKED, next_on=NOW.date())
    invitation = an_invitation(0, token_hash=LINK if name == "Anna" else name.ljust(64))
    newcomer = Newcomer(a_patient(first_name=name, ref=f"R-{name}"), enrolment, invitation)
    (added,) = work.batches.add(batch, [newcomer])
    return added.patient.id


def _found(work: Work) -> list[object]:
    """Every way in which somebody may come across Anna."""
    patients = work.patients
    by_hand = [patients.by_code("A-1"), patients.by_ref("R-Anna"), *patients.named("Anna")]
    rows = [*work.enrolments.running(), *work.enrolments.awaiting(until=NOW.date()), work.invitations.find(LINK)]
    return [one for one in (*by_hand, *rows) if one is not None]


async def test_nobody_comes_across_a_patient_before_the_whole_file_is_there(records: Records) -> None:
    batch = await begun(records)

    await records.write(lambda work: _staged(work, batch))

    assert await records.read(_found) == []


async def test_with_one_flag_all_of_them_are_there(records: Records) -> None:
    batch = await begun(records)
    await records.write(lambda work: [_staged(work, batch, name) for name in ("Anna", "Ben")])

    assert await records.write(lambda work: work.batches.go_live(batch, at=NOW))

    assert len(await records.read(_found)) == 8
    assert await records.read(lambda work: len(work.enrolments.running())) == 2


async def test_only_one_caller_sets_the_flag_and_nobody_is_added_afterwards(records: Records) -> None:
    batch = await begun(records)

    assert [await records.write(lambda work: work.batches.go_live(batch, at=NOW)) for _ in range(2)] == [True, False]
    with pytest.raises(NotRemembered):
        await records.write(lambda work: _staged(work, batch))


async def test_many_at_once_keep_their_order_and_belong_together(records: Records) -> None:
    batch = await begun(records)
    await records.write(lambda work: work.patients.add(a_patient(code="A-2")))
    names = ("Anna", "Ben", "Chloe")
    many = [
        Newcomer(a_patient(first_name=name), an_enrolment(0), an_invitation(0, token_hash=name.ljust(64)))
        for name in names
    ]

    added = await records.write(lambda work: work.batches.add(batch, many))

    assert [(one.patient.first_name, one.patient.code) for one in added] == [
        ("Anna", "A-1"), ("Ben", "A-3"), ("Chloe", "A-4"),
    ]  # fmt: skip
    for one in added:
        assert await records.read(lambda work, one=one: work.enrolments.get(one.enrolment.id)) == one.enrolment  # type: ignore[misc]
        assert await records.read(lambda work, one=one: work.invitations.latest(one.patient.id)) == one.invitation  # type: ignore[misc]


async def test_a_code_drawn_out_of_sight_is_not_given_again(records: Records) -> None:
    batch = await begun(records)
    await records.write(lambda work: _staged(work, batch))

    assert await records.write(lambda work: work.patients.add(a_patient()).code) == "A-2"


async def test_what_was_left_over_is_forgotten_piece_by_piece(records: Records) -> None:
    batch = await begun(records)
    staged = await records.write(lambda work: [_staged(work, batch, name) for name in ("Anna", "Ben", "Chloe")])

    more = [await records.write(lambda work: work.batches.clear(batch, most=2)) for _ in range(3)]

    assert more == [True, True, False]
    assert await records.read(lambda work: work.batches.left_over(rested=timedelta())) == []
    for patient in staged:
        assert await records.read(lambda work, one=patient: work.enrolments.course(one)) == []  # type: ignore[misc]
        with pytest.raises(NotRemembered):
            await records.read(lambda work, one=patient: work.patients.get(one))  # type: ignore[misc]


async def test_a_batch_that_is_live_is_never_cleared(records: Records) -> None:
    batch = await begun(records)
    await records.write(lambda work: _staged(work, batch))
    await records.write(lambda work: work.batches.go_live(batch, at=NOW))

    assert not await records.write(lambda work: work.batches.clear(batch, most=9))

    assert len(await records.read(_found)) == 6


async def test_a_file_that_somebody_is_at_work_on_is_begun_by_nobody_else(records: Records) -> None:
    batch = await begun(records)
    await records.write(lambda work: _staged(work, batch))

    assert await records.write(lambda work: work.batches.begin(FILE, rested=MOMENT)) is None
    assert await records.write(lambda work: work.batches.begin("another", rested=MOMENT)) is not None

    await records.write(lambda work: work.batches.give_up(batch))
    assert await records.write(lambda work: work.batches.begin(FILE, rested=MOMENT)) is not None


async def test_what_was_given_up_neither_grows_nor_goes_live(records: Records) -> None:
    batch = await begun(records)

    await records.write(lambda work: work.batches.give_up(batch))

    assert not await records.write(lambda work: work.batches.go_live(batch, at=NOW))
    with pytest.raises(NotRemembered):
        await records.write(lambda work: _staged(work, batch))


async def test_what_is_left_over_is_known_by_how_long_nobody_added_to_it(records: Records) -> None:
    live, under_way, left = await begun(records), await begun(records, "a second"), await begun(records, "a third")
    await records.write(lambda work: work.batches.go_live(live, at=NOW))
    await records.write(lambda work: work.batches.give_up(left))

    assert await records.read(lambda work: work.batches.left_over(rested=MOMENT)) == [left]
    assert set(await records.read(lambda work: work.batches.left_over(rested=timedelta()))) == {under_way, left}


async def begun(records: Records, file_hash: str = FILE) -> int:
    batch = await records.write(lambda work: work.batches.begin(file_hash, rested=MOMENT))
    assert batch is not None
    return batch

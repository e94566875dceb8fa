"""A file of patients is there as a whole or not at all."""

import pytest

from bot.care.model.enrolment import EnrolmentStatus
from bot.care.ports import Newcomer, NotRemembered, Records, Work
from tests.records.builders import NOW, a_patient, an_enrolment, an_invitation, later

FILE, LINK = "hash of a file", "t" * 64


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
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))

    await records.write(lambda work: _staged(work, batch))

    assert await records.read(_found) == []


async def test_with_one_flag_all_of_them_are_there(records: Records) -> None:
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))
    await records.write(lambda work: [_staged(work, batch, name) for name in ("Anna", "Ben")])

    assert await records.write(lambda work: work.batches.go_live(batch, at=NOW))

    assert len(await records.read(_found)) == 8
    assert await records.read(lambda work: len(work.enrolments.running())) == 2


async def test_only_one_caller_sets_the_flag_and_nobody_is_added_afterwards(records: Records) -> None:
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))

    assert [await records.write(lambda work: work.batches.go_live(batch, at=NOW)) for _ in range(2)] == [True, False]
    with pytest.raises(NotRemembered):
        await records.write(lambda work: _staged(work, batch))


async def test_many_at_once_keep_their_order_and_belong_together(records: Records) -> None:
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))
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
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))
    await records.write(lambda work: _staged(work, batch))

    assert await records.write(lambda work: work.patients.add(a_patient()).code) == "A-2"


async def test_what_was_left_over_is_forgotten_piece_by_piece(records: Records) -> None:
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))
    staged = await records.write(lambda work: [_staged(work, batch, name) for name in ("Anna", "Ben", "Chloe")])

    more = [await records.write(lambda work: work.batches.clear(batch, most=2)) for _ in range(3)]

    assert more == [True, True, False]
    assert await records.read(lambda work: work.batches.left_over(FILE, before=NOW)) == []
    for patient in staged:
        assert await records.read(lambda work, one=patient: work.enrolments.course(one)) == []  # type: ignore[misc]
        with pytest.raises(NotRemembered):
            await records.read(lambda work, one=patient: work.patients.get(one))  # type: ignore[misc]


async def test_a_batch_that_is_live_is_never_cleared(records: Records) -> None:
    batch = await records.write(lambda work: work.batches.begin(FILE, at=NOW))
    await records.write(lambda work: _staged(work, batch))
    await records.write(lambda work: work.batches.go_live(batch, at=NOW))

    assert not await records.write(lambda work: work.batches.clear(batch, most=9))

    assert len(await records.read(_found)) == 6


async def test_what_was_left_over_is_known_by_its_file_or_its_age(records: Records) -> None:
    same = await records.write(lambda work: work.batches.begin(FILE, at=NOW))
    old = await records.write(lambda work: work.batches.begin("another", at=later(hours=-2)))
    live = await records.write(lambda work: work.batches.begin(FILE, at=later(hours=-2)))
    await records.write(lambda work: work.batches.begin("a third, under way", at=NOW))
    await records.write(lambda work: work.batches.go_live(live, at=NOW))

    assert await records.read(lambda work: work.batches.left_over(FILE, before=later(hours=-1))) == [same, old]

"""A deed happens as a whole or not at all, and nobody else's deed suffers for it."""

import asyncio

import pytest

from bot.care.ports.records import Records, Work
from tests.records.builders import NOW, a_patient, a_reply, an_update


class SecondThoughts(Exception):
    """A deed that fails after it has done something."""


def half_done(work: Work) -> None:
    work.patients.add(a_patient())
    work.inbox.store(an_update(1))
    work.outbox.add(a_reply())
    raise SecondThoughts


async def test_a_deed_that_fails_leaves_nothing_behind_and_says_why(records: Records) -> None:
    with pytest.raises(SecondThoughts):
        await records.write(half_done)

    assert await records.read(lambda work: work.patients.named("Anna")) == []
    assert await records.read(lambda work: work.inbox.waiting()) == []
    assert await records.read(lambda work: work.outbox.unfinished(at=NOW)) == 0


async def test_a_failing_deed_undoes_only_itself(records: Records) -> None:
    deeds = [records.write(lambda work, n=n: work.inbox.store(an_update(n))) for n in range(1, 20)]  # type: ignore[misc]
    mixed = [*deeds[:10], records.write(half_done), *deeds[10:]]

    results = await asyncio.gather(*mixed, return_exceptions=True)

    assert [type(result) for result in results if result is not True] == [SecondThoughts]
    assert len(await records.read(lambda work: work.inbox.waiting())) == 19


async def test_a_code_drawn_by_a_failed_deed_goes_to_the_next_patient(records: Records) -> None:
    with pytest.raises(SecondThoughts):
        await records.write(half_done)

    assert (await records.write(lambda work: work.patients.add(a_patient()))).code == "A-1"


async def test_deeds_run_in_the_order_they_were_asked_for(records: Records) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(1, 51):
            group.create_task(records.write(lambda work, n=number: work.patients.add(a_patient(ref=str(n)))))  # type: ignore[misc]

    held = await records.read(lambda work: work.patients.named("Anna"))
    assert [patient.ref for patient in held] == [str(number) for number in range(1, 51)]


async def test_an_update_handled_a_hundred_times_at_once_is_done_once(records: Records) -> None:
    await records.write(lambda work: work.inbox.store(an_update(1)))

    done = await asyncio.gather(*(records.write(lambda work: work.inbox.done(1, at=NOW)) for _ in range(100)))

    assert done.count(True) == 1

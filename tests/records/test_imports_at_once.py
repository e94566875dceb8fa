"""Two files at once, and somebody enrolled by hand meanwhile: nobody is enrolled twice."""

import asyncio
from datetime import timedelta

import pytest

from bot.care.ports.records import Records, Work
from bot.care.services.importing import Importing, Staged, UnderWay
from bot.records.database import Database
from tests.care.importing.bureau import ROWS, a_bureau, written
from tests.care.scene import CountedKeys
from tests.records.builders import NOW, a_patient, an_enrolment
from tests.records.conftest import KEYS

ONE, OTHER = written(*ROWS[:2]).encode(), written(*ROWS[1:]).encode()
"""Ben is in both."""


@pytest.fixture
def bureau() -> Importing:
    return a_bureau(CountedKeys())


async def staged(bureau: Importing, records: Records, content: bytes) -> Staged:
    return await bureau.stage(records, content, await bureau.look(records, content), by=1)


async def go_live(bureau: Importing, records: Records, one: Staged) -> bool:
    return await records.write(lambda work: bureau.go_live(work, one, "cli", at=NOW))


def there(work: Work) -> list[str]:
    return sorted(work.patients.get(one.patient_id).first_name for one in work.enrolments.running())


async def test_of_two_files_with_the_same_person_one_goes_live(bureau: Importing, records: Records) -> None:
    both = [await staged(bureau, records, content) for content in (ONE, OTHER)]

    assert sorted(await asyncio.gather(*(go_live(bureau, records, one) for one in both))) == [False, True]
    assert (await records.read(there)).count("Ben") == 1


@pytest.mark.postgres
async def test_of_two_replicas_with_the_same_person_in_their_files_one_goes_live(
    bureau: Importing, postgres_url: str
) -> None:
    replicas = [Database.open(postgres_url, KEYS) for _ in range(2)]
    both = [await staged(bureau, *one) for one in zip(replicas, (ONE, OTHER), strict=True)]

    ended = await asyncio.gather(*(go_live(bureau, *one) for one in zip(replicas, both, strict=True)))

    assert sorted(ended) == [False, True]
    assert (await replicas[0].read(there)).count("Ben") == 1
    for replica in replicas:
        replica.close()


async def test_the_other_file_sent_again_adds_whoever_is_new(bureau: Importing, records: Records) -> None:
    first, second = [await staged(bureau, records, content) for content in (ONE, OTHER)]
    assert [await go_live(bureau, records, one) for one in (first, second)] == [True, False]

    assert await go_live(bureau, records, await staged(bureau, records, OTHER))

    assert await records.read(there) == ["Anna", "Ben", "Zoë"]


async def test_somebody_enrolled_by_hand_meanwhile_is_not_enrolled_twice(bureau: Importing, records: Records) -> None:
    one = await staged(bureau, records, ONE)
    await records.write(lambda work: work.patients.add(a_patient(first_name="Benjamin", ref="78")))

    assert not await go_live(bureau, records, one)


async def test_a_namesake_of_another_day_does_not_stop_a_file(bureau: Importing, records: Records) -> None:
    one = await staged(bureau, records, ONE)

    def namesake(work: Work) -> None:
        anna = work.patients.add(a_patient(first_name="Anna", ref="another"))
        work.enrolments.add(an_enrolment(anna.id))

    await records.write(namesake)

    assert await go_live(bureau, records, one)


async def test_the_same_file_is_enrolled_by_whoever_began_it(bureau: Importing, records: Records) -> None:
    first = await staged(bureau, records, ONE)

    with pytest.raises(UnderWay):
        await staged(bureau, records, ONE)

    assert await go_live(bureau, records, first)


async def test_what_was_abandoned_is_forgotten_and_what_is_under_way_is_not(
    bureau: Importing, records: Records
) -> None:
    left, under_way = await staged(bureau, records, ONE), await staged(bureau, records, written(*ROWS[2:]).encode())
    await records.write(lambda work: work.batches.give_up(left.batch))

    await bureau.forget_abandoned(records)

    with pytest.raises(UnderWay):
        await go_live(bureau, records, left)
    assert await records.read(lambda work: work.batches.left_over(rested=timedelta())) == [under_way.batch]
    assert await go_live(bureau, records, under_way)

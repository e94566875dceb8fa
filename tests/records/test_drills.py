"""One practice alert at a time, and each ends once."""

from dataclasses import replace

from bot.care.model.drill import Drill
from bot.care.ports.records import Records
from tests.records.builders import NOW, later

A_DRILL = Drill(NOW, begun_by=1, chat=-900)


async def test_a_second_one_does_not_begin_while_one_runs(records: Records) -> None:
    first = await records.write(lambda work: work.drills.begin(A_DRILL))

    assert first == replace(A_DRILL, id=first.id if first else 0)
    assert await records.write(lambda work: work.drills.begin(A_DRILL)) is None


async def test_it_is_remembered_by_what_it_went_out(records: Records) -> None:
    begun = await records.write(lambda work: work.drills.begin(A_DRILL))
    assert begun is not None

    await records.write(lambda work: work.drills.went_out(replace(begun, rows=(7, 9))))

    assert await records.read(lambda work: work.drills.running()) == replace(begun, rows=(7, 9))


async def test_it_ends_once_and_then_another_may_begin(records: Records) -> None:
    begun = await records.write(lambda work: work.drills.begin(A_DRILL))
    assert begun is not None
    taken = replace(begun, ended_at=later(minutes=1), taken_by=2)

    assert await records.write(lambda work: work.drills.end(taken))
    assert not await records.write(lambda work: work.drills.end(replace(taken, taken_by=3)))
    assert await records.read(lambda work: work.drills.running()) is None

    assert await records.write(lambda work: work.drills.begin(A_DRILL)) is not None

"""Stretches and turns are kept, taken back and given up as they were entered."""

from datetime import time
from functools import partial

from bot.care.model.on_call import Shift, Turn
from bot.care.ports.records import Records, Work
from tests.records.builders import later


def entered(work: Work) -> list[Shift]:
    return [work.on_call.add(Shift(account, later(), later(hours=hours))) for account, hours in ((1, 2), (2, 8))]


def _put(work: Work, turn: Turn) -> None:
    work.on_call.put(turn)


async def test_what_is_over_is_not_listed(records: Records) -> None:
    first, second = await records.write(entered)

    assert await records.read(lambda work: work.on_call.shifts(at=later())) == [first, second]
    assert await records.read(lambda work: work.on_call.shifts(at=later(hours=2))) == [second]


async def test_one_that_is_taken_back_is_gone_once(records: Records) -> None:
    _, second = await records.write(entered)

    assert await records.write(lambda work: work.on_call.remove(second.id))
    assert not await records.write(lambda work: work.on_call.remove(second.id))
    assert len(await records.read(lambda work: work.on_call.shifts(at=later()))) == 1


async def test_a_turn_takes_the_place_of_the_one_at_its_hour(records: Records) -> None:
    friday, monday = Turn(4, time(18), 2), Turn(0, time(8), 1)
    for turn in (friday, monday, Turn(4, time(18), None)):
        await records.write(partial(_put, turn=turn))

    assert await records.read(lambda work: work.on_call.turns()) == [monday, Turn(4, time(18), None)]
    await records.write(lambda work: work.on_call.drop(0, time(8)))
    assert await records.read(lambda work: work.on_call.turns()) == [Turn(4, time(18), None)]


async def test_whoever_left_is_nobody_and_the_rest_stays(records: Records) -> None:
    await records.write(entered)
    await records.write(lambda work: work.on_call.put(Turn(0, time(8), 2)))

    await records.write(lambda work: work.on_call.forget(2))

    shifts = await records.read(lambda work: work.on_call.shifts(at=later()))
    assert [shift.account for shift in shifts] == [1, None]
    assert await records.read(lambda work: work.on_call.turns()) == [Turn(0, time(8), None)]


async def test_anything_that_was_ever_entered_counts_until_it_is_cleared(records: Records) -> None:
    assert not await records.read(lambda work: work.on_call.is_kept())

    await records.write(entered)
    assert await records.read(lambda work: work.on_call.is_kept())
    await records.write(lambda work: work.on_call.clear())

    assert not await records.read(lambda work: work.on_call.is_kept())

"""What is on hold is put there once and let go once."""

from bot.care.model.hold import EVERYTHING, Hold
from bot.care.ports.records import Records
from tests.records.builders import NOW, later

STEP = Hold("picosure", "PS-03", by=77, at=NOW)


async def test_what_is_held_twice_is_held_once_and_let_go_once(records: Records) -> None:
    everything = Hold(*EVERYTHING, by=78, at=later(minutes=5))
    held = [await records.write(lambda work, hold=hold: work.holds.put(hold)) for hold in (STEP, STEP, everything)]  # type: ignore[misc]

    assert held == [True, False, True]
    assert await records.read(lambda work: work.holds.all()) == [STEP, everything]
    lifted = [await records.write(lambda work: work.holds.lift("picosure", "PS-03")) for _ in range(2)]
    assert lifted == [True, False]
    assert await records.read(lambda work: work.holds.all()) == [everything]

"""Random conversations between patients and staff, with the bot killed and stopped in between: nothing is lost,
nothing crosses, nothing comes in another order."""

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.faults.clinic import Clinic, clinic_in
from tests.faults.conftest import TALKS
from tests.faults.conversing import AT_ONCE, TALKED_OUT, Conversation, firsts
from tests.faults.waiting import pause, until

LIVES_FOR = 1.5
"""Seconds after which a life ends while people talk, at most."""
MOST_COPIES = 2


@pytest.mark.timeout(7200)
async def test_every_message_arrives_where_it_belongs_in_order_and_none_crosses(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = request.config.getoption("--talks", default=TALKS)
    rng = Random(request.config.getoption("--seed", default=1))
    async with clinic_in(tmp_path, has_desk=False) as clinic:
        for start in range(0, count, AT_ONCE):
            some = _some(clinic, rng, range(start, min(start + AT_ONCE, count)))
            await _talk_while_the_bot_falls_over(clinic, rng, some)
            for one in some:
                _is_right(one)


def _some(clinic: Clinic, rng: Random, numbers: range) -> list[Conversation]:
    chats = {f"P{number}": clinic.arrive(f"P{number}") for number in numbers}
    clinic.do(lambda work: [clinic.admit(work, name, chat) for name, chat in chats.items()])
    named = zip(numbers, chats.items(), strict=True)
    return [Conversation(clinic, Random(rng.random()), number, chat, name) for number, (name, chat) in named]


async def _talk_while_the_bot_falls_over(clinic: Clinic, rng: Random, some: Sequence[Conversation]) -> None:
    bot = await clinic.open_up()
    talking = asyncio.gather(*(one.runs() for one in some))
    await pause(rng.uniform(0, LIVES_FOR))
    await bot.ended_by(rng.choice((signal.SIGKILL, signal.SIGTERM)))
    bot = await clinic.open_up()
    await talking
    await until(lambda: _have_arrived(some), within=TALKED_OUT)
    await bot.ended_by(signal.SIGTERM)


async def _have_arrived(some: Sequence[Conversation]) -> bool:
    return all(one.arrived() for one in some)


def _is_right(one: Conversation) -> None:
    for side, said in one.said.items():
        assert firsts(one.heard(side)) == said
        assert max(Counter(one.copies(side)).values(), default=0) <= MOST_COPIES
    assert one.strangers() == []

"""Polling confirms what is committed, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from random import Random

from bot.chat.polling import Polling
from bot.chat.requests import polling
from bot.playground.faults import Trouble
from tests.chat.conftest import Street
from tests.chat.hallway import Hallway
from tests.chat.test_intake import until
from tests.chat.test_webhook import FullRecords


@asynccontextmanager
async def polled(street: Street, hallway: Hallway) -> AsyncIterator[Polling]:
    loop = Polling(street.bot, polling(), await hallway.intake(), Random(1))
    async with loop.request:
        running = asyncio.create_task(loop.run())
        yield loop
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_an_update_is_confirmed_after_it_was_stored(street: Street) -> None:
    anna, hallway = street.person(), Hallway(street.bot)
    async with polled(street, hallway) as loop:
        street.playground.people.write(anna, anna, "hello")
        await until(lambda: hallway.handled and not len(street.playground.telegram.inbox))

    assert hallway.handled == ["hello"]
    assert loop.offset == max(hallway.records.memory.updates) + 1


async def test_what_cannot_be_stored_stays_with_telegram_and_comes_again(street: Street) -> None:
    anna, records = street.person(), FullRecords()
    hallway = Hallway(street.bot, records)
    async with polled(street, hallway):
        street.playground.people.write(anna, anna, "hello")
        await until(lambda: street.playground.telegram.inbox.is_polled is False)
        kept = len(street.playground.telegram.inbox)
        records.full = False
        await until(lambda: hallway.handled)

    assert kept == 1
    assert hallway.handled == ["hello"]


async def test_a_lost_answer_or_a_failing_gateway_loses_no_update(street: Street) -> None:
    anna, hallway = street.person(), Hallway(street.bot)
    street.playground.people.write(anna, anna, "hello")
    street.playground.faults.add(Trouble.DROP, method="getUpdates")
    street.playground.faults.add(Trouble.SERVER_ERROR, method="getUpdates")
    street.playground.faults.add(Trouble.TOO_MANY, method="getUpdates")

    async with polled(street, hallway):
        await until(lambda: hallway.handled)

    assert hallway.handled == ["hello"]
    assert len(street.playground.faults.taken) == 3

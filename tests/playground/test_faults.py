"""Trouble comes when it is asked for, and never counts as a refusal."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.playground.faults import Trouble
from tests.playground.world import Scene


def _heard(scene: Scene, chat: int) -> list[str]:
    messages = scene.playground.telegram.conversations[chat].messages.values()
    return [message.content["text"] for message in messages if message.sender_id == scene.bot.id]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_answers_can_be_replaced(scene: Scene) -> None:
    anna, faults = scene.anna(), scene.playground.faults
    faults.add(Trouble.TOO_MANY, seconds=7)
    faults.add(Trouble.FORBIDDEN)
    faults.add(Trouble.MIGRATED, migrate_to=-1001)
    faults.add(Trouble.SERVER_ERROR)

    with pytest.raises(RetryAfter) as slowed:
        await scene.bot.send_message(anna.id, "one")
    with pytest.raises(Forbidden):
        await scene.bot.send_message(anna.id, "two")
    with pytest.raises(ChatMigrated):
        await scene.bot.send_message(anna.id, "three")
    with pytest.raises(NetworkError) as failed:
        await scene.bot.send_message(anna.id, "four")

    # PTB says it in seconds or as a span of time, as it was told at the start
    assert slowed.value.retry_after in (7, timedelta(seconds=7))
    assert not isinstance(failed.value, BadRequest)
    assert _heard(scene, anna.id) == []
    assert scene.playground.refusals == []


async def test_a_fault_hits_the_named_method_and_chat_as_often_as_told(scene: Scene) -> None:
    anna, ben = scene.anna(), scene.anna()
    scene.playground.faults.add(Trouble.SERVER_ERROR, method="sendMessage", chat=anna.id, times=2)

    for text in ("one", "two", "three"):
        await scene.ask("sendMessage", chat_id=anna.id, text=text)
        await scene.ask("sendMessage", chat_id=ben.id, text=text)

    assert _heard(scene, anna.id) == ["three"]
    assert _heard(scene, ben.id) == ["one", "two", "three"]


async def test_a_fault_without_end_lasts_until_cleared(scene: Scene) -> None:
    anna, faults = scene.anna(), scene.playground.faults
    faults.add(Trouble.SERVER_ERROR, times=None)

    for text in ("one", "two"):
        await scene.ask("sendMessage", chat_id=anna.id, text=text)
    faults.clear()
    await scene.ask("sendMessage", chat_id=anna.id, text="three")

    assert _heard(scene, anna.id) == ["three"]
    assert len(faults.taken) == 2


async def test_a_dropped_answer_leaves_the_deed_done(scene: Scene) -> None:
    anna = scene.anna()
    scene.playground.faults.add(Trouble.DROP)

    with pytest.raises(NetworkError) as dropped:
        await scene.bot.send_message(anna.id, "hello")

    assert isinstance(dropped.value.__cause__, httpx.RemoteProtocolError | httpx.ReadError)
    assert _heard(scene, anna.id) == ["hello"]


async def test_a_black_hole_swallows_the_call(scene: Scene) -> None:
    anna = scene.anna()
    scene.playground.faults.add(Trouble.BLACK_HOLE)

    with pytest.raises(TimedOut):
        await scene.bot.send_message(anna.id, "hello", read_timeout=0.1)

    assert _heard(scene, anna.id) == []


async def test_a_slow_answer_does_not_hold_up_others(scene: Scene) -> None:
    anna, ben = scene.anna(), scene.anna()
    scene.playground.faults.add(Trouble.DELAY, chat=anna.id, seconds=0.2)

    slow = asyncio.create_task(scene.bot.send_message(anna.id, "slow"))
    await scene.playground.faults.hit()
    await scene.bot.send_message(ben.id, "quick")
    before = _heard(scene, anna.id)
    await slow

    assert (before, _heard(scene, anna.id)) == ([], ["slow"])

"""Whoever waits for something to happen is woken when it does."""

import asyncio

from tests.playground.world import Scene


async def test_a_story_waits_until_the_bot_has_spoken(scene: Scene) -> None:
    anna = scene.anna()
    telegram = scene.playground.telegram
    waiting = asyncio.create_task(telegram.journal.until(lambda: telegram.message(anna.id, 2)))

    await scene.bot.send_message(anna.id, "Good morning")

    async with asyncio.timeout(5):
        assert (await waiting).content["text"] == "Good morning"


def test_events_are_numbered_without_gaps(scene: Scene) -> None:
    scene.anna()
    scene.desk()

    events = scene.playground.telegram.journal.since(0)

    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))

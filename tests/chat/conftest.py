"""A strict local Telegram with the real bot in front of it, for every test of the front door."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from bot.chat.application import CareBot, bot
from bot.playground.playground import Playground
from bot.playground.serving import serve
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls, RevolvingStage


@dataclass
class Street:
    """What lies before the door: people on one side, the bot's own client on the other."""

    playground: Playground
    bot: CareBot

    def person(self, name: str = "Anna") -> int:
        """Somebody who has opened the bot."""
        person = self.playground.people.new_person(name).id
        self.playground.people.start(person)
        self.playground.telegram.inbox.clear()
        return person

    def desk(self, staff: int, *, is_forum: bool = False) -> int:
        """A group in which the bot may do everything."""
        chat = self.playground.belonging.new_group(staff, "Desk", [self.bot.id], is_forum=is_forum).id
        self.playground.belonging.promote(staff, chat, self.bot.id)
        return chat

    def texts(self, chat: int) -> list[str]:
        messages = self.playground.telegram.conversations[chat].messages.values()
        ours = (message.content for message in messages if message.sender_id == self.bot.id)
        return [str(content.get("text") or content.get("caption") or "") for content in ours]


@pytest.fixture(scope="session")
async def door() -> AsyncIterator[tuple[RevolvingStage, CareBot]]:
    turning = RevolvingStage(_new().app)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serve(turning))
        client = bot(TOKEN, origin=url)
        await client.initialize()
        yield turning, client
        await client.shutdown()


@pytest.fixture
async def street(door: tuple[RevolvingStage, CareBot]) -> AsyncIterator[Street]:
    stage, client = door
    playground = _new()
    stage.app = playground.app
    yield Street(playground, client)
    playground.closing.set()


def _new() -> Playground:
    return Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)

"""Open one playground for each test."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest
from telegram import Bot

from bot.playground.playground import Playground
from bot.playground.serving import serve
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls, Scene


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    controls = HandTurnedControls()
    playground = Playground(controls, bot_token=TOKEN, bot_name=BOT_NAME)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serve(playground.app))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url))
        bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
        yield Scene(playground, controls, await stack.enter_async_context(bot), http)

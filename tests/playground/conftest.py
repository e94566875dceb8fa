"""Open one playground for each test, behind one server for all."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest
from telegram import Bot

from bot.playground.playground import Playground
from bot.playground.serving import serve
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls, RevolvingStage, Scene


@pytest.fixture(scope="session")
async def stage() -> AsyncIterator[RevolvingStage]:
    """Starting a server and two HTTP clients takes longer than most tests."""
    first = Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)
    turning = RevolvingStage(first.app)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serve(turning))
        turning.http = await stack.enter_async_context(httpx.AsyncClient(base_url=url))
        bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
        turning.bot = await stack.enter_async_context(bot)
        yield turning


@pytest.fixture
async def scene(stage: RevolvingStage) -> AsyncIterator[Scene]:
    controls = HandTurnedControls()
    playground = Playground(controls, bot_token=TOKEN, bot_name=BOT_NAME)
    stage.app = playground.app
    yield Scene(playground, controls, stage.bot, stage.http)
    playground.closing.set()

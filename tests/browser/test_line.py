"""The page stays with the server: it comes back by itself, whatever happened meanwhile."""

import re
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from bot.playground.playground import Playground
from bot.playground.serving import serve
from tests.browser.pages import Pages
from tests.browser.screen import Side
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls

pytestmark = pytest.mark.browser


def _playground(first_name: str) -> tuple[Playground, int]:
    playground = Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)
    return playground, playground.people.new_person(first_name).id


async def test_what_happened_while_the_line_was_down_is_caught_up(pages: Pages) -> None:
    playground, anna = _playground("Anna")
    async with AsyncExitStack() as open_page:
        async with serve(playground.app) as url:
            page = await open_page.enter_async_context(pages.new(url))
            await page.goto(url)
            await expect(page.get_by_role("tab", name="Anna")).to_be_visible()
        await expect(page.locator("#line")).to_be_visible()

        playground.people.write(anna, anna, "are you there?")
        playground.closing.clear()
        async with serve(playground.app, urlsplit(url).port or 0):
            await expect(Side(page.locator("#patient")).message("are you there?")).to_have_count(1)
            await expect(page.locator("#line")).to_be_hidden()


async def test_a_new_world_replaces_the_old_one(pages: Pages) -> None:
    first, _ = _playground("Anna")
    second, _ = _playground("Chloe")
    async with AsyncExitStack() as open_page:
        async with serve(first.app) as url:
            page = await open_page.enter_async_context(pages.new(url))
            await page.goto(url)
            await expect(page.get_by_role("tab", name="Anna")).to_be_visible()

        async with serve(second.app, urlsplit(url).port or 0):
            await expect(page.locator("#patient").get_by_role("tab")).to_have_text([re.compile("Chloe")])

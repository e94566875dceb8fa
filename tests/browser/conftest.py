"""Open the page in Chromium before a playground of its own, with a little bot behind it."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.async_api import async_playwright

from bot.playground.playground import Playground
from bot.playground.serving import serve
from tests.browser.clinic_bot import answering
from tests.browser.pages import DESKTOP, Pages
from tests.browser.screen import Screen
from tests.browser.standing_clock import ClockWithGuide
from tests.playground.world import BOT_NAME, TOKEN

HERE = Path(__file__).parent
# the first one has no windows: the same pages at a third less work
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# a process for each page, as each has an origin of its own, is half of what it costs to show it
FEW_PROCESSES = ("--renderer-process-limit=1", "--disable-site-isolation-trials", "--no-zygote")

OpenScreen: TypeAlias = Callable[..., AbstractAsyncContextManager[Screen]]


def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Chromium one test is skipped for all of them, so that the summary says it in one line."""
    here = [item for item in items if HERE in item.path.parents]
    if not here or _found() is not None:
        return
    here[0].add_marker(pytest.mark.skip(f"{len(here)} tests of the page need Chromium: apt-get install chromium"))
    config.hook.pytest_deselected(items=here[1:])
    items[:] = [item for item in items if item not in here[1:]]


@pytest.fixture(scope="session")
async def pages() -> AsyncIterator[Pages]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_found(), args=[*QUIET, *FEW_PROCESSES])
        yield Pages(browser)
        await browser.close()


@pytest.fixture
def opened(pages: Pages) -> OpenScreen:
    """`async with opened(size=PHONE, dark=False, touch=False) as screen`."""

    @asynccontextmanager
    async def opening(
        size: tuple[int, int] = DESKTOP, *, dark: bool = False, touch: bool = False
    ) -> AsyncIterator[Screen]:
        controls = ClockWithGuide()
        playground = Playground(controls, bot_token=TOKEN, bot_name=BOT_NAME, bot_title="Northlight Aftercare")
        maria, anna, _ben = (
            playground.people.new_person(*name) for name in (("Maria", "Lind"), ("Anna", "Berg"), ("Ben", "Okoro"))
        )
        playground.people.start(maria.id)
        desk = playground.belonging.new_group(maria.id, "Northlight desk", [playground.telegram.bot.id])
        playground.telegram.inbox.clear()
        controls.set_guide(maria=maria.id, desk=desk.id, anna=anna.id)
        async with (
            serve(playground.app) as url,
            answering(TOKEN, url) as bot,
            pages.new(url, size, dark=dark, touch=touch) as page,
        ):
            complaints: list[str] = []
            page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(url)
            await page.wait_for_selector(".tab")
            yield Screen(page, playground, controls, bot, anna.id, desk.id, maria.id, complaints)

    return opening

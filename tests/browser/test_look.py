"""The page as it looks, kept as pictures for whoever wants to see it."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.pages import DESKTOP, PHONE
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [pytest.param(False, id="light"), pytest.param(True, id="dark")])
@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")])
async def test_the_page_fits_its_screen(
    opened: OpenScreen, tmp_path: Path, size: tuple[int, int], *, dark: bool
) -> None:
    async with opened(size, dark=dark, touch=size == PHONE) as screen:
        await _a_first_day(screen)

        for place in ("patient", "clock", "clinic"):
            if size == PHONE:
                await screen.page.locator(".place", has_text=place.title()).click()
            await screen.page.screenshot(path=tmp_path / f"{place}.png")
            wide = await screen.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0

        assert screen.complaints == []


async def _a_first_day(screen: Screen) -> None:
    for said in ("/start token-1", "/pictures", "/phone", "/pin"):
        await _told(screen, screen.anna, screen.anna, said)
    await _told(screen, screen.maria, screen.desk, "/enroll Anna")
    await expect(screen.patient.messages().last).to_be_attached()


async def _told(screen: Screen, person: int, chat: int, text: str) -> None:
    """Somebody writes, and the bot has answered."""
    telegram = screen.playground.telegram
    said = screen.playground.people.write(person, chat, text).message_id
    await telegram.journal.until(lambda: telegram.conversations[chat].last_id > said)

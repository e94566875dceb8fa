"""A receptionist moves a session on a phone, by tapping a day."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.play import playing
from tests.browser.conftest import PATIENCE, PHONE
from tests.browser.test_main_job import Clinic
from tests.own_content import CONTENT
from tests.stories.conftest import AFTERNOON

pytestmark = pytest.mark.browser


@pytest.fixture
async def clinic(chromium: Browser, tmp_path: Path) -> AsyncIterator[Clinic]:
    async with playing(tmp_path / "data", start=AFTERNOON, content_dir=CONTENT) as scene:
        width, height = PHONE
        page = await chromium.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{scene.url}/")
        yield Clinic(page, scene)
        await page.close()


async def test_a_session_is_moved_by_tapping_a_day(clinic: Clinic, tmp_path: Path) -> None:
    await clinic.show("Clinic")
    await clinic.desk.say("/enroll Anna picosure next=2026-12-18")
    await clinic.desk.hears("Anna")
    await clinic.desk.say("/patient Anna")

    await clinic.desk.button("Move next session").last.click()
    await clinic.desk.hears("tap the new day")
    await expect(clinic.desk.button("[18]").last).to_be_in_viewport()
    await clinic.page.screenshot(path=tmp_path / "calendar.png")
    await clinic.desk.node.get_by_role("button", name="21", exact=True).last.click()
    await clinic.desk.hears("becomes Monday 21 December")
    await clinic.page.screenshot(path=tmp_path / "confirm.png")
    await clinic.desk.button("Yes, do this").last.click()

    await clinic.desk.hears("next Monday 21 December")
    assert clinic.scene.playground.refusals == []

"""The main job, by hand and eye: the whole clinic behind the page, from enrolment to an alert that is answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.play import Scene, playing
from tests.browser.pages import DESKTOP, PHONE, Pages
from tests.browser.screen import Side
from tests.first_start import first_start
from tests.own_content import CONTENT
from tests.stories.conftest import AFTERNOON

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Clinic:
    page: Page
    scene: Scene

    @property
    def patient(self) -> Side:
        return Side(self.page.locator("#patient"))

    @property
    def desk(self) -> Side:
        return Side(self.page.locator("#clinic"))

    async def show(self, name: str) -> None:
        """On a small screen: one side at a time."""
        await self.page.locator("nav").get_by_role("button", name=name).click()

    async def turn(self, label: str, *, day: str) -> None:
        button = self.page.locator("#clock").get_by_role("button", name=label)
        while day not in (await self.page.locator("#clock").inner_text()):
            await button.click()
            await expect(button).to_be_enabled()


@asynccontextmanager
async def shown(pages: Pages, folder: Path, size: tuple[int, int], *, content: Path = CONTENT) -> AsyncIterator[Clinic]:
    """The page of a clinic of its own, on a screen of this size."""
    data = first_start(folder / "data")
    async with playing(data, start=AFTERNOON, content_dir=content) as scene, pages.new(scene.url, size) as page:
        await page.goto(f"{scene.url}/")
        yield Clinic(page, scene)
        await page.screenshot(path=folder / "end.png")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
async def clinic(request: pytest.FixtureRequest, pages: Pages, tmp_path: Path) -> AsyncIterator[Clinic]:
    async with shown(pages, tmp_path, request.param) as opened:
        yield opened


async def test_from_enrolment_to_an_alert_that_a_person_answers(clinic: Clinic, request: pytest.FixtureRequest) -> None:
    small = "phone" in request.node.name

    async def look_at(name: str) -> None:
        if small:
            await clinic.show(name)

    await look_at("Clinic")
    await clinic.desk.say("/enroll Anna picosure next=2026-12-18 phone=+442055500199")
    link = clinic.desk.node.get_by_role("link", name="start=").or_(clinic.desk.node.locator("a[href*='start=']")).last
    await link.click()
    await clinic.page.get_by_role("dialog").get_by_role("button", name="Open").click()

    await look_at("Patient")
    await clinic.patient.hears("is that you")
    await clinic.patient.node.get_by_role("button", name="Yes").first.click()
    await clinic.patient.hears("Do you agree?")
    await clinic.patient.node.get_by_role("button", name="I agree").click()
    await clinic.patient.hears("Session day.")

    await look_at("Clock")
    await clinic.turn("+1 day", day="27 Nov")
    await look_at("Patient")
    await clinic.patient.hears("Day 7.")
    await clinic.patient.say("can i wear makeup")
    await clinic.patient.hears("Makeup: ")

    await clinic.patient.say("my cheek is leaking yellow stuff")
    await clinic.patient.hears("This may be an infection")
    await look_at("Clinic")
    alert = clinic.desk.message("leaking yellow stuff").last
    await expect(alert).to_contain_text("URGENT")
    await clinic.desk.button("I have it").last.click()
    await look_at("Patient")
    await clinic.patient.hears("Maria from Northlight Skin Clinic has seen this")
    assert clinic.scene.playground.refusals == []

"""The clinic's side of a day, on a phone: found, moved by tapping a day, answered, seen to and closed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.pages import PHONE, Pages
from tests.browser.test_main_job import Clinic, shown

pytestmark = pytest.mark.browser


@pytest.fixture
async def clinic(pages: Pages, tmp_path: Path) -> AsyncIterator[Clinic]:
    async with shown(pages, tmp_path, PHONE) as opened:
        yield opened


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


async def test_somebody_who_asks_is_answered_and_an_alert_is_taken_and_closed(clinic: Clinic, tmp_path: Path) -> None:
    await _anna_has_joined(clinic)
    await clinic.patient.say("can a real person call me please")
    await clinic.patient.button("It can wait").last.click()
    await clinic.show("Clinic")
    await clinic.desk.asks_menu("PLEASE ANSWER", "Reply")
    await clinic.desk.say("We will ring you at three, Anna.")
    await clinic.show("Patient")
    await clinic.patient.hears("We will ring you at three, Anna.")

    await clinic.patient.say("my cheek is leaking yellow stuff")
    await clinic.show("Clinic")
    await clinic.desk.hears("leaking yellow stuff")
    await clinic.desk.button("I have it").last.click()
    # the first alert is hers since she answered it: the second one is meant
    await expect(clinic.desk.button("I have called")).to_have_count(2)
    await clinic.desk.button("I have called").last.click()
    await expect(clinic.desk.message("leaking yellow stuff").last).to_contain_text("has it · called")
    await clinic.page.screenshot(path=tmp_path / "alert.png")
    await clinic.desk.button("Close").last.click()
    await clinic.desk.button("Advice given").last.click()
    await clinic.desk.hears("Advice given")
    await clinic.page.screenshot(path=tmp_path / "closed.png")
    await clinic.desk.say("/patients")
    await expect(clinic.desk.messages().last).to_contain_text("Anna")
    await expect(clinic.desk.messages().last).to_contain_text("active")
    await clinic.page.screenshot(path=tmp_path / "patients.png")
    assert clinic.scene.playground.refusals == []


async def _anna_has_joined(clinic: Clinic) -> None:
    await clinic.show("Clinic")
    await clinic.desk.say("/enroll Anna picosure next=2026-12-18 phone=+442055500199")
    await clinic.desk.node.locator("a[href*='start=']").last.click()
    await clinic.page.get_by_role("dialog").get_by_role("button", name="Open").click()
    await clinic.show("Patient")
    await clinic.patient.node.get_by_role("button", name="Yes").first.click()
    await clinic.patient.node.get_by_role("button", name="I agree").click()
    await clinic.patient.hears("Session day.")

"""The manager's hour: words of one day are changed, tried, approved, read by the patient, and taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.pages import DESKTOP, Pages
from tests.browser.test_main_job import Clinic, shown
from tests.own_content import move_in

pytestmark = pytest.mark.browser

DAY_3 = "en/steps/picosure/PS-03.toml"
NEW_WORDS = """{{ day_words }}. Look closely today. Sauna waits until {{ heat_from }}, the pool until {{ swim_from }}.

Watch for heat, redness or swelling that grows. If so: {{ urgent_any_hour }}.

Reply HELP for a person."""
PROVED = 60_000
"""Milliseconds for all words to be proved anew, on a machine with much else to do."""


@pytest.fixture
async def clinic(pages: Pages, tmp_path: Path) -> AsyncIterator[Clinic]:
    async with shown(pages, tmp_path, DESKTOP, content=move_in(tmp_path / "content")) as opened:
        yield opened


async def test_words_of_day_3_are_changed_read_by_the_patient_and_taken_back(clinic: Clinic, tmp_path: Path) -> None:
    file = tmp_path / "content" / DAY_3
    before = file.read_bytes()
    await _anna_has_joined(clinic)
    clara = await _a_clinician(clinic)

    await _privately(clinic, clinic.scene.staff)
    await _open_day_3(clinic)
    await clinic.page.screenshot(path=tmp_path / "item.png")
    await _tap(clinic, "Edit")
    await clinic.desk.hears("Placeholders")
    await clinic.desk.say(NEW_WORDS)
    await _hears_in_the_end(clinic, "not live yet")
    await clinic.page.screenshot(path=tmp_path / "preview.png")
    await _tap(clinic, "Publish")

    await _privately(clinic, clara)
    await clinic.desk.hears("Maria asks you")
    await clinic.page.screenshot(path=tmp_path / "asked.png")
    await _tap(clinic, "Publish")
    await _privately(clinic, clinic.scene.staff)
    await _hears_in_the_end(clinic, "The new words are live")
    await clinic.turn("+1 day", day="23 Nov")
    await clinic.patient.hears("Look closely today. Sauna waits until 27 November")
    await clinic.page.screenshot(path=tmp_path / "read.png")

    await _open_day_3(clinic)
    await _tap(clinic, "History")
    await clinic.desk.node.get_by_role("button", name="1", exact=True).last.click()
    await _tap(clinic, "Take it back")
    await _hears_in_the_end(clinic, "1 had it already")
    await _tap(clinic, "Publish")
    await _privately(clinic, clara)
    await clinic.desk.hears("1 had it already")
    await _tap(clinic, "Publish")
    await _privately(clinic, clinic.scene.staff)
    await expect(clinic.desk.message("The new words are live")).to_have_count(2, timeout=PROVED)
    await clinic.page.screenshot(path=tmp_path / "back.png")
    assert file.read_bytes() == before
    assert clinic.scene.playground.refusals == []


async def _anna_has_joined(clinic: Clinic) -> None:
    await clinic.desk.say("/enroll Anna picosure next=2026-12-18 phone=+442055500199")
    await clinic.desk.node.locator("a[href*='start=']").last.click()
    await clinic.page.get_by_role("dialog").get_by_role("button", name="Open").click()
    await clinic.patient.node.get_by_role("button", name="Yes").first.click()
    await clinic.patient.node.get_by_role("button", name="I agree").click()
    await clinic.patient.hears("Session day.")


async def _a_clinician(clinic: Clinic) -> int:
    people = clinic.scene.playground.people
    clara = people.new_person("Clara", "Clinician").id
    people.start(clara)
    await clinic.desk.say(f"/team add {clara} clinician Clara")
    await clinic.desk.hears("Clara")
    # on the team first: who joins without is a stranger, and nothing more is said there
    clinic.scene.playground.belonging.join(clara, clinic.scene.desk)
    return clara


async def _privately(clinic: Clinic, person: int) -> None:
    """On the clinic's side: as this person, in their own chat with the bot."""
    await clinic.desk.node.locator("select.speaker").select_option(str(person))
    await clinic.desk.node.get_by_role("tab", name="Private").click()


async def _open_day_3(clinic: Clinic) -> None:
    await clinic.desk.say("/content")
    for label in ("Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Message, exercise: open"):
        await _tap(clinic, label)


async def _tap(clinic: Clinic, label: str) -> None:
    await clinic.desk.node.get_by_role("button", name=label).last.click()


async def _hears_in_the_end(clinic: Clinic, words: str) -> None:
    await expect(clinic.desk.message(words).last).to_be_visible(timeout=PROVED)

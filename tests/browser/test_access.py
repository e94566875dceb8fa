"""The page can be read by weak eyes and by a screen reader."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen

pytestmark = pytest.mark.browser

ENOUGH = 4.5  # WCAG AA for text of normal size
INK_ON_GROUND = (
    *[("ink", ground) for ground in ("panel", "wall", "mine", "theirs", "hover", "desk")],
    *[("faint", ground) for ground in ("panel", "wall", "theirs", "hover")],
    *[("link", ground) for ground in ("panel", "mine", "theirs", "key")],
    *[(f"name-{number}", "theirs") for number in range(7)],
    ("accent", "panel"),
    ("accent-ink", "accent"),
    ("mine-faint", "mine"),
    ("toast-ink", "toast"),
    ("danger", "panel"),
)
FIND_NAMELESS = """() => {
    const named = node => node.getAttribute('aria-label') ?? node.getAttribute('alt') ?? node.textContent;
    const pressed = 'button, a, input:not([hidden]), select, textarea, img, video, audio';
    return [...document.querySelectorAll(pressed)]
        .filter(node => !named(node).trim() && !node.labels?.length)
        .map(node => node.outerHTML);
}"""
READ_COLOUR = "name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()"


@pytest.mark.parametrize("dark", [pytest.param(False, id="light"), pytest.param(True, id="dark")])
async def test_every_ink_can_be_read_on_its_ground(opened: OpenScreen, *, dark: bool) -> None:
    async with opened(dark=dark) as screen:
        names = {name for pair in INK_ON_GROUND for name in pair}
        colours = {name: await screen.page.evaluate(READ_COLOUR, name) for name in names}

        weak = {pair for pair in INK_ON_GROUND if _contrast(colours[pair[0]], colours[pair[1]]) < ENOUGH}
        assert weak == set()


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(pair, 16) / 255 for pair in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_whatever_can_be_pressed_has_a_name(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.say("/pictures")
        await expect(screen.patient.message("Your plan.pdf")).to_be_visible()

        nameless = await screen.page.evaluate(FIND_NAMELESS)
        assert nameless == []


async def test_a_new_message_is_read_out_once(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.hears("Welcome.")

        await screen.bot.bot.send_message(screen.anna, "Good evening, Anna.")

        spoken = screen.patient.node.locator("[aria-live=polite]", has_text="Good evening")
        await expect(spoken).to_have_text("Northlight Aftercare: Good evening, Anna.")


async def test_nothing_is_asked_of_any_other_machine(opened: OpenScreen) -> None:
    async with opened() as screen:
        asked: list[str] = []
        screen.page.on("request", lambda request: asked.append(request.url))
        await screen.page.reload()
        await screen.patient.button("Start").click()
        await screen.patient.hears("Welcome.")

        assert [url for url in asked if not url.startswith(screen.page.url)] == []
        assert screen.complaints == []

"""What somebody at the screen sees and does, in their words."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from bot.playground.playground import Playground
from tests.browser.clinic_bot import ClinicBot
from tests.browser.standing_clock import ClockWithGuide


@dataclass(frozen=True)
class Screen:
    page: Page
    playground: Playground
    controls: ClockWithGuide
    bot: ClinicBot
    anna: int
    desk: int
    maria: int
    complaints: list[str]
    """Everything the browser's console complained of."""

    @property
    def patient(self) -> "Side":
        return Side(self.page.locator("#patient"))

    @property
    def clinic(self) -> "Side":
        return Side(self.page.locator("#clinic"))

    @property
    def clock(self) -> Locator:
        return self.page.locator("#clock")

    @property
    def guide(self) -> Locator:
        return self.page.locator("#guide")

    async def later(self, label: str) -> None:
        await self.clock.get_by_role("button", name=label).click()


@dataclass(frozen=True)
class Side:
    """One of the two phones."""

    node: Locator

    def messages(self) -> Locator:
        return self.node.locator(".message")

    def message(self, words: str | re.Pattern[str]) -> Locator:
        return self.messages().filter(has_text=words)

    def button(self, name: str) -> Locator:
        return self.node.get_by_role("button", name=name, exact=True)

    @property
    def field(self) -> Locator:
        return self.node.locator("textarea")

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def hears(self, words: str) -> None:
        await expect(self.message(words).last).to_be_visible()

    async def asks_menu(self, words: str, entry: str) -> None:
        await self.message(words).last.locator(".bubble").click(button="right")
        await self.node.page.get_by_role("menuitem", name=entry).click()

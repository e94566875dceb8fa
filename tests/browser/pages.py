"""Pages of one browser: each test has a new one, and all on a like screen share what the browser needs to show them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from playwright.async_api import Browser, BrowserContext, Page, expect

PATIENCE = 10_000  # milliseconds for what should take none
# what is expected to be seen waits as long as what is to be tapped
expect.set_options(timeout=PATIENCE)
DESKTOP = (1280, 800)
PHONE = (390, 844)

Look: TypeAlias = tuple[tuple[int, int], bool, bool]


@dataclass
class Pages:
    """A page keeps nothing of another's: it has a tab and a server of its own."""

    browser: Browser
    _contexts: dict[Look, BrowserContext] = field(default_factory=dict)

    @asynccontextmanager
    async def new(
        self, url: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False, touch: bool = False
    ) -> AsyncIterator[Page]:
        """Still empty; `url`: of the server that it will show."""
        look = (size, dark, touch)
        context = self._contexts.get(look)
        if context is None:
            context = self._contexts[look] = await self._context(url, look)
        page = await context.new_page()
        try:
            yield page
        finally:
            await page.close()

    async def _context(self, url: str, look: Look) -> BrowserContext:
        (width, height), dark, touch = look
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            is_mobile=touch,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE)
        # stays open: while something of this machine is shown, the next page needs no process of its own
        held = await context.new_page()
        await held.goto(f"{url}/icon.svg")
        return context

"""The second alarm channel: performs a page by web hook or by mail, and says what became of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.care.model.delivery import Act, Outcome, Result
from bot.care.model.page import Page
from bot.care.model.people import Contact

log = logging.getLogger(__name__)


class Pager(Protocol):
    """One way out. Never raises for what the far side did."""

    async def page(self, page: Page) -> Result: ...

    async def look(self) -> Result:
        """Whether it could page now; nobody is."""
        ...


@dataclass(frozen=True)
class Pagers:
    """Fills `bot.care.ports.outside.Channel` for acts of the kind PAGE."""

    by_contact: Mapping[Contact, Pager]

    async def perform(self, act: Act) -> Result:
        pager = self.by_contact.get(act.to)
        if pager is None or act.page is None:
            return Result(Outcome.REFUSED, reason="it is not set up")
        try:
            return await pager.page(act.page)
        except Exception as error:
            log.exception("page_failed", extra={"event": "page_failed"})
            return Result(Outcome.AMBIGUOUS, reason=type(error).__name__)

"""Ask Telegram for updates; they count as received only once they are committed."""

import asyncio
import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from random import Random
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.request import BaseRequest

from bot.chat.intake import Intake
from bot.chat.requests import POLL
from scheduler.backoff import wait

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
)

AT_ONCE = 1.0
"""Seconds: an empty answer sooner than this was not waited for."""

LONGEST_SILENCE = 5.0
"""Seconds between tries while Telegram cannot be reached."""


class PollingRefused(Exception):
    """Telegram answered, and not with updates; `code` is its HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(f"getUpdates was refused with {code}")
        self.code = code


@dataclass
class Polling:
    """Own loop and raw JSON: one update that cannot be parsed must not stop the others."""

    bot: Bot
    request: BaseRequest
    intake: Intake
    rng: Random
    offset: int | None = None

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            try:
                await self._round()
                failures = 0
            except Exception as error:  # noqa: BLE001 - nothing was confirmed: whatever went wrong, ask again
                why = str(error) if isinstance(error, PollingRefused) else type(error).__name__
                log.warning("polling_failed", extra={"event": "polling_failed", "why": why})
                await asyncio.sleep(min(wait(failures, rng=self.rng).total_seconds(), LONGEST_SILENCE))
                failures += 1

    async def _round(self) -> None:
        asked_at = asyncio.get_running_loop().time()
        updates = await self._updates()
        if not updates and asyncio.get_running_loop().time() - asked_at < AT_ONCE:
            # a server that does not hold the line would be asked thousands of times a second
            await asyncio.sleep(AT_ONCE)
        if updates:
            await self.intake.store(updates)
            # only now: the next call's offset is what confirms them
            self.offset = max(update["update_id"] for update in updates) + 1

    async def _updates(self) -> list[dict[str, Any]]:
        asked: dict[str, str | int] = {"timeout": POLL, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self.offset is not None:
            asked["offset"] = self.offset
        url = f"{self.bot.base_url}/getUpdates?{urlencode(asked)}"
        code, payload = await self.request.do_request(url, method="POST")
        if code != HTTPStatus.OK:
            raise PollingRefused(code)
        updates: list[dict[str, Any]] = json.loads(payload)["result"]
        return updates

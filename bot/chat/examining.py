"""Look at our place on Telegram without changing it: who we are, how we are called, what we may do at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx

PATIENCE = 10.0
REFUSED = (401, 404)


class NotReached(Exception):
    """Telegram did not answer; the message says how, and never holds the token."""


class TokenUnknown(Exception):
    """Telegram does not know the token."""


@dataclass
class Telegram:
    """One short visit: `async with`. `sent_at` is the hour on Telegram's clock at its last answer."""

    token: str = field(repr=False)
    origin: str
    sent_at: datetime | None = None

    async def __aenter__(self) -> Self:
        self._client = await httpx.AsyncClient(timeout=PATIENCE).__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, at)

    async def me(self) -> Mapping[str, Any]:
        return await self._ask("getMe")

    async def webhook(self) -> Mapping[str, Any]:
        return await self._ask("getWebhookInfo")

    async def chat(self, chat: int) -> Mapping[str, Any]:
        """Empty where Telegram does not know the chat any more."""
        return await self._ask("getChat", chat_id=chat)

    async def member(self, chat: int, account: int) -> Mapping[str, Any]:
        """Our place in a chat; with `status` "left" also where Telegram does not know the chat any more."""
        return await self._ask("getChatMember", chat_id=chat, user_id=account) or {"status": "left"}

    async def _ask(self, method: str, **params: int) -> Mapping[str, Any]:
        """Raises `NotReached`, `TokenUnknown`; nothing when the call itself is refused."""
        try:
            answer = await self._client.post(f"{self.origin}/bot{self.token}/{method}", json=params)
            said = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            # the words of these may hold the address, and the address holds the token
            raise NotReached(type(error).__name__) from None
        if answer.status_code in REFUSED:
            raise TokenUnknown
        if "date" in answer.headers:
            self.sent_at = parsedate_to_datetime(answer.headers["date"])
        result: Mapping[str, Any] = said.get("result") or {}
        return result

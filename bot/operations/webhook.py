"""Page by a signed JSON POST."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from functools import cache
from ssl import SSLContext

import httpx

from bot.care.model.delivery import Outcome, Result
from bot.care.model.page import Page
from bot.care.ports.outside import Clock

DEADLINE = 10.0
"""Seconds for all of it."""
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
NOT_NOW = frozenset({408, 425, 429, 503})
"""Answers that say that it was not taken, and may be later."""


@dataclass(frozen=True)
class Webhook:
    """`Aftercare-Signature: sha256=HEX` is the HMAC-SHA256 of `Aftercare-Timestamp`, a dot and the body."""

    url: str
    secret: str
    clock: Clock
    deadline: float = DEADLINE

    async def page(self, page: Page) -> Result:
        body = json.dumps(asdict(page), separators=(",", ":")).encode()
        return await self._asked("POST", body)

    async def look(self) -> Result:
        """Any answer at all says that somebody listens there."""
        seen = await self._asked("HEAD", b"")
        return Result(Outcome.SENT) if seen.outcome is not Outcome.NOT_SENT or seen.reason.isdecimal() else seen

    async def _asked(self, method: str, body: bytes) -> Result:
        try:
            client = httpx.AsyncClient(timeout=self.deadline, verify=_trusted())
            async with asyncio.timeout(self.deadline), client:
                answer = await client.request(method, self.url, content=body, headers=self._headers(body))
        except NEVER_LEFT as error:
            return Result(Outcome.NOT_SENT, reason=type(error).__name__)
        # what an error says may hold the address, and the address a secret
        except (httpx.HTTPError, TimeoutError) as error:
            return Result(Outcome.AMBIGUOUS, reason=type(error).__name__)
        return Result(_outcome(answer.status_code), reason="" if answer.is_success else str(answer.status_code))

    def _headers(self, body: bytes) -> dict[str, str]:
        stamp = str(int(self.clock.now().timestamp()))
        signed = hmac.new(self.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "Aftercare-Timestamp": stamp,
            "Aftercare-Signature": f"sha256={signed}",
        }


@cache
def _trusted() -> SSLContext:
    """The authorities of this machine, read once and not for each page."""
    return httpx.create_ssl_context()


def _outcome(status: int) -> Outcome:
    if status in NOT_NOW:
        return Outcome.NOT_SENT
    if status >= 500:
        return Outcome.AMBIGUOUS
    return Outcome.SENT if 200 <= status < 300 else Outcome.REFUSED

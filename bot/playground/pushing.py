"""Push updates to the bot's webhook, in order, again and again until it says 2xx."""

import asyncio
import json
import ssl
from urllib.parse import urlsplit

from bot.playground.bell import first_of
from bot.playground.controls import Json
from bot.playground.inbox import Webhook
from bot.playground.telegram import Telegram

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0  # seconds between tries; Telegram's own grow much longer
PATIENCE = 10.0  # seconds for one answer


class Pusher:
    """One update at a time: order is kept, nothing is confirmed before it is taken."""

    def __init__(self, telegram: Telegram, closing: asyncio.Event) -> None:
        self._telegram = telegram
        self._closing = closing
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Start pushing if it has not begun; called when a webhook is set."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._push_all())

    async def _push_all(self) -> None:
        inbox = self._telegram.inbox
        pause = FIRST_PAUSE
        while inbox.webhook is not None and not self._closing.is_set():
            if not len(inbox):
                await first_of(inbox.bell.coming.wait(), within=PATIENCE, unless=[self._closing.wait()])
                continue
            update = inbox.first(1)[0]
            error = await _fault(inbox.webhook, update)
            if error is None:
                inbox.confirm(update["update_id"] + 1)
                pause = FIRST_PAUSE
                continue
            inbox.last_error = self._described(error)
            await first_of(self._closing.wait(), within=pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _described(self, error: str) -> Json:
        return {"last_error_date": int(self._telegram.now().timestamp()), "last_error_message": error}


async def _fault(webhook: Webhook, update: Json) -> str | None:
    """Try once; None when the bot took it, else what went wrong in Telegram's words."""
    try:
        async with asyncio.timeout(PATIENCE):
            status = await _post(webhook, json.dumps(update).encode())
    except TimeoutError:
        return "Connection timed out"
    except (OSError, ValueError, IndexError):
        return "Connection refused"
    return None if 200 <= status < 300 else f"Wrong response from the webhook: {status}"


async def _post(webhook: Webhook, body: bytes) -> int:
    address = urlsplit(webhook.url)
    secure = ssl.create_default_context() if address.scheme == "https" else None
    port = address.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(address.hostname, port, ssl=secure)
    try:
        writer.write(_head(webhook, len(body)) + body)
        await writer.drain()
        status_line = await reader.readline()
        await reader.read()
        return int(status_line.split()[1])
    finally:
        writer.close()


def _head(webhook: Webhook, length: int) -> bytes:
    address = urlsplit(webhook.url)
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    secret = f"X-Telegram-Bot-Api-Secret-Token: {webhook.secret_token}\r\n" if webhook.secret_token else ""
    return (
        f"POST {target} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
        f"{secret}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    ).encode()

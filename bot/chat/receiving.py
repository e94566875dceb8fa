"""The two ways in: ask Telegram, or be called by it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from telegram import Bot
from telegram.error import TelegramError

from bot.chat.intake import Intake
from bot.chat.polling import ALLOWED_UPDATES, Polling
from bot.chat.webhook import webhook

AGAIN_IN = 3.0
"""Seconds between tries to tell Telegram how we receive."""


class _QuietServer(uvicorn.Server):
    """A server that leaves signals to the program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def receive_by_polling(bot: Bot, polling: Polling) -> None:
    """Until cancelled."""
    # updates that wait at Telegram are patients' words: they are never dropped
    await _until_told(lambda: bot.delete_webhook(drop_pending_updates=False))
    async with polling.request:
        await polling.run()


async def receive_by_webhook(bot: Bot, intake: Intake, *, url: str, secret: str, listen: str) -> None:
    """Until cancelled. `listen` is host:port; a TLS proxy stands before it."""
    host, _, port = listen.rpartition(":")
    app = Starlette(routes=[webhook(urlsplit(url).path or "/", secret=secret, intake=intake)])
    server = _QuietServer(uvicorn.Config(app, host=host, port=int(port), log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    try:
        await _until_told(
            lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=40)
        )
        await serving
    finally:
        server.should_exit = True
        await serving


async def _until_told(call: Callable[[], Awaitable[bool]]) -> None:
    while True:
        try:
            await call()
            return
        except TelegramError:
            await asyncio.sleep(AGAIN_IN)

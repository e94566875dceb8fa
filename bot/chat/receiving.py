"""The two ways in: ask Telegram, or be called by it."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.intake import Intake
from bot.chat.polling import ALLOWED_UPDATES, Polling

AGAIN_IN = 3.0
"""Seconds between tries to tell Telegram how we receive."""


class CannotListen(Exception):
    """The address in LISTEN is taken, or not ours."""


async def receive_by_polling(bot: Bot, polling: Polling) -> None:
    """Until cancelled."""
    # updates that wait at Telegram are patients' words: they are never dropped
    await _until_told(lambda: bot.delete_webhook(drop_pending_updates=False))
    async with polling.request:
        await polling.run()


async def receive_by_webhook(bot: Bot, intake: Intake, *, url: str, secret: str, door: socket.socket) -> None:
    """Until cancelled. A TLS proxy stands before the `door`."""
    # a web server, 3 MB, that who asks Telegram does without
    from bot.chat.webhook import server_for  # noqa: PLC0415

    server = server_for(url, secret=secret, intake=intake)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    try:
        await _until_told(
            lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=40)
        )
        await serving
    finally:
        server.should_exit = True
        await serving


def open_door(listen: str) -> socket.socket:
    """`listen` is host:port. Raises `CannotListen`."""
    host, _, port = listen.rpartition(":")
    try:
        door = socket.create_server((host.strip("[]"), int(port)), family=_family(host))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise CannotListen(f"cannot listen on LISTEN={listen}: {why}") from error
    # asyncio does this only for sockets that name their protocol; without it every answer waits 40 ms
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return door


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


async def _until_told(call: Callable[[], Awaitable[bool]]) -> None:
    while True:
        try:
            await call()
            return
        except TelegramError:
            await asyncio.sleep(AGAIN_IN)

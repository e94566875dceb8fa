"""Build PTB's application without its updater, queue or persistence: it only finds the handler."""

import asyncio
import logging
from collections.abc import Callable
from random import Random

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot

from bot.chat.doorway import CareApplication, Doorway, Visits, remember_error
from bot.chat.handlers import deeds, handlers
from bot.chat.intake import Intake
from bot.chat.polling import Polling
from bot.chat.requests import polling, sending
from scheduler.backoff import wait

log = logging.getLogger(__name__)

LONGEST_WAIT = 10.0
"""Seconds between tries to reach Telegram at the start."""

CareBot = ExtBot[None]


class TokenRefused(Exception):
    """Telegram does not know this token."""


def bot(token: str, *, origin: str) -> CareBot:
    """`origin` of the Bot API server; calls go to `<origin>/bot<token>/<method>`."""
    return ExtBot(
        token,
        base_url=f"{origin}/bot",
        base_file_url=f"{origin}/file/bot",
        request=sending(),
        get_updates_request=polling(),
    )


def application(telegram: CareBot) -> CareApplication:
    contexts = ContextTypes(context=Doorway, bot_data=Visits)
    built = Application.builder().bot(telegram).context_types(contexts).updater(None).job_queue(None).build()
    built.add_handlers(handlers())
    built.add_error_handler(remember_error)
    built.bot_data.deeds = deeds()
    return built


def poller(telegram: CareBot, intake: Intake, *, offset: int | None) -> Polling:
    return Polling(telegram, polling(), intake, Random(), offset=offset)


async def introduce(telegram: CareBot, *, waiting: Callable[[], None]) -> None:
    """Ask Telegram who we are, for as long as it takes to reach it; `waiting` is called when that takes more than one
    try. Raises `TokenRefused`."""
    rng, failures = Random(), 0
    while True:
        try:
            await telegram.initialize()
            return
        except InvalidToken as error:
            raise TokenRefused(
                "Telegram does not know this TELEGRAM_BOT_TOKEN (401): copy it again from @BotFather"
            ) from error
        except TelegramError as error:
            if not failures:
                waiting()
            log.warning("telegram_unreachable", extra={"event": "telegram_unreachable", "why": type(error).__name__})
            await asyncio.sleep(min(wait(failures, rng=rng).total_seconds(), LONGEST_WAIT))
            failures += 1

"""Build PTB's application without its updater, queue or persistence: it only finds the handler."""

from random import Random

from telegram.ext import Application, ContextTypes, ExtBot

from bot.chat.doorway import CareApplication, Doorway, Visits, remember_error
from bot.chat.handlers import deeds, handlers
from bot.chat.intake import Intake
from bot.chat.polling import Polling
from bot.chat.requests import polling, sending


def bot(token: str, *, origin: str) -> ExtBot[None]:
    """`origin` of the Bot API server; calls go to `<origin>/bot<token>/<method>`."""
    return ExtBot(token, base_url=f"{origin}/bot", base_file_url=f"{origin}/file/bot", request=sending())


def application(telegram: ExtBot[None]) -> CareApplication:
    contexts = ContextTypes(context=Doorway, bot_data=Visits)
    built = Application.builder().bot(telegram).context_types(contexts).updater(None).job_queue(None).build()
    built.add_handlers(handlers())
    built.add_error_handler(remember_error)
    built.bot_data.deeds = deeds()
    return built


def poller(telegram: ExtBot[None], intake: Intake, *, offset: int | None) -> Polling:
    return Polling(telegram, polling(), intake, Random(), offset=offset)

"""The commands Telegram offers in its menu: patients see theirs in every private chat, staff theirs in their own."""

from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.care.model.people import Role
from bot.care.model.words import Facts
from bot.care.ports import Shelf

PATIENT = ("today", "plan", "faq", "settings", "pause", "resume", "stop", "privacy", "help")
RECEPTION = ("enroll", "patients", "patient", "session", "reschedule", "cancel", "alerts", "help")
CLINICIAN = (*RECEPTION, "templates")
ADMIN = (*CLINICIAN, "team", "desk")
BY_ROLE = {Role.RECEPTION: RECEPTION, Role.CLINICIAN: CLINICIAN, Role.ADMIN: ADMIN}

NOTHING: Facts = {}


def _menu(names: Iterable[str], shelf: Shelf, language: str) -> list[BotCommand]:
    return [BotCommand(name, shelf.say(f"phrases/menu/{name}", language, NOTHING)) for name in names]


async def offer(bot: Bot, shelf: Shelf, members: Iterable[tuple[int, Role]]) -> None:
    """Set every menu anew; called at start and after a change of the team or the words."""
    first = shelf.clinic.languages[0]
    for language in shelf.clinic.languages:
        code = None if language == first else language
        await bot.set_my_commands(
            _menu(PATIENT, shelf, language), scope=BotCommandScopeAllPrivateChats(), language_code=code
        )
    await bot.set_my_commands(_menu(RECEPTION, shelf, first), scope=BotCommandScopeAllGroupChats())
    for account, role in members:
        await bot.set_my_commands(
            _menu((*BY_ROLE[role], *PATIENT[:3]), shelf, first), scope=BotCommandScopeChat(account)
        )

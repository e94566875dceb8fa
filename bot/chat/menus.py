"""The commands Telegram offers in its menu: patients see theirs in every private chat, staff theirs in their own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest

from bot.care.model.people import Member, Role
from bot.care.model.permissions import PATIENT_COMMANDS, commands_of
from bot.care.ports.records import Records
from bot.care.ports.words import Library, Shelf

STAFF_TOO = ("today", "help")
"""What a member of the team finds below the commands of their role: they may be in care themselves."""

Standing = tuple[str, tuple[tuple[int, Role], ...]]


@dataclass
class Menus:
    """Sets every menu anew when the words or the team have changed since the last look."""

    bot: Bot
    library: Library
    records: Records
    _told: Standing | None = field(default=None)

    async def look(self) -> None:
        members = await self.records.read(lambda work: tuple(work.team.members()))
        shelf = self.library.shelf
        standing = (shelf.version, tuple((member.account, member.role) for member in members))
        if standing != self._told:
            await self._offer(shelf, members)
            await self._take_from_others(members)
            self._told = standing

    async def _offer(self, shelf: Shelf, members: Iterable[Member]) -> None:
        first = shelf.clinic.languages[0]
        for language in shelf.clinic.languages:
            await self.bot.set_my_commands(
                _menu(PATIENT_COMMANDS, shelf, language),
                scope=BotCommandScopeAllPrivateChats(),
                language_code=None if language == first else language,
            )
        at_desk = (*commands_of(Role.RECEPTION), "help")
        await self.bot.set_my_commands(_menu(at_desk, shelf, first), scope=BotCommandScopeAllGroupChats())
        for member in members:
            await self._offer_to(member, shelf, first)

    async def _take_from_others(self, members: Iterable[Member]) -> None:
        """Who left the team finds the menu of everybody else again."""
        before = self._told[1] if self._told else ()
        for account in {account for account, _ in before} - {member.account for member in members}:
            try:
                await self.bot.delete_my_commands(scope=BotCommandScopeChat(account))
            except BadRequest:
                continue  # their chat is gone, and the menu with it

    async def _offer_to(self, member: Member, shelf: Shelf, language: str) -> None:
        scope = BotCommandScopeChat(member.account)
        names = (*commands_of(member.role), *STAFF_TOO)
        try:
            await self.bot.set_my_commands(_menu(names, shelf, language), scope=scope)
        except BadRequest:
            return  # has not opened a chat with the bot yet: their menu comes when they do


def _menu(names: Iterable[str], shelf: Shelf, language: str) -> list[BotCommand]:
    return [BotCommand(name, shelf.say(f"phrases/menu/{name}", language, {})) for name in names]

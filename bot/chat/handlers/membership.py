"""Somebody blocked or unblocked the bot, or added it to a chat."""

from functools import partial

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.ext import ChatMemberHandler

from bot.care.model.people import Contact
from bot.chat.doorway import Doorway

GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


async def mine(update: Update, context: Doorway) -> None:
    """The bot's own place in a chat changed."""
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type != change.chat.PRIVATE:
        await context.visit.do(partial(context.house.desk.group_changed, chat=change.chat.id, there=not _gone(change)))
        return
    await context.visit.do(
        partial(context.house.leaving.reachable, contact=Contact(change.chat.id), reachable=not _gone(change))
    )


def _gone(change: ChatMemberUpdated) -> bool:
    return change.new_chat_member.status in GONE


HANDLERS = (ChatMemberHandler(mine, ChatMemberHandler.MY_CHAT_MEMBER),)

"""Somebody blocked or unblocked the bot, added it to a chat, or came to or left a group in which it is."""

from collections.abc import Sequence
from functools import partial

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update, User
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.care.model.people import Contact
from bot.care.ports.records import Work
from bot.chat.deeds import Deed
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


async def others(update: Update, context: Doorway) -> None:
    """Somebody's place in a group changed; only told where the bot is an admin."""
    change = update.chat_member
    if change is None:
        return
    was_there, is_there = _is_there(change.old_chat_member), _is_there(change.new_chat_member)
    user = [change.new_chat_member.user]
    came, went = user if is_there and not was_there else [], user if was_there and not is_there else []
    await _pass(context, change.chat.id, came=came, went=went)


async def announced(update: Update, context: Doorway) -> None:
    """The line that everybody reads in the group; told to every bot in it, but left out in large groups."""
    message = update.effective_message
    if message is not None:
        went = [] if message.left_chat_member is None else [message.left_chat_member]
        await _pass(context, message.chat.id, came=message.new_chat_members, went=went)


async def _pass(context: Doorway, chat: int, *, came: Sequence[User], went: Sequence[User]) -> None:
    guarding, mine = context.house.guarding, context.bot.id

    def note(work: Work) -> None:
        for user in came:
            if user.id != mine:
                guarding.joined(work, chat, user.id, _named(user))
        for user in went:
            guarding.left(work, chat, user.id)

    # a name that nobody needs to keep
    await context.visit.do(note, erase=True)


def _named(user: User) -> str:
    return f"{user.full_name} (@{user.username})" if user.username else user.full_name


def _gone(change: ChatMemberUpdated) -> bool:
    return change.new_chat_member.status in GONE


def _is_there(member: ChatMember) -> bool:
    return member.is_member if isinstance(member, ChatMemberRestricted) else member.status not in GONE


SEATS = filters.UpdateType.MESSAGE & (filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.LEFT_CHAT_MEMBER)

HANDLERS = (
    ChatMemberHandler(mine, ChatMemberHandler.MY_CHAT_MEMBER),
    ChatMemberHandler(others, ChatMemberHandler.CHAT_MEMBER),
    MessageHandler(SEATS, announced),
)

DEEDS: dict[str, Deed] = {
    "guest-stay": lambda house, work, who, tap: house.guarding.let_stay(work, who, tap),
    "guest-out": lambda house, work, who, tap: house.guarding.ask_out(work, who, tap),
    "guest-out-yes": lambda house, work, who, tap: house.guarding.take_out(work, who, tap),
}

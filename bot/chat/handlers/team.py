"""The team: /claim, /desk and /staff."""

from dataclasses import replace

from telegram import Bot, Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Message, Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler

from bot.care.model.desk_rights import DeskRights
from bot.care.ports.records import Work
from bot.care.services.staffing import Person
from bot.chat.deeds import Deed
from bot.chat.doorway import Doorway, sender
from bot.chat.handlers.commands import TYPED, command, private_words


async def desk(update: Update, context: Doorway) -> None:
    chat = update.effective_chat
    if chat is None:
        return
    who, title, is_forum = sender(update), chat.title or "", bool(chat.is_forum)
    rights = DeskRights() if who.private else await _rights(context.bot, chat)
    await context.visit.do(
        lambda work: context.house.teaming.make_desk(work, who, title=title, is_forum=is_forum, rights=rights),
        said=private_words(update, who),
    )


async def staff(update: Update, context: Doorway) -> None:
    who, words, replied = sender(update), context.words, _replied_to(update.effective_message)

    def do(work: Work) -> None:
        context.house.staffing.command(work, who, words, replied=replied)
        context.house.guarding.meets(work, who)

    await context.visit.do(do, said=private_words(update, who))


async def _rights(bot: Bot, chat: Chat) -> DeskRights:
    """What the bot may do in this group; nothing when Telegram does not say."""
    try:
        rights = _as_rights(await bot.get_chat_member(chat.id, bot.id), chat)
    except TelegramError:
        rights = DeskRights(is_member=True, may_write=True)
    return replace(rights, is_public=bool(chat.username))


def _as_rights(me: ChatMember, chat: Chat) -> DeskRights:
    if isinstance(me, ChatMemberAdministrator):
        return DeskRights(
            pins=bool(me.can_pin_messages) or chat.type == Chat.GROUP,
            manages_topics=bool(me.can_manage_topics),
            deletes=me.can_delete_messages,
            removes_people=me.can_restrict_members,
        )
    if isinstance(me, ChatMemberRestricted):
        return DeskRights(is_member=me.is_member, may_write=me.can_send_messages)
    return DeskRights(is_member=me.status not in (ChatMember.LEFT, ChatMember.BANNED))


def _replied_to(message: Message | None) -> Person | None:
    """Whoever wrote the message that is answered, if that is a person."""
    target = message.reply_to_message if message else None
    user = target.from_user if target and target.sender_chat is None else None
    return None if user is None or user.is_bot else Person(user.id, user.first_name)


HANDLERS = (
    command("claim", lambda house, work, who, words: house.teaming.claim(work, who, words)),
    CommandHandler("desk", desk, filters=TYPED),
    CommandHandler(["staff", "team"], staff, filters=TYPED),  # /team is what it was called first
)

DEEDS: dict[str, Deed] = {
    "got-it": lambda house, work, who, tap: house.teaming.proving.got_it(work, who, tap),
    "staff-choose": lambda house, work, who, tap: house.staffing.choose(work, who, tap),
    "staff-invite": lambda house, work, who, tap: house.staffing.invite(work, who, tap),
    "staff-link-back": lambda house, work, who, tap: house.staffing.inviting.take_back(work, who, tap),
    "staff-test": lambda house, work, who, tap: house.staffing.test(work, who, tap),
    "staff-ask": lambda house, work, who, tap: house.staffing.ask(work, who, tap),
    "staff-role-yes": lambda house, work, who, tap: house.staffing.changing.role_confirmed(work, who, tap),
    "team-remove": lambda house, work, who, tap: house.staffing.changing.remove_confirmed(work, who, tap),
    "staff-put-back": lambda house, work, who, tap: house.staffing.changing.put_back(work, who, tap),
}

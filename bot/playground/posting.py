"""Put messages and changes where both sides see them: the chat, and the bot's inbox."""

from bot.playground.controls import Json
from bot.playground.privacy import is_visible
from bot.playground.telegram import Telegram
from bot.playground.wire import chat_json, member_json, message_json, user_json
from bot.playground.world import ChatKind, Member, Message


def post(message: Message, telegram: Telegram) -> Message:
    telegram.add(message)
    _hand_over("message", message, telegram)
    return message


def repost(message: Message, telegram: Telegram) -> Message:
    """Show a message that has been edited."""
    telegram.change(message)
    _hand_over("edited_message", message, telegram)
    return message


def announce(
    chat_id: int, sender_id: int, content: Json, telegram: Telegram, *, thread_id: int | None = None
) -> Message:
    """Post a service message; the first key of `content` names what happened."""
    message_id = telegram.conversations[chat_id].next_id()
    service = Message(chat_id, message_id, sender_id, telegram.now(), content, thread_id=thread_id, is_service=True)
    return post(service, telegram)


def seat(chat_id: int, by: int, member: Member, telegram: Telegram) -> None:
    """Change somebody's standing and tell the bot: about itself always, about others if it is an admin there."""
    before = telegram.seat(chat_id, member)
    if before == member:
        return
    conversation = telegram.conversations[chat_id]
    change: Json = {
        "chat": chat_json(conversation.chat, telegram),
        "from": user_json(telegram.people[by]),
        "date": int(telegram.now().timestamp()),
        "old_chat_member": member_json(before, telegram),
        "new_chat_member": member_json(member, telegram),
    }
    if member.person_id == telegram.bot.id:
        telegram.inbox.put("my_chat_member", change)
    elif conversation.member(telegram.bot.id).is_admin:
        telegram.inbox.put("chat_member", change)


def _hand_over(kind: str, message: Message, telegram: Telegram) -> None:
    if message.sender_id == telegram.bot.id or not is_visible(message, telegram):
        return
    if telegram.conversations[message.chat_id].chat.kind is ChatKind.CHANNEL:
        kind = kind.replace("message", "channel_post")
    telegram.inbox.put(kind, message_json(message, telegram))

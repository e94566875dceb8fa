"""Values as the Bot API writes them."""

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.telegram import Telegram
from bot.playground.world import (
    ADMIN_RIGHTS,
    ANONYMOUS_ADMIN_ID,
    SPEAKING_RIGHTS,
    Chat,
    Member,
    Message,
    Person,
    Status,
)

MEMBER_RIGHTS = (
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


def user_json(person: Person) -> Json:
    user: Json = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    optional = {"last_name": person.last_name, "username": person.username}
    if not person.is_bot:
        optional["language_code"] = person.language_code
    return user | {key: value for key, value in optional.items() if value}


def chat_json(chat: Chat, telegram: Telegram) -> Json:
    if chat.is_private:
        person = telegram.people[chat.id]
        names = {"first_name": person.first_name, "last_name": person.last_name, "username": person.username}
        return {"id": chat.id, "type": "private"} | {key: value for key, value in names.items() if value}
    described: Json = {"id": chat.id, "type": chat.kind.value, "title": chat.title}
    if chat.username:
        described["username"] = chat.username
    return described | ({"is_forum": True} if chat.is_forum else {})


def message_json(message: Message, telegram: Telegram, *, with_reply: bool = True) -> Json:
    """A Message of the Bot API; what it replies to goes along one level deep."""
    conversation = telegram.conversations[message.chat_id]
    written: Json = {"message_id": message.message_id}
    written |= _sender(message, telegram, conversation)
    written |= {"chat": chat_json(conversation.chat, telegram), "date": int(message.date.timestamp())}
    if message.edited:
        written["edit_date"] = int(message.edited.timestamp())
    if message.thread_id is not None:
        written |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if with_reply:
        written |= _reply(message, telegram)
    return written | _envelope(message) | message.content


def member_json(member: Member, telegram: Telegram) -> Json:
    """A ChatMember of the Bot API with the fields its status calls for."""
    described: Json = {"user": user_json(telegram.people[member.person_id]), "status": member.status.value}
    if member.status is Status.CREATOR:
        return described | {"is_anonymous": member.is_anonymous}
    if member.status is Status.ADMINISTRATOR:
        rights = {right: right in member.rights for right in ADMIN_RIGHTS}
        return described | {"can_be_edited": False, "is_anonymous": member.is_anonymous} | rights
    if member.status is Status.RESTRICTED:
        kept = {right: right in member.rights for right in SPEAKING_RIGHTS}
        others = dict.fromkeys(MEMBER_RIGHTS, False)
        return described | {"is_member": True, "until_date": 0} | kept | others
    return described | ({"until_date": 0} if member.status is Status.KICKED else {})


def _sender(message: Message, telegram: Telegram, conversation: Conversation) -> Json:
    if conversation.chat.kind.value == "channel":
        return {"sender_chat": chat_json(conversation.chat, telegram)}
    if message.is_anonymous:
        anonymous = user_json(telegram.people[ANONYMOUS_ADMIN_ID])
        return {"from": anonymous, "sender_chat": chat_json(conversation.chat, telegram)}
    return {"from": user_json(telegram.people[message.sender_id])}


def _reply(message: Message, telegram: Telegram) -> Json:
    target_id = message.reply_to or message.thread_id
    target = telegram.message(message.chat_id, target_id) if target_id else None
    if target is None or target.message_id == message.message_id:
        return {}
    return {"reply_to_message": message_json(target, telegram, with_reply=False)}


def _envelope(message: Message) -> Json:
    flags: Json = {
        "forward_origin": message.forward_origin,
        "media_group_id": message.album,
        "has_protected_content": message.is_protected or None,
        "reply_markup": message.buttons,
    }
    return {key: value for key, value in flags.items() if value is not None}

"""Where a call goes: the chat, the topic, the message, and whether the bot may."""

from bot.playground.conversation import Conversation
from bot.playground.params import Params
from bot.playground.refusal import bad_request, forbidden
from bot.playground.telegram import Telegram
from bot.playground.world import ChatKind, Message, Status

GROUP_NAMES = {ChatKind.GROUP: "group chat", ChatKind.SUPERGROUP: "supergroup chat", ChatKind.CHANNEL: "channel chat"}
SPOKEN = {
    "can_send_messages": "text messages",
    "can_send_photos": "photos",
    "can_send_documents": "documents",
    "can_send_voice_notes": "voice notes",
    "can_send_videos": "videos",
}


def readable(telegram: Telegram, params: Params, name: str = "chat_id") -> Conversation:
    """The chat, if the bot can look into it. Raises `Refusal`."""
    if not params.has(name):
        raise bad_request(f"{name} is empty")
    whole = params.whole(name)
    talk = telegram.find_named(params.text(name)) if whole is None else telegram.find(whole)
    if talk is None:
        raise bad_request("chat not found")
    if talk.chat.migrated_to is not None:
        reason = "group chat was upgraded to a supergroup chat"
        raise bad_request(reason, migrate_to_chat_id=talk.chat.migrated_to)
    if not talk.chat.is_private:
        _be_inside(telegram, talk)
    return talk


def writable(telegram: Telegram, params: Params, right: str = "can_send_messages") -> Conversation:
    """The chat, if the bot may send there what `right` names. Raises `Refusal`."""
    whole = params.whole("chat_id")
    person = telegram.people.get(whole) if whole is not None else None
    if person is not None and person.is_bot:
        raise forbidden("the bot can't send messages to the bot")
    talk = readable(telegram, params)
    bot = talk.member(telegram.bot.id)
    if bot.status is Status.KICKED:
        raise forbidden("bot was blocked by the user")
    if bot.status is Status.LEFT:
        raise forbidden("bot can't initiate conversation with a user")
    if not bot.may_speak(right):
        raise bad_request(f"not enough rights to send {SPOKEN[right]} to the chat")
    if talk.chat.kind is ChatKind.CHANNEL and not bot.is_admin:
        raise bad_request("need administrator rights in the channel chat")
    return talk


def _be_inside(telegram: Telegram, talk: Conversation) -> None:
    name = GROUP_NAMES[talk.chat.kind]
    if telegram.bot.id not in talk.members:
        raise bad_request("chat not found")
    bot = talk.member(telegram.bot.id)
    if bot.status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {name}")
    if not bot.is_present:
        raise forbidden(f"bot is not a member of the {name}")


def need(telegram: Telegram, talk: Conversation, right: str, deed: str) -> None:
    if not talk.member(telegram.bot.id).may(right):
        raise bad_request(f"not enough rights to {deed}")


def named_message(talk: Conversation, params: Params, missing: str) -> Message:
    message_id = params.whole("message_id")
    message = talk.messages.get(message_id) if message_id is not None else None
    if message is None:
        raise bad_request(missing)
    return message


def thread_of(telegram: Telegram, talk: Conversation, params: Params) -> int | None:
    """The topic the call names, open to the bot; None is the chat itself (or its General topic)."""
    thread_id = params.whole("message_thread_id")
    if not thread_id:
        return None
    if not (talk.chat.is_forum or talk.chat.is_private):
        return None  # Telegram ignores the topic in groups without any
    topic = talk.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not talk.member(telegram.bot.id).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def reply_target(talk: Conversation, params: Params) -> Message | None:
    """What the new message answers; None if nothing, or if it is gone and the call allows that."""
    wish = params.record("reply_parameters")
    wanted = Params(wish).whole("message_id") if wish else params.whole("reply_to_message_id")
    if not wanted:
        return None
    target = talk.messages.get(wanted)
    allowed = wish.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if target is None and not allowed:
        raise bad_request("message to be replied not found")
    return target

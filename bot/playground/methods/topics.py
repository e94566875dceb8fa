"""Bot API methods about forum topics."""

from dataclasses import replace

from bot.playground.belonging import TOPIC_BLUE, open_topic
from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.methods.target import need, readable
from bot.playground.params import Params
from bot.playground.posting import announce
from bot.playground.refusal import bad_request
from bot.playground.telegram import Telegram
from bot.playground.world import Topic

ICON_COLORS = frozenset({TOPIC_BLUE, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})
MAX_NAME = 128
CLOSING = "close or open the topic"


def create_forum_topic(telegram: Telegram, params: Params) -> object:
    talk = _forum(telegram, params)
    need(telegram, talk, "can_manage_topics", "create a topic")
    name, color = _name(params), params.whole("icon_color")
    if not name:
        raise bad_request("name must be non-empty")
    if color is not None and color not in ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    topic = open_topic(telegram, talk, telegram.bot.id, name, color or TOPIC_BLUE)
    return {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, "edit the topic")
    if not params.has("name"):
        return True
    name = _name(params)
    if not name:
        raise bad_request("name must be non-empty")
    return _alter(telegram, talk, topic, replace(topic, name=name), {"forum_topic_edited": {"name": name}})


def close_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, CLOSING)
    return _alter(telegram, talk, topic, replace(topic, is_closed=True), {"forum_topic_closed": {}})


def reopen_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, CLOSING)
    return _alter(telegram, talk, topic, replace(topic, is_closed=False), {"forum_topic_reopened": {}})


def delete_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, "delete the topic", right="can_delete_messages")
    gone = [message.message_id for message in talk.messages.values() if message.thread_id == topic.thread_id]
    del talk.topics[topic.thread_id]
    telegram.remove(talk.chat.id, gone)
    telegram.tell_chat(talk.chat.id)
    return True


def _forum(telegram: Telegram, params: Params) -> Conversation:
    talk = readable(telegram, params)
    if not talk.chat.is_forum:
        raise bad_request("the chat is not a forum")
    return talk


def _topic(telegram: Telegram, params: Params) -> tuple[Conversation, Topic]:
    talk = _forum(telegram, params)
    thread_id = params.whole("message_thread_id") or 0
    if thread_id <= 0:
        raise bad_request("invalid forum topic identifier specified")
    topic = talk.topics.get(thread_id)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return talk, topic


def _name(params: Params) -> str:
    """Telegram cuts long names instead of refusing them."""
    return params.text("name").strip()[:MAX_NAME]


def _own_topic(
    telegram: Telegram, params: Params, deed: str, *, right: str = "can_manage_topics"
) -> tuple[Conversation, Topic]:
    """A topic that the bot may change: its own, or any if it holds the right."""
    talk, topic = _topic(telegram, params)
    first = talk.messages.get(topic.thread_id)
    if first is None or first.sender_id != telegram.bot.id:
        need(telegram, talk, right, deed)
    return talk, topic


def _alter(telegram: Telegram, talk: Conversation, before: Topic, after: Topic, said: Json) -> bool:
    if before == after:
        raise bad_request("TOPIC_NOT_MODIFIED")
    talk.topics[after.thread_id] = after
    announce(talk.chat.id, telegram.bot.id, said, telegram, thread_id=after.thread_id)
    telegram.tell_chat(talk.chat.id)
    return True

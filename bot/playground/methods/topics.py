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


def create_forum_topic(telegram: Telegram, params: Params) -> object:
    talk = _forum(telegram, params)
    need(telegram, talk, "can_manage_topics", "create a topic")
    name, color = params.text("name").strip(), params.whole("icon_color")
    if not 1 <= len(name) <= MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    if color is not None and color not in ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    topic = open_topic(telegram, talk, telegram.bot.id, name, color or TOPIC_BLUE)
    return {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, "edit the topic")
    name = params.text("name").strip() or topic.name
    if len(name) > MAX_NAME:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return _alter(telegram, talk, topic, replace(topic, name=name), {"forum_topic_edited": {"name": name}})


def close_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, "close the topic")
    return _alter(telegram, talk, topic, replace(topic, is_closed=True), {"forum_topic_closed": {}})


def reopen_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _own_topic(telegram, params, "reopen the topic")
    return _alter(telegram, talk, topic, replace(topic, is_closed=False), {"forum_topic_reopened": {}})


def delete_forum_topic(telegram: Telegram, params: Params) -> object:
    talk, topic = _topic(telegram, params)
    need(telegram, talk, "can_delete_messages", "delete the topic")
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
    topic = talk.topics.get(params.whole("message_thread_id") or 0)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return talk, topic


def _own_topic(telegram: Telegram, params: Params, deed: str) -> tuple[Conversation, Topic]:
    """A topic that the bot may change: its own, or any with the right to manage topics."""
    talk, topic = _topic(telegram, params)
    first = talk.messages.get(topic.thread_id)
    if first is None or first.sender_id != telegram.bot.id:
        need(telegram, talk, "can_manage_topics", deed)
    return talk, topic


def _alter(telegram: Telegram, talk: Conversation, before: Topic, after: Topic, said: Json) -> bool:
    if before == after:
        raise bad_request("TOPIC_NOT_MODIFIED")
    talk.topics[after.thread_id] = after
    announce(talk.chat.id, telegram.bot.id, said, telegram, thread_id=after.thread_id)
    telegram.tell_chat(talk.chat.id)
    return True

"""Bot API methods that change or take back messages, and answer taps."""

import time
from datetime import timedelta

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.entities import units
from bot.playground.files import FOLDERS
from bot.playground.formatting import caption_content, text_content
from bot.playground.keyboards import read_inline
from bot.playground.methods.target import named_message, writable
from bot.playground.params import Params
from bot.playground.posting import repost
from bot.playground.refusal import bad_request
from bot.playground.telegram import Telegram
from bot.playground.wire import message_json
from bot.playground.world import Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TAP_LIVES = timedelta(minutes=1).total_seconds()
DELETABLE_FOR = timedelta(hours=48)
LASTING = frozenset({"forum_topic_created", "migrate_from_chat_id"})


def edit_message_text(telegram: Telegram, params: Params) -> object:
    message = _editable(telegram, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    content = text_content(params, too_long="MESSAGE_TOO_LONG")
    if options := params.record("link_preview_options"):
        content["link_preview_options"] = options
    return _change(telegram, params, message, content)


def edit_message_caption(telegram: Telegram, params: Params) -> object:
    message = _editable(telegram, params)
    if not FOLDERS.keys() & message.content.keys():
        raise bad_request("there is no caption in the message to edit")
    entities = params.records("caption_entities")
    caption = caption_content(params.text("caption"), params.text("parse_mode"), entities)
    kept = {key: value for key, value in message.content.items() if not key.startswith("caption")}
    return _change(telegram, params, message, kept | caption)


def edit_message_reply_markup(telegram: Telegram, params: Params) -> object:
    message = _editable(telegram, params)
    return _change(telegram, params, message, message.content)


def delete_message(telegram: Telegram, params: Params) -> object:
    talk = writable(telegram, params)
    message = named_message(talk, params, "message to delete not found")
    if reason := _why_kept(telegram, talk, message):
        raise bad_request(reason)
    telegram.remove(talk.chat.id, [message.message_id])
    return True


def delete_messages(telegram: Telegram, params: Params) -> object:
    """Takes back what it can and says nothing of the rest, as Telegram does."""
    talk = writable(telegram, params)
    wanted = _ids(params)
    if not 1 <= len(wanted) <= 100:
        raise bad_request("message identifiers are not specified" if not wanted else "too many message identifiers")
    found = [talk.messages[message_id] for message_id in wanted if message_id in talk.messages]
    gone = [message.message_id for message in found if not _why_kept(telegram, talk, message)]
    telegram.remove(talk.chat.id, gone)
    return True


def answer_callback_query(telegram: Telegram, params: Params) -> object:
    if units(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    tap = telegram.taps.pop(params.text("callback_query_id"), None)
    if tap is None or time.monotonic() - tap.tapped > TAP_LIVES:
        raise bad_request(TOO_OLD)
    telegram.journal.note(
        "answered",
        chat_id=tap.chat_id,
        message_id=tap.message_id,
        query_id=tap.id,
        person_id=tap.person_id,
        text=params.text("text"),
        show_alert=params.flag("show_alert"),
        url=params.text("url") or None,
    )
    return True


def _ids(params: Params) -> list[int]:
    wanted = [str(message_id) for message_id in params.items("message_ids") or []]
    if not all(message_id.isdecimal() for message_id in wanted):
        raise bad_request("can't parse message_ids: expected an Array of Integer")
    return [int(message_id) for message_id in wanted]


def _editable(telegram: Telegram, params: Params) -> Message:
    talk = writable(telegram, params)
    message = named_message(talk, params, "message to edit not found")
    if message.sender_id != telegram.bot.id or message.is_service or message.is_fixed or message.forward_origin:
        raise bad_request("message can't be edited")
    return message


def _change(telegram: Telegram, params: Params, message: Message, content: Json) -> Json:
    markup = params.record("reply_markup")
    buttons = read_inline(markup) if "inline_keyboard" in markup else None
    if _inert(content) == _inert(message.content) and buttons == message.buttons:
        raise bad_request(NOT_MODIFIED)
    return message_json(repost(message.changed(content, buttons, at=telegram.now()), telegram), telegram)


def _inert(content: Json) -> Json:
    """What counts when Telegram compares: not how a link is previewed."""
    return {key: value for key, value in content.items() if key != "link_preview_options"}


def _why_kept(telegram: Telegram, talk: Conversation, message: Message) -> str | None:
    """Why the bot may not delete this message; None if it may."""
    is_too_old = telegram.now() - message.date >= DELETABLE_FOR
    if talk.chat.is_private:
        return "message can't be deleted for everyone" if is_too_old else None
    is_mine = message.sender_id == telegram.bot.id and not message.is_service
    may_all = talk.member(telegram.bot.id).may("can_delete_messages")
    is_lasting = is_too_old or bool(LASTING & message.content.keys())
    return None if (is_mine or may_all) and not is_lasting else "message can't be deleted"

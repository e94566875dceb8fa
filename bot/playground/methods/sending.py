"""Bot API methods that put a new message into a chat."""

from dataclasses import replace

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.formatting import caption_content, text_content
from bot.playground.keyboards import read_markup
from bot.playground.methods.target import named_message, readable, reply_target, thread_of, writable
from bot.playground.params import Params
from bot.playground.posting import post
from bot.playground.refusal import bad_request
from bot.playground.telegram import Telegram
from bot.playground.wire import chat_json, message_json, user_json
from bot.playground.world import Message

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(telegram: Telegram, params: Params) -> object:
    content = text_content(params)
    if options := params.record("link_preview_options"):
        content["link_preview_options"] = options
    return message_json(send(telegram, params, writable(telegram, params), content), telegram)


def send(telegram: Telegram, params: Params, talk: Conversation, content: Json) -> Message:
    """Post what a call asks for, with its reply, topic, keyboard and flags. Raises `Refusal`."""
    message = post(draft(telegram, params, talk, content), telegram)
    markup = read_markup(params, talk.chat)
    if markup.reply is not None:
        forced = {"message_id": message.message_id} if markup.reply.get("force_reply") else {}
        telegram.show_keyboard(talk.chat.id, (markup.reply | forced) or None)
    return message


def draft(telegram: Telegram, params: Params, talk: Conversation, content: Json) -> Message:
    """The message a call asks for, checked and numbered but not yet shown."""
    markup = read_markup(params, talk.chat)
    target = reply_target(talk, params)
    thread_id = thread_of(telegram, talk, params) or (target.thread_id if target else None)
    return Message(
        talk.chat.id,
        talk.next_id(),
        telegram.bot.id,
        telegram.now(),
        content,
        thread_id,
        target.message_id if target else None,
        markup.inline,
        is_protected=params.flag("protect_content"),
        is_silent=params.flag("disable_notification"),
        is_fixed=bool(markup.reply),
    )


def copy_message(telegram: Telegram, params: Params) -> object:
    original = _original(telegram, params, "copy", "the message can't be copied")
    content = original.content
    if "caption" in params.values and "text" not in content:
        kept = {key: value for key, value in content.items() if not key.startswith("caption")}
        entities = params.records("caption_entities")
        content = kept | caption_content(params.text("caption"), params.text("parse_mode"), entities)
    sent = send(telegram, params, writable(telegram, params), content)
    return {"message_id": sent.message_id}


def forward_message(telegram: Telegram, params: Params) -> object:
    original = _original(telegram, params, "forward", "the message can't be forwarded")
    talk = writable(telegram, params)
    origin = original.forward_origin or _origin(telegram, original)
    forwarded = replace(draft(telegram, params, talk, original.content), forward_origin=origin)
    return message_json(post(forwarded, telegram), telegram)


def send_chat_action(telegram: Telegram, params: Params) -> object:
    talk = writable(telegram, params)
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread_id = thread_of(telegram, talk, params)
    telegram.journal.note("typing", chat_id=talk.chat.id, thread_id=thread_id, action=params.text("action"))
    return True


def _original(telegram: Telegram, params: Params, deed: str, barred: str) -> Message:
    source = readable(telegram, params, "from_chat_id")
    original = named_message(source, params, f"message to {deed} not found")
    if original.is_service or original.is_protected:
        raise bad_request(barred)
    return original


def _origin(telegram: Telegram, original: Message) -> Json:
    date = int(original.date.timestamp())
    if original.is_anonymous:
        chat = chat_json(telegram.conversations[original.chat_id].chat, telegram)
        return {"type": "chat", "date": date, "sender_chat": chat}
    return {"type": "user", "date": date, "sender_user": user_json(telegram.people[original.sender_id])}

"""What may hang under a message or replace the keyboard, checked as Telegram checks it."""

import re
from dataclasses import dataclass

from bot.playground.controls import Json
from bot.playground.params import Params
from bot.playground.refusal import bad_request
from bot.playground.world import Chat

MAX_DATA_BYTES = 64
MAX_COPY_TEXT = 256
MAX_BUTTONS = 100
WEB_LINK = re.compile(r"tg://\S+|(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
ACTIONS = ("callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query", "pay")


@dataclass(frozen=True, slots=True)
class Markup:
    """`inline` hangs under the message; `reply` changes the keyboard, {} takes it away, None leaves it."""

    inline: Json | None = None
    reply: Json | None = None


def read_markup(params: Params, chat: Chat) -> Markup:
    markup = params.parsed("reply_markup")
    if markup is None or markup == {}:
        return Markup()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return Markup(inline=read_inline(markup))
    if "keyboard" in markup:
        return Markup(reply=_reply_keyboard(markup, chat))
    if markup.get("remove_keyboard"):
        return Markup(reply={})
    if markup.get("force_reply"):
        return Markup(reply=markup)
    raise bad_request("object expected as reply markup")


def read_inline(markup: Json) -> Json | None:
    """An inline keyboard without its empty rows; None when nothing is left. Raises `Refusal`."""
    rows = [[_inline_button(button) for button in row] for row in _rows(markup, "inline_keyboard") if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _rows(markup: Json, name: str) -> list[list[object]]:
    rows: object = markup[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _button(raw: object, name: str) -> Json:
    if not isinstance(raw, dict):
        raise bad_request(f"can't parse {name}: expected an Object")
    if not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise bad_request(f'can\'t parse {name}: Field "text" must be of type String and non-empty')
    return raw


def _inline_button(raw: object) -> Json:
    button = _button(raw, "inline keyboard button")
    actions = [action for action in ACTIONS if action in button]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    _check_action(button)
    return button


def _check_action(button: Json) -> None:
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not WEB_LINK.fullmatch(str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not _is_copy_text(button["copy_text"]):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _is_copy_text(copied: object) -> bool:
    text = copied.get("text") if isinstance(copied, dict) else None
    return isinstance(text, str) and 1 <= len(text) <= MAX_COPY_TEXT


def _reply_keyboard(markup: Json, chat: Chat) -> Json:
    rows = [[_reply_button(button, chat) for button in row] for row in _rows(markup, "keyboard") if row]
    if not rows:
        raise bad_request("reply markup must have at least one button")
    return markup | {"keyboard": rows}


def _reply_button(raw: object, chat: Chat) -> Json:
    button = _button({"text": raw} if isinstance(raw, str) else raw, "keyboard button")
    if button.get("request_contact") and not chat.is_private:
        raise bad_request("phone number can be requested in private chats only")
    if button.get("request_location") and not chat.is_private:
        raise bad_request("location can be requested in private chats only")
    return button

"""Our keyboards and texts in Telegram's shapes."""

import re
from html import unescape

from telegram import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from bot.care.model.delivery import Act, Button, Keyboard

TAG = re.compile(r"<[^<>]+>")

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply | None


def markup(act: Act) -> Markup:
    """What hangs under the message of this act."""
    if any(button.contact for row in act.keyboard for button in row):
        return _phone_keyboard(act.keyboard)
    if act.keyboard:
        return inline(act.keyboard)
    return ForceReply(selective=True) if act.force_reply else None


def inline(keyboard: Keyboard) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in keyboard])


def plain(html: str) -> str:
    """The same words without markup: for the day Telegram cannot parse them."""
    return unescape(TAG.sub("", html))


def as_html(message: Message) -> str:
    """What was written, with its markup; quotes stay as they are, since nothing is put between them."""
    html = message.text_html if message.text else message.caption_html if message.caption else ""
    return html.replace("&quot;", '"').replace("&#x27;", "'")


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=button.token)


def _phone_keyboard(keyboard: Keyboard) -> ReplyKeyboardMarkup:
    rows = [[KeyboardButton(button.label, request_contact=button.contact) for button in row] for row in keyboard]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)

"""Bot API methods by which the bot describes itself: commands, descriptions, menu button."""

import re

from bot.playground.controls import Json
from bot.playground.methods.target import readable
from bot.playground.params import Params
from bot.playground.refusal import bad_request
from bot.playground.telegram import Telegram
from bot.playground.world import Status

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
BUTTONS = frozenset({"default", "commands", "web_app"})


def set_my_commands(telegram: Telegram, params: Params) -> object:
    commands = params.records("commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    telegram.menus.set(_scope(telegram, params), _language(params), commands)
    telegram.journal.note("menu")
    return True


def get_my_commands(telegram: Telegram, params: Params) -> object:
    return telegram.menus.get(_scope(telegram, params), _language(params))


def delete_my_commands(telegram: Telegram, params: Params) -> object:
    telegram.menus.delete(_scope(telegram, params), _language(params))
    telegram.journal.note("menu")
    return True


def set_my_description(telegram: Telegram, params: Params) -> object:
    if len(params.text("description")) > 512:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    telegram.menus.descriptions[_language(params)] = params.text("description")
    telegram.journal.note("menu")
    return True


def set_my_short_description(telegram: Telegram, params: Params) -> object:
    if len(params.text("short_description")) > 120:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    telegram.menus.short_descriptions[_language(params)] = params.text("short_description")
    telegram.journal.note("menu")
    return True


def set_chat_menu_button(telegram: Telegram, params: Params) -> object:
    chat_id = 0
    if params.has("chat_id"):
        talk = readable(telegram, params)
        if not talk.chat.is_private or talk.member(telegram.bot.id).status is Status.LEFT:
            raise bad_request("chat not found")
        chat_id = talk.chat.id
    button = params.record("menu_button") or {"type": "default"}
    if str(button.get("type")) not in BUTTONS:
        raise bad_request("can't parse menu button: unsupported type specified")
    telegram.menus.set_button(chat_id, button)
    telegram.journal.note("menu")
    return True


def _check(command: Json) -> None:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _scope(telegram: Telegram, params: Params) -> Json:
    scope = params.record("scope") or {"type": "default"}
    if str(scope.get("type")) not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if scope["type"].startswith("chat"):
        scope["chat_id"] = readable(telegram, Params(scope)).chat.id
    return scope


def _language(params: Params) -> str:
    if not LANGUAGE.fullmatch(params.text("language_code")):
        raise bad_request("LANGUAGE_CODE_INVALID")
    return params.text("language_code")

"""No call, however broken, brings the server down: it is answered or refused."""

import contextlib
import itertools

import pytest

from bot.playground.methods import METHODS
from bot.playground.params import Params
from bot.playground.playground import Playground
from bot.playground.refusal import Refusal
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls

GARBAGE: list[object] = [
    "x",
    -1,
    0,
    10**30,
    [],
    [1],
    ["x"],
    {},
    {"x": 1},
    {"type": []},
    [{}],
    [[1]],
    True,
    "[",
    "{}",
    None,
    "\ud83d",
    {"inline_keyboard": [[{"text": "\ud83d", "callback_data": "\ud83d"}]]},
    {"inline_keyboard": [[{"text": "x", "copy_text": {"text": "\ud83d"}}]]},
    {"message_id": "x"},
    {"message_id": 10**30},
    {"inline_keyboard": 1},
    {"inline_keyboard": [[1]]},
    {"inline_keyboard": [[{"text": 1, "copy_text": 2}]]},
    {"keyboard": [[[]]]},
    {"keyboard": [["", 1]]},
    [{"type": "photo", "media": 3}, {"type": "photo", "caption": 1}],
    [{"type": [], "media": 3}, {"type": {}}],
    [{"type": "bold", "offset": "x", "length": []}],
    [{"type": [], "offset": 0, "length": 1}],
    [{"type": "emoji", "emoji": []}],
    [{"command": [], "description": 1}],
    {"type": "chat", "chat_id": []},
    {"type": "chat_member", "chat_id": 1, "user_id": "x"},
]
NAMES = (
    "message_id",
    "message_ids",
    "message_thread_id",
    "text",
    "entities",
    "parse_mode",
    "caption",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "reply_to_message_id",
    "link_preview_options",
    "photo",
    "media",
    "file_id",
    "from_chat_id",
    "user_id",
    "reaction",
    "name",
    "icon_color",
    "commands",
    "scope",
    "language_code",
    "menu_button",
    "allowed_updates",
    "url",
    "callback_query_id",
)


@pytest.mark.parametrize("method", METHODS)
def test_garbage_is_answered_or_refused(method: str) -> None:
    playground = Playground(HandTurnedControls(), bot_token=TOKEN, bot_name=BOT_NAME)
    anna = playground.people.new_person("Anna")
    playground.people.start(anna.id)
    forum = playground.belonging.new_group(anna.id, "Desk", [playground.telegram.bot.id], is_forum=True)
    playground.belonging.promote(anna.id, forum.id, playground.telegram.bot.id)
    good = {"text": "x", "message_id": 1, "from_chat_id": anna.id, "name": "A-17", "user_id": anna.id}

    for chat, name, rubbish in itertools.product((anna.id, forum.id), NAMES, GARBAGE):
        with contextlib.suppress(Refusal):
            METHODS[method](playground.telegram, Params({"chat_id": chat} | good | {name: rubbish}))

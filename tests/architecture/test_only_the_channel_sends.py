"""Nothing leaves for Telegram past the outbox: only the dispatcher's channel calls what sends or changes messages."""

import re

import pytest
from telegram import Bot, CallbackQuery, Chat, Message, User

from tests.architecture.sources import Source, sources

ACTS = re.compile(
    r"leave_chat|send_|edit_|copy_|forward_|reply_|delete_message|pin_|unpin_|set_message_reaction"
    r"|(create|close|reopen|delete|hide|unhide)_(general_)?forum_topic"
)
API = {name for kind in (Bot, CallbackQuery, Chat, Message, User) for name in dir(kind) if ACTS.match(name)}
CHANNEL = re.compile(r"bot/chat/channel[^/]*\.py|bot/chat/channel/.*")
# a Telegram of its own: it receives these calls
PLAYGROUND = "bot/playground/"


def _sends(source: Source) -> list[str]:
    if CHANNEL.fullmatch(source.path) or source.path.startswith(PLAYGROUND):
        return []
    if not any(f".{name}" in source.text for name in API):
        # no tree has to be built of it
        return []
    return [f"{source.path}:{line}: {name}" for line, name in source.called() if name.rpartition(".")[2] in API]


def test_nothing_but_the_channel_sends() -> None:
    assert [send for source in sources("bot") for send in _sends(source)] == []


@pytest.mark.parametrize(
    "call",
    [
        "await bot.send_message(1, 'Hello')",
        "await update.message.reply_text('Hello')",
        "await query.edit_message_text('Hello')",
        "await context.bot.copy_message(1, 2, 3)",
        "await bot.pin_chat_message(1, 2)",
        "await bot.leave_chat(1)",
        "await bot.create_forum_topic(1, 'A-17')",
    ],
)
def test_a_call_past_the_outbox_would_be_noticed(call: str) -> None:
    source = Source("bot/chat/handlers/asking.py", f"async def handle(bot, update, query, context):\n    {call}")

    assert len(_sends(source)) == 1


def test_the_channel_may_send() -> None:
    assert _sends(Source("bot/chat/channel.py", "bot.send_message(1, 'Hello')")) == []


def test_a_tap_may_be_answered_directly() -> None:
    assert _sends(Source("bot/chat/handlers/taps.py", "query.answer(); bot.answer_callback_query(1)")) == []

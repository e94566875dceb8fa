"""What a bot is allowed to see: in groups, little."""

from bot.playground.entities import cut
from bot.playground.telegram import Telegram
from bot.playground.world import ChatKind, Message


def is_visible(message: Message, telegram: Telegram) -> bool:
    """Whether Telegram would hand this message to the bot."""
    conversation = telegram.conversations[message.chat_id]
    bot = conversation.member(telegram.bot.id)
    if conversation.chat.is_private or not bot.is_present:
        return bot.is_present
    if bot.is_admin:
        return True
    if conversation.chat.kind is ChatKind.CHANNEL:
        return False
    return not telegram.has_privacy or _is_meant_for_the_bot(message, telegram)


def _is_meant_for_the_bot(message: Message, telegram: Telegram) -> bool:
    return message.is_service or _is_command(message, telegram) or _answers_the_bot(message, telegram)


def _is_command(message: Message, telegram: Telegram) -> bool:
    text = message.content.get("text") or message.content.get("caption") or ""
    entities = message.content.get("entities") or message.content.get("caption_entities") or []
    commands = [cut(text, entity) for entity in entities if entity["type"] == "bot_command" and entity["offset"] == 0]
    _, _, addressee = commands[0].partition("@") if commands else ("", "", "nobody")
    return addressee.lower() in ("", telegram.bot.username.lower())


def _answers_the_bot(message: Message, telegram: Telegram) -> bool:
    # the reply that every message in a topic carries to its first message is not a reply to the bot
    target = telegram.message(message.chat_id, message.reply_to) if message.reply_to else None
    return target is not None and target.sender_id == telegram.bot.id and not target.is_service

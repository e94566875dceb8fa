"""What is written in groups: only the staff chat is ours."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.care.ports.records import Work
from bot.chat.deeds import Deed
from bot.chat.doorway import Doorway, answered, said, sender
from bot.chat.handlers.commands import TYPED, private_words
from bot.chat.media import kind_of

WORDS = filters.UpdateType.MESSAGES & filters.ChatType.GROUPS & ~filters.COMMAND & ~filters.StatusUpdate.ALL


async def heard_in_group(update: Update, context: Doorway) -> None:
    heard, house = replace(said(update), media=kind_of(update.effective_message)), context.house

    def hear(work: Work) -> None:
        if house.guarding.stops(work, heard):
            return
        if not (house.browsing.editing.typed(work, heard) or house.enrolling.typed(work, heard)):
            house.desk.hear(work, heard)

    await context.visit.do(hear)


async def mistyped(update: Update, context: Doorway) -> None:
    """After all that are known; the commands of other bots go by their names."""
    who, house = sender(update), context.house
    name, _, bot = said(update).text.split()[0].removeprefix("/").partition("@")

    def answer(work: Work) -> None:
        if bot.lower() in ("", context.bot.username.lower()):
            house.joining.welcoming.mistyped(work, who, name, at=house.clock.now())
        house.guarding.meets(work, who)

    await context.visit.do(answer)


async def unsend(update: Update, context: Doorway) -> None:
    target = answered(update.effective_message)
    heard, house = replace(said(update), reply_to=target.message_id if target else None), context.house
    await context.visit.do(lambda work: house.desk.unsend(work, heard), said=private_words(update, heard.sender))


HANDLERS = (
    CommandHandler("unsend", unsend, filters=TYPED),
    MessageHandler(filters.ChatType.GROUPS & filters.COMMAND & TYPED, mistyped),
    MessageHandler(WORDS, heard_in_group),
)

DEEDS: dict[str, Deed] = {
    "write-to": lambda house, work, who, tap: house.desk.write_to(work, who, tap),
    "suggestion-send": lambda house, work, who, tap: house.listening.talking.send(work, who, tap),
    "hand-back": lambda house, work, who, tap: house.listening.talking.hand_back(work, who, tap),
}

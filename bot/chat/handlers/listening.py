"""Whatever else a person writes or sends in private: triaged first, always answered."""

from dataclasses import replace

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.chat.deeds import Deed
from bot.chat.doorway import Doorway, said
from bot.chat.media import kind_of

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES


async def hear(update: Update, context: Doorway) -> None:
    heard = said(update)
    await context.visit.do(lambda work: context.house.listening.hear(work, heard), said=heard)


async def media(update: Update, context: Doorway) -> None:
    # the caption passes triage first; the picture goes along with what it raises
    heard = replace(said(update), media=kind_of(update.effective_message) or "file")
    await context.visit.do(lambda work: context.house.listening.media(work, heard), said=heard)


HANDLERS = (
    MessageHandler(PRIVATE & filters.TEXT, hear),
    MessageHandler(PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL & ~filters.CONTACT, media),
)

DEEDS: dict[str, Deed] = {
    "amber-yes": lambda house, work, who, tap: house.listening.amber_yes(work, who, tap),
    "amber-no": lambda house, work, who, tap: house.listening.amber_no(work, who, tap),
}

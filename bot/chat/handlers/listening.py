"""Whatever else a person writes or sends in private: triaged first, always answered."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.chat.deeds import Deed
from bot.chat.doorway import Doorway, said

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES
KINDS = (
    "photo",
    "voice",
    "video_note",
    "video",
    "audio",
    "animation",
    "document",
    "sticker",
    "location",
    "venue",
    "poll",
)
"""What a message may hold besides words; the first that is there names it."""


async def hear(update: Update, context: Doorway) -> None:
    heard = said(update)
    await context.visit.do(lambda work: context.house.listening.hear(work, heard), said=heard)


async def media(update: Update, context: Doorway) -> None:
    message = update.effective_message
    if message is None:
        return
    # the caption passes triage first; the picture goes along with what it raises
    heard = replace(said(update), media=_kind(message))
    await context.visit.do(lambda work: context.house.listening.media(work, heard), said=heard)


def _kind(message: Message) -> str:
    return next((kind for kind in KINDS if getattr(message, kind, None)), "file")


HANDLERS = (
    MessageHandler(PRIVATE & filters.TEXT, hear),
    MessageHandler(PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL & ~filters.CONTACT, media),
)

DEEDS: dict[str, Deed] = {
    "amber-yes": lambda house, work, who, tap: house.listening.amber_yes(work, who, tap),
    "amber-no": lambda house, work, who, tap: house.listening.amber_no(work, who, tap),
}

"""What is written in groups: only the staff chat is ours."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.chat.doorway import Doorway, said, sender

WORDS = filters.UpdateType.MESSAGES & filters.ChatType.GROUPS & ~filters.COMMAND & ~filters.StatusUpdate.ALL


async def hear(update: Update, context: Doorway) -> None:
    sender(update)  # raises for whoever is no person
    heard = said(update)
    await context.visit.do(lambda work: context.house.desk.hear(work, heard))


HANDLERS = (MessageHandler(WORDS, hear),)

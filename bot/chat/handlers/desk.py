"""What is written in groups: only the staff chat is ours."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.chat.doorway import Doorway, said

WORDS = filters.UpdateType.MESSAGES & filters.ChatType.GROUPS & ~filters.COMMAND & ~filters.StatusUpdate.ALL


async def hear(update: Update, context: Doorway) -> None:
    heard, house = said(update), context.house
    await context.visit.do(lambda work: house.enrolling.typed(work, heard) or house.desk.hear(work, heard))


HANDLERS = (MessageHandler(WORDS, hear),)

"""What is written in groups: only the staff chat is ours."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.care.ports import Work
from bot.chat.doorway import Doorway, said

WORDS = filters.UpdateType.MESSAGES & filters.ChatType.GROUPS & ~filters.COMMAND & ~filters.StatusUpdate.ALL


async def heard_in_group(update: Update, context: Doorway) -> None:
    heard, house = said(update), context.house

    def hear(work: Work) -> None:
        if not house.enrolling.typed(work, heard):
            house.desk.hear(work, heard)

    await context.visit.do(hear)


HANDLERS = (MessageHandler(WORDS, heard_in_group),)

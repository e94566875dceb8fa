"""A button was tapped: answer at once, find what it stood for, do it."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler

from bot.care.model.inbound import Sender, Tap
from bot.care.ports.records import Work
from bot.chat.deeds import TakesLonger
from bot.chat.doorway import Doorway, sender

MOST_SPINNERS = 6
"""Answers to taps under way at once: however many tap, messages find a free line to Telegram."""


async def tapped(update: Update, context: Doorway) -> None:
    query = update.callback_query
    if query is None or query.message is None:
        return
    if len(context.bot_data.spinners) < MOST_SPINNERS:
        spinner = asyncio.create_task(_stop_spinner(query))
        context.bot_data.spinners.add(spinner)
        spinner.add_done_callback(context.bot_data.spinners.discard)
    who = sender(update)
    message_id = query.message.message_id
    try:
        await context.visit.do(lambda work: _do(context, work, who, query.data or "", message_id))
    except TakesLonger as longer:
        await longer.job(context)


async def _stop_spinner(query: CallbackQuery) -> None:
    # may be lost: the tap counts all the same, and must not wait for it
    with suppress(TelegramError):
        await query.answer()


def _do(context: Doorway, work: Work, who: Sender, token: str, message_id: int) -> None:
    tap = work.outbox.tap(token)
    if tap is None or tap.chat != who.chat or not _hangs_under(message_id, tap, work):
        return  # made up, or taken from elsewhere: nothing happens
    context.house.guarding.meets(work, who)
    # a button of ours without a deed is a mistake of ours: it must show, not do nothing
    context.bot_data.deeds[tap.deed](context.house, work, replace(who, tapped=True), _here(tap, message_id))


def _hangs_under(message_id: int, tap: Tap, work: Work) -> bool:
    # a message that came twice has its buttons under both copies, and only one of the two is on record
    return tap.message_id in (None, message_id) or work.outbox.get(tap.delivery_id).ambiguous > 0


def _here(tap: Tap, message_id: int) -> Tap:
    # a tap may be faster than the record of the message it hangs under
    return Tap(tap.token, tap.deed, tap.args, tap.chat, tap.delivery_id, tap.label, tap.used_at, message_id)


HANDLERS = (CallbackQueryHandler(tapped),)

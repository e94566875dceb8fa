"""A little bot with one of everything, so that the page has something to show."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import (
    Bot,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import NetworkError

from bot.chat import requests
from tests.browser.pictures import a_picture

WELCOME = (
    "<b>Welcome.</b> Are you <i>Anna</i>? <code>A-17</code>\n<a href='https://example.org/care'>How we care</a>\n"
    "<blockquote expandable>" + "What the bot said.\n" * 8 + "</blockquote>"
)


@asynccontextmanager
async def answering(token: str, url: str) -> AsyncIterator["ClinicBot"]:
    """The bot answers for as long as the block lasts."""
    async with Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=requests.sending(),
        get_updates_request=requests.polling(),
    ) as bot:
        clinic_bot = ClinicBot(bot)
        await bot.set_my_commands([("help", "what I can do"), ("today", "what is on and off today"), ("faq", "topics")])
        listening = asyncio.create_task(clinic_bot.listen())
        try:
            yield clinic_bot
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


class ClinicBot:
    """Answers a few words; everything it heard is in `heard`."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.heard: list[Update] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def listen(self) -> None:
        offset = 0
        while True:
            try:
                updates = await self.bot.get_updates(offset=offset, timeout=20)
            except NetworkError:
                continue  # the server is going down under it
            for update in updates:
                offset = update.update_id + 1
                self.heard.append(update)
                await self._answer(update)

    async def _answer(self, update: Update) -> None:
        if update.callback_query is not None:
            await self.may_answer.wait()
            await self._tapped(update.callback_query)
        elif update.message is not None and update.message.text is not None:
            await self._said(update.message, update.message.text)

    async def _tapped(self, query: CallbackQuery) -> None:
        assert query.message is not None
        if query.data == "alert":
            await query.answer("Call us now: 0000", show_alert=True)
            return
        await query.answer("Noted")
        await self.bot.edit_message_text("Thank you, Anna.", query.message.chat.id, query.message.message_id)

    async def _said(self, message: Message, text: str) -> None:
        word, _, rest = text.partition(" ")
        match word.partition("@")[0]:
            case "/start":
                greeting = WELCOME + (f"\nInvited by {rest}." if rest else "")
                await message.reply_html(greeting, reply_markup=_welcome_buttons())
            case "/enroll":
                await self._enrolled(message, rest)
            case "/phone":
                keys = ReplyKeyboardMarkup([[KeyboardButton("Share my phone", request_contact=True)], ["Not now"]])
                await message.reply_text("May we call you?", reply_markup=keys)
            case "/ask":
                await message.reply_text("What hurts?", reply_markup=ForceReply(input_field_placeholder="It hurts"))
            case "/pictures":
                photo = InputMediaPhoto(a_picture((200, 90, 60)))
                other = InputMediaPhoto(a_picture((60, 120, 200)), caption="Day 1 and day 7")
                await self.bot.send_media_group(message.chat.id, [photo, other])
                await self.bot.send_document(message.chat.id, b"%PDF-1.4", filename="Your plan.pdf")
            case "/typing":
                await self.bot.send_chat_action(message.chat.id, "typing")
            case "/pin":
                said = await message.reply_text("Keep this: call 0000 at night")
                await self.bot.pin_chat_message(message.chat.id, said.message_id)

    async def _enrolled(self, message: Message, name: str) -> None:
        link = f"https://t.me/{self.bot.username}?start=token-1"
        buttons = [[InlineKeyboardButton("Open link", url=link)]]
        await message.reply_photo(
            a_picture((20, 20, 20)),
            caption=f"{name} is enrolled: {link}",
            reply_markup=InlineKeyboardMarkup(buttons),
        )


def _welcome_buttons() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Yes, that is me", callback_data="yes"),
                InlineKeyboardButton("No", callback_data="no"),
            ],
            [InlineKeyboardButton("Copy my code", copy_text=CopyTextButton("A-17"))],
            [InlineKeyboardButton("It bleeds", callback_data="alert")],
        ]
    )

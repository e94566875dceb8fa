"""Perform one act on Telegram and say what became of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypedDict

from telegram import Bot, InputFile, LinkPreviewOptions, MessageId, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.care.model.delivery import Act, ActKind, MessageRef, Outcome, Result
from bot.care.model.sent_file import FileKind, SentFile, Unfit
from bot.care.model.texts import cut
from bot.care.ports.outside import Album, Pictures
from bot.chat.fetching import Fetching, Unreadable
from bot.chat.markup import Markup, inline, markup, plain
from bot.chat.outcomes import outcome_of

log = logging.getLogger(__name__)

DEADLINE = 20.0
"""Seconds one attempt may take in all; a quarter of the lease and less."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
CANNOT_PARSE = "can't parse entities"
TOO_LONG = "is too long"
NO_CAPTION = "there is no caption"
MOST_TEXT, MOST_CAPTION = 4096, 1024
"""UTF-16 units that Telegram takes."""


@dataclass(frozen=True)
class TelegramChannel:
    bot: Bot
    pictures: Pictures
    album: Album

    async def perform(self, act: Act) -> Result:
        """One attempt. What the far side did is a result, never an exception."""
        try:
            drawn = await self._drawn(act)
        except Unreadable as unfit:
            log.warning("file_not_passed_on", extra={"event": "file_not_passed_on", "why": str(unfit)})
            return await self._in_words(act)
        except RetryAfter as error:
            return outcome_of(error)
        except (TelegramError, TimeoutError) as error:
            return Result(Outcome.NOT_SENT, reason=f"not fetched: {type(error).__name__}")
        if drawn is None:
            return Result(Outcome.REFUSED, reason="its document cannot be drawn")
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._perform(act, drawn)
        except TimeoutError:
            return Result(Outcome.AMBIGUOUS, reason="no answer in time")
        except TelegramError as error:
            return outcome_of(error)
        except Exception as error:
            log.exception("answer_unreadable", extra={"event": "answer_unreadable"})
            return Result(Outcome.AMBIGUOUS, reason=type(error).__name__)

    async def _in_words(self, act: Act) -> Result:
        """What could not be read is told instead."""
        if not act.instead:
            return Result(Outcome.REFUSED, reason=Unfit.UNREADABLE)
        told = await self.perform(replace(act, kind=ActKind.SEND, text=act.instead, file=None, pair=(), source=None))
        return replace(told, reason=Unfit.UNREADABLE) if told.outcome is Outcome.SENT else told

    async def _drawn(self, act: Act) -> bytes | None:
        """What goes along with it; empty without, None when it cannot be drawn. No byte has left before that.

        Raises `Unreadable`.
        """
        if act.file is not None or act.pair:
            return await self._fetched(act)
        try:
            # takes seconds, and everybody else goes on
            if act.sheet is not None:
                return await asyncio.to_thread(self.pictures.sheet, act.sheet)
            if act.leaflet is not None:
                return await asyncio.to_thread(self.pictures.leaflet, act.leaflet)
            return b""
        except Exception:
            log.exception("sheet_not_drawn", extra={"event": "sheet_not_drawn"})
            return None

    async def _fetched(self, act: Act) -> bytes:
        async with asyncio.timeout(DEADLINE):
            fetching = Fetching(self.bot, self.pictures)
            if act.file is not None:
                return await self._found(fetching, act.file, act.album)
            left, right = [await self._found(fetching, file, act.album) for file in act.pair]
            return await asyncio.to_thread(self.pictures.side_by_side, left, right)

    async def _found(self, fetching: Fetching, file: SentFile, owner: int | None) -> bytes:
        """From the patient's album; else from Telegram, and into the album."""
        if owner is None:
            return await fetching.fetch(file)
        held = await asyncio.to_thread(self.album.find, owner, file.id)
        if held is not None:
            return held
        content = await fetching.fetch(file)
        await asyncio.to_thread(self.album.keep, owner, file.id, content)
        return content

    async def _send_anew(self, act: Act, content: bytes) -> TelegramMessage:
        """A picture as a photo, so that nobody has to open a file."""
        name, send = self._way(act.file.kind if act.file is not None else FileKind.PHOTO, content)
        return await send(
            act.to.chat,
            InputFile(content, filename=name),
            protect_content=act.protected or bool(act.pair),
            caption=act.text or None,
            parse_mode=ParseMode.HTML,
            **_placed(act),
        )

    def _way(self, kind: FileKind, content: bytes) -> tuple[str, Callable[..., Awaitable[TelegramMessage]]]:
        """What it is called and sent as: whatever bears no words of ours becomes what does."""
        match kind:
            case FileKind.VIDEO | FileKind.VIDEO_NOTE | FileKind.ANIMATION:
                return "video.mp4", self.bot.send_video
            case FileKind.VOICE:
                return f"voice.{_ending(content)}", self.bot.send_voice
            case FileKind.AUDIO:
                return f"sound.{_ending(content)}", self.bot.send_document
            case _:
                return "photo.jpg", self.bot.send_photo

    async def _perform(self, act: Act, drawn: bytes) -> Result:
        match act.kind:
            case ActKind.COPY | ActKind.SEND if act.file or act.pair:
                return _sent(await self._send_anew(act, drawn))
            case ActKind.SEND if paper := act.sheet or act.leaflet:
                return _sent(await self._send_document(act, InputFile(drawn, paper.file), act.text, ParseMode.HTML))
            case ActKind.SEND:
                return await self._send(act)
            case ActKind.COPY if act.source:
                copied = await self.bot.copy_message(
                    act.to.chat,
                    act.source.chat,
                    act.source.message,
                    caption=act.text or None,
                    parse_mode=ParseMode.HTML if act.text else None,
                    protect_content=act.protected,
                    **_placed(act),
                )
                return _sent(copied)
            case ActKind.TOPIC_OPEN | ActKind.BAN | ActKind.UNBAN | ActKind.LEAVE:
                return await self._in_group(act)
            case ActKind.TOPIC_CLOSE if act.to.thread:
                return await _done(self.bot.close_forum_topic(act.to.chat, act.to.thread))
            case _ if act.target:
                return await self._change(act, act.target)
            case _:
                return Result(Outcome.REFUSED, reason=f"{act.kind} without its message")

    async def _in_group(self, act: Act) -> Result:
        if act.kind is ActKind.BAN:
            return await _done(self.bot.ban_chat_member(act.to.chat, act.member))
        if act.kind is ActKind.UNBAN:
            return await _done(self.bot.unban_chat_member(act.to.chat, act.member, only_if_banned=True))
        if act.kind is ActKind.LEAVE:
            return await _done(self.bot.leave_chat(act.to.chat))
        topic = await self.bot.create_forum_topic(act.to.chat, plain(act.text)[:128])
        number = topic.message_thread_id
        # its first message bears the same number
        return Result(Outcome.SENT, message_id=number, thread=number)

    async def _send(self, act: Act) -> Result:
        try:
            return _sent(await self._send_as(act, act.text, ParseMode.HTML))
        except BadRequest as error:
            # it was refused, so nothing arrived: the same words without markup or picture are no second copy
            if (act.qr or act.chart) and not _is_about_words(error):
                log.error("picture_refused", extra={"event": "picture_refused"})
                return _sent(await self._send_as(replace(act, qr="", chart=None), act.text, ParseMode.HTML))
            return _sent(await self._send_as(act, _simpler(act, error), None))

    async def _send_as(self, act: Act, text: str, mode: ParseMode | None) -> TelegramMessage:
        if act.is_captioned:
            return await self._send_file(act, text, mode)
        return await self.bot.send_message(
            act.to.chat,
            text,
            parse_mode=mode,
            **_placed(act),
            link_preview_options=NO_PREVIEW,
        )

    async def _send_file(self, act: Act, text: str, mode: ParseMode | None) -> TelegramMessage:
        if act.document:
            name, words = act.document
            return await self._send_document(act, InputFile(words.encode(), filename=name), text, mode)
        return await self.bot.send_photo(
            act.to.chat,
            await self._picture(act),
            caption=text,
            parse_mode=mode,
            **_placed(act),
        )

    async def _picture(self, act: Act) -> InputFile:
        if act.chart is not None:
            # long enough to be drawn where nobody waits for it
            return InputFile(await asyncio.to_thread(self.pictures.chart, act.chart), filename="weeks.png")
        return InputFile(self.pictures.qr(act.qr), filename="link.png")

    async def _send_document(
        self, act: Act, document: InputFile, caption: str, mode: ParseMode | None
    ) -> TelegramMessage:
        return await self.bot.send_document(
            act.to.chat,
            document,
            caption=caption,
            parse_mode=mode,
            **_placed(act),
        )

    async def _change(self, act: Act, target: MessageRef) -> Result:
        chat, message = target.chat, target.message
        match act.kind:
            case ActKind.EDIT:
                return await self._edit(act, chat, message)
            case ActKind.DELETE:
                return await _done(self.bot.delete_message(chat, message))
            case ActKind.PIN:
                return await _done(self.bot.pin_chat_message(chat, message, disable_notification=True))
            case ActKind.REACT:
                return await _done(self.bot.set_message_reaction(chat, message, act.emoji or None))
            case _:
                return Result(Outcome.REFUSED, reason=f"{act.kind} is no change")

    async def _edit(self, act: Act, chat: int, message: int) -> Result:
        try:
            return await self._edit_as(act, act.text, ParseMode.HTML, chat, message)
        except BadRequest as error:
            if act.qr and NO_CAPTION in str(error).lower():
                # its picture was refused when it was sent: it is a message of words
                return await self._edit_as(replace(act, qr=""), act.text, ParseMode.HTML, chat, message)
            return await self._edit_as(act, _simpler(act, error), None, chat, message)

    async def _edit_as(self, act: Act, text: str, mode: ParseMode | None, chat: int, message: int) -> Result:
        keyboard = inline(act.keyboard) if act.keyboard else None
        if not text:
            return await _done(self.bot.edit_message_reply_markup(chat, message, reply_markup=keyboard))
        if act.qr:
            return await _done(
                self.bot.edit_message_caption(chat, message, caption=text, parse_mode=mode, reply_markup=keyboard)
            )
        return await _done(
            self.bot.edit_message_text(
                text,
                chat,
                message,
                parse_mode=mode,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
            )
        )


def _is_about_words(refused: BadRequest) -> bool:
    return any(sign in str(refused).lower() for sign in (CANNOT_PARSE, TOO_LONG))


def _simpler(act: Act, refused: BadRequest) -> str:
    """The words without markup, and no longer than Telegram takes; raises what was refused for another reason."""
    if not act.text or not _is_about_words(refused):
        raise refused
    log.error("markup_refused", extra={"event": "markup_refused"})
    return cut(plain(act.text), most=MOST_CAPTION if act.is_captioned else MOST_TEXT)


def _ending(sound: bytes) -> str:
    """By what it is, so that the reader's app opens it."""
    if sound[4:8] == b"ftyp":
        return "m4a"
    return "ogg" if sound.startswith(b"OggS") else "mp3"


class Placed(TypedDict):
    """Where a message stands, what hangs under it, and whether it rings."""

    message_thread_id: int | None
    reply_markup: Markup
    reply_parameters: ReplyParameters | None
    disable_notification: bool


def _placed(act: Act) -> Placed:
    answered = ReplyParameters(act.reply_to, allow_sending_without_reply=True) if act.reply_to is not None else None
    return Placed(
        message_thread_id=act.to.thread,
        reply_markup=markup(act),
        reply_parameters=answered,
        disable_notification=act.silent,
    )


def _sent(message: TelegramMessage | MessageId) -> Result:
    return Result(Outcome.SENT, message_id=message.message_id)


async def _done(call: Awaitable[object]) -> Result:
    await call
    return Result(Outcome.SENT)

"""Fetch a file that somebody sent, and leave nothing in it but what is seen."""

import asyncio
from dataclasses import dataclass

from telegram import Bot
from telegram.error import BadRequest

from bot.care.model.sent_file import MOST_BYTES, SentFile
from bot.care.ports.outside import Pictures


class Unreadable(Exception):
    """It is not what it says, cut off, too big, or Telegram no longer has it."""


@dataclass(frozen=True)
class Fetching:
    bot: Bot
    pictures: Pictures

    async def fetch(self, file: SentFile) -> bytes:
        """A picture or recording with nothing hidden. Raises `Unreadable`, and `TelegramError` where the line fails."""
        if file.unfit is not None:
            raise Unreadable(file.unfit)
        try:
            found = await self.bot.get_file(file.id)
            if (found.file_size or 0) > MOST_BYTES:
                raise Unreadable("too big")
            content = bytes(await found.download_as_bytearray())
        except BadRequest as error:
            raise Unreadable("not to be had") from error
        # a second or more, and everybody else goes on
        clean = self.pictures.clean if file.is_picture else self.pictures.strip
        cleaned = await asyncio.to_thread(clean, content)
        if cleaned is None:
            raise Unreadable("not what it says")
        return cleaned

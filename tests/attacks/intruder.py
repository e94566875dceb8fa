"""Sends updates that no honest Telegram app would, as the bot would receive them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from bot.care.ports.records import Work
from bot.playground.controls import Json
from tests.stories.story import Story

T = TypeVar("T")
THEN = 1_795_177_200
"""Unix seconds of every message made up here."""


@dataclass
class Intruder:
    story: Story
    numbers: "count[int]" = field(default_factory=lambda: count(500_001))

    def put(self, kind: str, body: Json) -> None:
        self.story.scene.playground.telegram.inbox.put(kind, body)

    def writes(
        self, account: int, text: str, *, chat: Json | None = None, kind: str = "message", **more: object
    ) -> None:
        """In private unless a chat is given; `more` is laid over the message."""
        message: Json = {
            "message_id": next(self.numbers),
            "date": THEN,
            "chat": chat or private(account),
            "from": user(account),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self.put(kind, message | more)

    def taps(self, account: int, chat: Json, message_id: int, data: str) -> None:
        bot = user(self.story.scene.playground.telegram.bot.id) | {"is_bot": True}
        message = {"message_id": message_id, "date": THEN, "chat": chat, "from": bot}
        number = str(next(self.numbers))
        query = {"id": number, "from": user(account), "chat_instance": "1", "data": data, "message": message}
        self.put("callback_query", query)

    def crowd(self, size: int) -> list[int]:
        """So many people who have opened the bot."""
        people = self.story.scene.playground.people
        accounts = [people.new_person(f"Stranger {number}").id for number in range(size)]
        for account in accounts:
            people.unblock(account)
        return accounts

    async def reads(self, query: Callable[[Work], T]) -> T:
        return await self.story.scene.premises.database.read(query)

    def buttons(self, chats: Sequence[int], label: str = "") -> list[tuple[int, int, str]]:
        """Every live button with these words on it: chat, message, data."""
        found = ((chat, message, button) for chat in chats for message, button in self.story._buttons(chat))
        return [
            (chat, message.message_id, button["callback_data"])
            for chat, message, button in found
            if label in button["text"]
        ]

    @property
    def desk(self) -> Json:
        return group(self.story.scene.desk)


def user(account: int) -> Json:
    return {"id": account, "is_bot": False, "first_name": "Mallory", "language_code": "en"}


def private(account: int) -> Json:
    return {"id": account, "type": "private", "first_name": "Mallory"}


def group(chat: int) -> Json:
    return {"id": chat, "type": "group", "title": "A group"}

"""A whole clinic in one hand: people write and tap over real HTTP, and the clock is turned."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.play import Scene
from bot.playground.controls import Json
from bot.playground.world import Message

IN_TIME = 10.0
"""Seconds within which a button is there, however busy the machine."""
LINK = re.compile(r"\?start=([\w-]+)")


@dataclass(repr=False)
class Story:
    """`staff` is Maria; patients are named by their first name."""

    scene: Scene

    # what people do

    async def staff_writes(self, text: str, *, reply_to: int | None = None) -> Message:
        """In the desk's group; gives the bot's next message there."""
        desk, before = self.scene.desk, self._last(self.scene.desk)
        self.scene.playground.people.write(self.scene.staff, desk, text, reply_to=reply_to)
        return await self._next(desk, before)

    async def enrol(self, line: str) -> str:
        """The command's answer, as the payload of its one-time link."""
        answer = await self.staff_writes(f"/enroll {line}")
        found = LINK.search(text_of(answer))
        assert found, text_of(answer)
        return found[1]

    async def writes(self, name: str, text: str) -> Message:
        """A patient writes; gives the bot's next message to them."""
        person, before = self.person(name), self._last(self.person(name))
        self.scene.playground.people.write(person, person, text)
        return await self._next(person, before)

    async def opens(self, name: str, payload: str) -> Message:
        person, before = self.person(name), self._last(self.person(name))
        self.scene.playground.people.start(person, payload)
        return await self._next(person, before)

    async def taps(self, name: str, label: str) -> None:
        """The newest button with this label in the patient's chat; ends when all it caused has left."""
        person = self.person(name)
        await self._tap(person, person, label)

    async def staff_taps(self, label: str, *, chat: int | None = None) -> None:
        await self._tap(self.scene.staff, chat or self.scene.desk, label)

    async def later(self, **by: float) -> None:
        await self.scene.controls.advance(timedelta(**by))

    async def agrees(self, name: str, payload: str) -> None:
        """From the link to the end of the health questions, all skipped."""
        await self.opens(name, payload)
        await self.taps(name, "Yes")
        await self.taps(name, "I agree")

    # what can be seen

    def person(self, name: str) -> int:
        return self.scene.people[name]

    def heard(self, name: str) -> list[str]:
        """Everything the bot ever said to this patient and did not delete, oldest first."""
        return self.said_in(self.person(name))

    def desk_heard(self) -> list[str]:
        return self.said_in(self.scene.desk)

    def said_in(self, chat: int) -> list[str]:
        return [text_of(message) for message in self.messages(chat) if self._is_ours(message)]

    def buttons(self, name: str) -> list[str]:
        return [button["text"] for _, button in self._buttons(self.person(name))]

    async def settled(self) -> None:
        """Nothing is on its way in, being handled, or due."""
        inbox = self.scene.playground.telegram.inbox
        while len(inbox):  # noqa: ASYNC110 - the inbox rings for new updates only
            await asyncio.sleep(0.005)
        await self.later(seconds=0)

    async def until(self, seen: Callable[[], bool]) -> None:
        await self.scene.playground.telegram.journal.until(seen)

    async def _tap(self, person: int, chat: int, label: str) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(IN_TIME):
                await self.until(lambda: any(label in button["text"] for _, button in self._buttons(chat)))
        found = [(message, button) for message, button in self._buttons(chat) if label in button["text"]]
        assert found, f"no button {label!r} among {[button['text'] for _, button in self._buttons(chat)]}"
        message, button = found[-1]
        self.scene.playground.people.tap(person, chat, message.message_id, button["callback_data"])
        await self.settled()

    async def _next(self, chat: int, before: int) -> Message:
        def newer() -> Message | None:
            return next((m for m in self.messages(chat) if m.message_id > before and self._is_ours(m)), None)

        found = await self.scene.playground.telegram.journal.until(newer)
        await self.settled()
        return found

    def _buttons(self, chat: int) -> list[tuple[Message, Json]]:
        return [
            (message, button)
            for message in self.messages(chat)
            for row in (message.buttons or {}).get("inline_keyboard", ())
            for button in row
            if "callback_data" in button
        ]

    def messages(self, chat: int) -> Sequence[Message]:
        return list(self.scene.playground.telegram.conversations[chat].messages.values())

    def _is_ours(self, message: Message) -> bool:
        return message.sender_id == self.scene.playground.telegram.bot.id

    def _last(self, chat: int) -> int:
        return self.scene.playground.telegram.conversations[chat].last_id


def text_of(message: Message) -> str:
    return str(message.content.get("text") or message.content.get("caption") or "")

"""Patients who get messages, write and tap while their bot falls over and over again."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.care.model.delivery import Delivery, Lane
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.playground.world import Message
from tests.faults.clinic import Clinic, a_note
from tests.faults.waiting import pause

WORDS = (
    "/today",
    "/plan",
    "/faq",
    "/help",
    "can I wear makeup",
    "is it ok to go running",
    "elephants like jazz",
)
"""Each is answered once, and each answer reads differently."""
FLAG = "my cheek is leaking yellow stuff"
FLAGGED = 3
A_LIFE = 16
"""Notes for each life of the bot: one that is killed has something in hand."""
STEP, CALM = "PS-01", "2"
"""The check-in of day 1, and the number of pain everybody taps."""


@dataclass
class Crowd:
    """Everything happens within `lasting` seconds of machine time, as the chances have it."""

    clinic: Clinic
    rng: Random
    lasting: float
    notes: int
    """How many each gets."""
    chats: dict[int, int] = field(default_factory=dict)
    """Patient -> chat."""
    written: dict[int, int] = field(default_factory=dict)
    """Chat -> how many messages were written there."""
    tapped: set[int] = field(default_factory=set)
    _waiting: list[asyncio.Task[None]] = field(default_factory=list)

    def arrives(self, count: int) -> None:
        chats = [self.clinic.arrive(f"P{number}") for number in range(count)]
        self.chats = self.clinic.do(lambda work: {self._joins(work, chat): chat for chat in chats})

    async def lives(self) -> None:
        """Until everybody has written all they wanted; whoever gets a check-in taps it, also after that."""
        self._waiting = [asyncio.create_task(self._taps(chat)) for chat in self.chats.values()]
        async with asyncio.TaskGroup() as group:
            for number, chat in enumerate(self.chats.values()):
                words = [*WORDS, *([FLAG] if number < FLAGGED else [])]
                group.create_task(self._writes(chat, words))

    async def goes_home(self) -> None:
        """Whoever got no check-in by now waits no longer."""
        for task in self._waiting:
            task.cancel()
        await asyncio.wait(self._waiting)

    def _joins(self, work: Work, chat: int) -> int:
        patient, enrolment = self.clinic.admit(work, f"P{chat}", chat)
        for number in range(self.notes):
            work.outbox.add(a_note(chat, f"note {number} for {chat}", self._soon(), patient.id))
        step = Delivery(
            Lane.SCHEDULED,
            Contact(chat),
            self._soon(),
            patient_id=patient.id,
            enrolment_id=enrolment.id,
            step=STEP,
            occurrence=str(enrolment.session_on),
            useful_until=self.clinic.begun + timedelta(hours=6),
            purpose=Purpose.PLAN,
            unasked=True,
        )
        assert work.outbox.plan(step)
        return patient.id

    def _soon(self) -> datetime:
        """Early on: what is due piles up, so that every life of the bot begins with its hands full."""
        return self.clinic.begun + timedelta(seconds=self.rng.uniform(0, self.lasting / 4))

    async def _writes(self, chat: int, words: list[str]) -> None:
        self.rng.shuffle(words)
        for text in words:
            await pause(self.rng.uniform(0, 2 * self.lasting / len(words)))
            self.clinic.people.write(chat, chat, text)
            self.written[chat] = self.written.get(chat, 0) + 1

    async def _taps(self, chat: int) -> None:
        message, data = await self.clinic.playground.telegram.journal.until(partial(self._check_in, chat))
        self.clinic.people.tap(chat, chat, message.message_id, data)
        self.tapped.add(chat)

    def _check_in(self, chat: int) -> tuple[Message, str] | None:
        """The first copy of the check-in, with the button everybody means."""
        for message in self.clinic.heard(chat):
            for row in (message.buttons or {}).get("inline_keyboard", ()):
                for button in row:
                    if button["text"] == CALM:
                        return message, button["callback_data"]
        return None

"""Patients and staff who talk, send pictures, correct themselves and talk at once, while their bot falls over."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from bot.playground.world import Message
from tests.faults.clinic import Clinic, words_of
from tests.faults.waiting import pause
from tests.stories.test_talking import PIXEL

MARK = re.compile(r"\bm(\d+)([ps])(\d+)\b")
"""Every text holds one: whose conversation, who says it, and its number."""
TURNS = 5
AT_ONCE = 12
"""Conversations: their staff's one private chat takes a message a second."""
TALKED_OUT = 15.0 * AT_ONCE
"""Seconds, about twice what all they say needs."""
REST = 0.4
"""Seconds between two turns of a conversation, at most."""


class Turn(StrEnum):
    PATIENT_WRITES = "patient writes"
    PATIENT_SHOWS = "patient shows"
    PATIENT_CORRECTS = "patient corrects"
    STAFF_WRITES = "staff writes"
    STAFF_SHOWS = "staff shows"
    BOTH_AT_ONCE = "both at once"


@dataclass
class Conversation:
    """`said` holds the marks of all that was said, in order: the patient's, and the staff's."""

    clinic: Clinic
    rng: Random
    number: int
    chat: int
    name: str
    said: dict[str, list[str]] = field(default_factory=lambda: {"p": [], "s": []})
    _last: Message | None = None

    async def runs(self) -> None:
        self._patient_shows()
        for turn in self.rng.choices(list(Turn), k=TURNS):
            await pause(self.rng.uniform(0, REST))
            match turn:
                case Turn.PATIENT_WRITES:
                    self._patient_writes()
                case Turn.PATIENT_SHOWS:
                    self._patient_shows()
                case Turn.PATIENT_CORRECTS:
                    self._patient_corrects()
                case Turn.STAFF_WRITES:
                    await self._staff_writes()
                case Turn.STAFF_SHOWS:
                    await self._staff_shows()
                case Turn.BOTH_AT_ONCE:
                    shown = await self._shown()
                    self._patient_writes()
                    self._reply(shown)

    def arrived(self) -> bool:
        return all(set(self.heard(side)) >= set(marks) for side, marks in self.said.items())

    def heard(self, side: str) -> list[str]:
        """Marks of this conversation where the other side reads, in the order in which they came, repeats and all."""
        where = self.clinic.heard(self.clinic.staff if side == "p" else self.chat)
        return [mark for message in where for mark in marks_in(message) if mark.startswith(f"m{self.number}{side}")]

    def copies(self, side: str) -> list[tuple[str, bool]]:
        """As `heard`, each with whether it stands under a picture: an alert about one names its mark as well."""
        where = self.clinic.heard(self.clinic.staff if side == "p" else self.chat)
        own = f"m{self.number}{side}"
        return [
            (mark, "photo" in message.content)
            for message in where
            for mark in marks_in(message)
            if mark.startswith(own)
        ]

    def strangers(self) -> list[str]:
        """What is said in somebody else's conversation and reached this patient, or stands under their name."""
        under = re.compile(rf"\b{self.name} \(")
        about = [message for message in self.clinic.heard(self.clinic.staff) if under.search(words_of(message))]
        everything = [*self.clinic.heard(self.chat), *about]
        own = re.compile(rf"m{self.number}[ps]")
        return [mark for message in everything for mark in marks_in(message) if not own.match(mark)]

    # --- inside ---

    def _patient_writes(self) -> None:
        self._last = self.clinic.people.write(self.chat, self.chat, self._words("p"))

    def _patient_shows(self) -> None:
        """What only a person can read begins a conversation with one."""
        self.clinic.people.send_file("photo", self.chat, self.chat, PIXEL, caption=self._words("p"))

    def _patient_corrects(self) -> None:
        if self._last is not None:
            self.clinic.people.edit(self.chat, self.chat, self._last.message_id, self._words("p"))

    async def _staff_writes(self) -> None:
        self._reply(await self._shown())

    def _reply(self, shown: Message) -> None:
        self.clinic.people.write(self.clinic.staff, self.clinic.staff, self._words("s"), reply_to=shown.message_id)

    async def _staff_shows(self) -> None:
        shown = await self._shown()
        self.clinic.people.send_file(
            "photo", self.clinic.staff, self.clinic.staff, PIXEL, caption=self._words("s"), reply_to=shown.message_id
        )

    async def _shown(self) -> Message:
        """Staff answer to the newest that they see of this patient."""
        async with asyncio.timeout(TALKED_OUT):
            return await self.clinic.playground.telegram.journal.until(self._newest)

    def _newest(self) -> Message | None:
        heard = reversed(self.clinic.heard(self.clinic.staff))
        return next((one for one in heard if f"m{self.number}p" in words_of(one)), None)

    def _words(self, side: str) -> str:
        mark = f"m{self.number}{side}{len(self.said[side])}"
        self.said[side].append(mark)
        return f"the violin needs new strings {mark}"


def marks_in(message: Message) -> Iterator[str]:
    yield from (found.group() for found in MARK.finditer(words_of(message)))


def firsts(marks: list[str]) -> list[str]:
    """Each once, where it came first."""
    return list(dict.fromkeys(marks))

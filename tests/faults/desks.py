"""The kinds of desk a clinic can have, and where its staff read and write there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from bot.playground.world import Message
from tests.faults.clinic import Clinic, clinic_in

GROUP_MINUTE = timedelta(seconds=12)
"""So long, and a group takes what it else takes in a minute: talks of a thousand patients need not last for days."""


class Kind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    FORUM = "forum"


@dataclass(frozen=True)
class Place:
    """A chat, or a topic of it; without one, what stands in none."""

    chat: int
    topic: int | None = None

    def heard(self, clinic: Clinic) -> list[Message]:
        """What the bot said here, oldest first."""
        return [one for one in clinic.heard(self.chat) if one.thread_id == self.topic and not one.is_service]


@asynccontextmanager
async def clinic_with(folder: Path, kind: Kind) -> AsyncIterator[Clinic]:
    """A group is one in which the bot sees no more than Telegram lets any bot see."""
    async with clinic_in(folder, has_desk=kind is not Kind.PRIVATE, is_forum=kind is Kind.FORUM) as clinic:
        clinic.group_minute = GROUP_MINUTE
        yield clinic

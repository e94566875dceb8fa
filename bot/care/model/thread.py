"""A patient's own topic in the desk's forum, and how much of what was said has been shown there."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.people import Contact


@dataclass(frozen=True)
class Thread:
    """One a patient. A desk that moved to another group opens new ones there."""

    patient_id: int
    chat: int
    opening: int
    """The delivery that opens it."""
    thread: int | None = None
    """Telegram's number for it; None until it is open, or where it could not be opened."""
    shown: int = 0
    """The newest line of the diary that was shown."""
    summary: int | None = None
    """The delivery that lists what was sent by plan; one message, changed now and then."""
    summed_at: datetime | None = None
    closed: bool = False

    @property
    def contact(self) -> Contact:
        return Contact(self.chat, self.thread)

"""What the second alarm channel is told when Telegram alone does not bring anybody to an alert."""

from dataclasses import dataclass
from enum import StrEnum

from bot.care.model.people import Contact

# beyond Telegram's numbers, which have at most 52 bits: nobody's chat
WEBHOOK = Contact(1 << 60, channel="webhook")
MAIL = Contact((1 << 60) + 1, channel="mail")


class Why(StrEnum):
    UNDELIVERED = "undelivered"
    """Telegram has not taken the alert."""
    UNTAKEN = "untaken"
    """Nobody has taken it."""
    DRILL = "drill"
    TEST = "test"


@dataclass(frozen=True)
class Page:
    """A patient's code and level only, never a name or their words. `id` is the same in both copies of one page."""

    id: str
    why: str
    subject: str
    text: str
    level: str = ""
    code: str = ""

"""One file per topic, in the one order in which they are asked."""

from telegram.ext import BaseHandler

from bot.chat.deeds import Deed
from bot.chat.doorway import Doorway
from bot.chat.handlers import (
    alerts,
    answering,
    content,
    desk,
    digest,
    drill,
    enrolling,
    importing,
    joining,
    leaving,
    listening,
    membership,
    on_call,
    seeing,
    selfcare,
    sessions,
    taps,
    team,
    unanswered,
    unclear,
)

TOPICS = (
    membership,
    taps,
    team,
    enrolling,
    importing,  # files of the team; before whatever else is sent
    sessions,
    seeing,
    alerts,
    on_call,
    drill,
    unclear,
    unanswered,
    content,
    digest,
    joining,
    leaving,
    selfcare,
    answering,
    desk,  # replies in the staff chat; before free text
    listening,  # whatever else is written or sent: last
)


def handlers() -> tuple[BaseHandler[object, Doorway, object], ...]:
    return tuple(handler for topic in TOPICS for handler in getattr(topic, "HANDLERS", ()))


def deeds() -> dict[str, Deed]:
    """What every button may set off; a name twice is a mistake of ours."""
    found: dict[str, Deed] = {}
    for topic in TOPICS:
        for name, deed in getattr(topic, "DEEDS", {}).items():
            if name in found:
                raise ValueError(f"two deeds are called {name}")
            found[name] = deed
    return found

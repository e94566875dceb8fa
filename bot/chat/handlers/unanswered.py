"""Unanswered: /unanswered, and the way of such messages into the content."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command

HANDLERS = (command("unanswered", lambda house, work, who, _: house.unanswered.command(work, who)),)

DEEDS: dict[str, Deed] = {
    "unanswered-page": lambda house, work, who, tap: house.unanswered.turn(work, who, tap),
    "unanswered-open": lambda house, work, who, tap: house.unanswered.open(work, who, tap),
    "unanswered-topics": lambda house, work, who, tap: house.unanswered.topics(work, who, tap),
    "unanswered-families": lambda house, work, who, tap: house.unanswered.families(work, who, tap),
    "unanswered-drop": lambda house, work, who, tap: house.unanswered.drop(work, who, tap),
    "file-as": lambda house, work, who, tap: house.unanswered.filing.prepare(work, who, tap),
    "file-save": lambda house, work, who, tap: house.unanswered.filing.save(work, who, tap),
    "file-discard": lambda house, work, who, tap: house.unanswered.filing.discard(work, who, tap),
    "file-out": lambda house, work, who, tap: house.unanswered.filing.take_out(work, who, tap),
}

"""Whose turn it is: /oncall and its buttons."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command

HANDLERS = (command("oncall", lambda house, work, who, words: house.on_calling.command(work, who, words)),)

DEEDS: dict[str, Deed] = {
    "oncall-who": lambda house, work, who, tap: house.on_calling.choose(work, who, tap),
    "oncall-until": lambda house, work, who, tap: house.on_calling.chosen(work, who, tap),
    "oncall-undo": lambda house, work, who, tap: house.on_calling.entering.undo(work, who, tap),
    "oncall-take": lambda house, work, who, tap: house.on_calling.handing_over.take(work, who, tap),
    "oncall-decline": lambda house, work, who, tap: house.on_calling.handing_over.decline(work, who, tap),
    "oncall-week-undo": lambda house, work, who, tap: house.on_calling.week.undo(work, who, tap),
    "oncall-clear": lambda house, work, who, tap: house.on_calling.week.cleared(work, who, tap),
}

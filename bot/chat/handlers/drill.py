"""Practice alerts: /drill and its buttons."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command

HANDLERS = (command("drill", lambda house, work, who, words: house.drilling.command(work, who, words)),)

DEEDS: dict[str, Deed] = {
    "drill-start": lambda house, work, who, tap: house.drilling.start(work, who, tap),
    "drill-take": lambda house, work, who, tap: house.drilling.take(work, who, tap),
}

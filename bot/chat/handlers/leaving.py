"""Leaving: /pause, /resume, /stop, /privacy and /delete."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command

HANDLERS = (
    command("pause", lambda house, work, who, _: house.leaving.pause(work, who)),
    command("resume", lambda house, work, who, _: house.leaving.resume(work, who)),
    command("stop", lambda house, work, who, _: house.leaving.stop(work, who)),
    command("privacy", lambda house, work, who, _: house.leaving.privacy(work, who)),
    command("delete", lambda house, work, who, _: house.leaving.delete(work, who)),
)

DEEDS: dict[str, Deed] = {
    "pause-for": lambda house, work, who, tap: house.leaving.pause_for(work, who, tap),
    "stop": lambda house, work, who, tap: house.leaving.stop_chosen(work, who, tap),
}

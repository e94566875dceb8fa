"""Sessions: /session, /reschedule, /cancel, /correct, /window and their confirmations."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command


def nothing(*_: object) -> None:
    """A place in a calendar that is no day."""


HANDLERS = (
    command("session", lambda house, work, who, words: house.sessions.session(work, who, words)),
    command("reschedule", lambda house, work, who, words: house.sessions.reschedule(work, who, words)),
    command("cancel", lambda house, work, who, words: house.sessions.cancel(work, who, words)),
    command("window", lambda house, work, who, words: house.overriding.command(work, who, words)),
    command("correct", lambda house, work, who, words: house.sessions.correct(work, who, words)),
)

DEEDS: dict[str, Deed] = {
    "session": lambda house, work, who, tap: house.sessions.choose(work, who, tap),
    "calendar": lambda house, work, who, tap: house.sessions.turn(work, who, tap),
    "calendar-blank": nothing,
    "calendar-day": lambda house, work, who, tap: house.sessions.pick(work, who, tap),
    "session-done": lambda house, work, who, tap: house.sessions.done(work, who, tap),
    "session-move": lambda house, work, who, tap: house.sessions.moved(work, who, tap),
    "correct": lambda house, work, who, tap: house.sessions.corrected(work, who, tap),
    "session-was": lambda house, work, who, tap: house.sessions.said.by_staff(work, who, tap),
    "session-said": lambda house, work, who, tap: house.sessions.said.by_patient(work, who, tap),
    "correction-read": lambda house, work, who, tap: house.sessions.said.receipts.read(work, who, tap),
    "last-use": lambda house, work, who, tap: house.sessions.moving.used(work, who, tap),
    "window-set": lambda house, work, who, tap: house.overriding.confirmed(work, who, tap),
    "window-again": lambda house, work, who, tap: house.overriding.again(work, who, tap),
    "leave-it": lambda house, work, who, tap: house.sessions.leave(work, who, tap),
}

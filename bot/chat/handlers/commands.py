"""Commands as every topic takes them: typed once, never edited, and triaged when typed in private."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.care.house import House
from bot.care.model.inbound import Said, Sender
from bot.care.ports.records import Work
from bot.chat.doorway import Doorway, said, sender

T = TypeVar("T")
Ordered = Callable[[House, Work, Sender, str], None]
"""What a command does with the words that follow it."""

TYPED = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.VIA_BOT
"""A command acts only when its sender typed it: not edited into a message, not passed on, not made by another bot."""


def command(names: str | Sequence[str], deed: Ordered) -> CommandHandler[Doorway, None]:
    async def run(update: Update, context: Doorway) -> None:
        who, words = sender(update), context.words
        house = context.house

        def do(work: Work) -> None:
            deed(house, work, who, words)
            house.guarding.meets(work, who)

        await context.visit.do(do, said=private_words(update, who))

    return CommandHandler(names, run, filters=TYPED)


def looked_up(
    name: str,
    look: Callable[[House, Work, Sender, str], T],
    deed: Callable[[House, Work, Sender, str, T], None],
) -> CommandHandler[Doorway, None]:
    """A command whose answer takes a long look: a reader looks first, so that the writer is not held meanwhile."""

    async def run(update: Update, context: Doorway) -> None:
        who, words, house = sender(update), context.words, context.house
        found = await context.visit.records.read(lambda work: look(house, work, who, words))

        def do(work: Work) -> None:
            deed(house, work, who, words, found)
            house.guarding.meets(work, who)

        await context.visit.do(do, said=private_words(update, who))

    return CommandHandler(name, run, filters=TYPED)


def private_words(update: Update, who: Sender) -> Said | None:
    """What passes triage first: everything written in private, whoever wrote it."""
    return said(update) if who.private else None

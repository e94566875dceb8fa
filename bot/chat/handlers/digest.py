"""The digest: /digest, its hour, and what staff decide below it."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import looked_up

HANDLERS = (
    looked_up(
        "digest",
        lambda house, work, who, words: house.digesting.look(work, who, words),
        lambda house, work, who, words, page: house.digesting.command(work, who, words, page),
    ),
)

DEEDS: dict[str, Deed] = {"digest-decide": lambda house, work, who, tap: house.digesting.decide(work, who, tap)}

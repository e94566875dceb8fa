"""Buttons under a check-in's question."""

from bot.chat.deeds import Deed

DEEDS: dict[str, Deed] = {
    "answer": lambda house, work, who, tap: house.answering.answer(work, who, tap),
}

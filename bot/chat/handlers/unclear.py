"""What staff decide about messages that may not have arrived."""

from bot.chat.deeds import Deed

DEEDS: dict[str, Deed] = {"unclear": lambda house, work, who, tap: house.unclear.decide(work, who, tap)}

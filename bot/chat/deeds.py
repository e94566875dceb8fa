"""What a tapped button sets off."""

from collections.abc import Awaitable, Callable

from bot.care.house import House
from bot.care.model.inbound import Sender, Tap
from bot.care.ports.records import Work
from bot.chat.doorway import Doorway

Deed = Callable[[House, Work, Sender, Tap], None]
"""Runs inside the update's transaction; reads who tapped and what the button stood for."""


class TakesLonger(Exception):
    """More than one transaction: nothing is done yet, and `job` brings the update to its end."""

    def __init__(self, job: Callable[[Doorway], Awaitable[None]]) -> None:
        super().__init__()
        self.job = job

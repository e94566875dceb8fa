"""What a tapped button sets off."""

from collections.abc import Callable

from bot.care.house import House
from bot.care.model.inbound import Sender, Tap
from bot.care.ports import Work

Deed = Callable[[House, Work, Sender, Tap], None]
"""Runs inside the update's transaction; reads who tapped and what the button stood for."""

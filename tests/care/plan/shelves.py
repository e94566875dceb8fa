"""The clinic's real content: the plan is tested on what patients will get."""

from bot.library.dates import BabelDates
from tests.standing_library import the_shelf as real_shelf

DATES = BabelDates()

__all__ = ["DATES", "real_shelf"]

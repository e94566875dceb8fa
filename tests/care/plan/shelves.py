"""The clinic's real content, read once: the plan is tested on what patients will get."""

from functools import cache

from bot.library.dates import BabelDates
from bot.library.folder import read
from bot.library.loading import inspect
from bot.library.shelf import ContentShelf
from tests.own_content import CONTENT


@cache
def real_shelf() -> ContentShelf:
    # faults in other rooms' words are found by their own tests; here only the plan counts
    shelf = inspect(read(CONTENT)).shelf
    assert shelf is not None, "content/ cannot be read at all"
    return shelf


DATES = BabelDates()

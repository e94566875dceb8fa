"""The real content, read once: tests say the clinic's own words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.library.folder import read
from bot.library.loading import inspect
from bot.library.shelf import ContentShelf

CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True)
class StandingLibrary:
    """A library whose shelf does not change."""

    shelf: ContentShelf


@cache
def the_shelf() -> ContentShelf:
    shelf = inspect(read(CONTENT)).shelf
    if shelf is None:
        raise ValueError("the clinic itself cannot be read: run `aftercare check`")
    return shelf


def a_library() -> StandingLibrary:
    return StandingLibrary(the_shelf())

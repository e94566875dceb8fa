"""The real content, read once: tests say the clinic's own words."""

from dataclasses import dataclass, replace
from functools import cache

from bot.library.folder import read
from bot.library.loading import inspect
from bot.library.shelf import ContentShelf
from tests.own_content import CONTENT


@dataclass
class StandingLibrary:
    """A library whose shelf changes only when a test says so."""

    shelf: ContentShelf

    def retire(self, treatment: str) -> None:
        self.shelf = without(self.shelf, treatment)


@cache
def the_shelf() -> ContentShelf:
    # whether it is sound is for the tests of the library and `aftercare check`: here it is only read
    shelf = inspect(read(CONTENT), tried=True).shelf
    if shelf is None:
        raise ValueError("the clinic itself cannot be read: run `aftercare check`")
    return shelf


def without(shelf: ContentShelf, treatment: str) -> ContentShelf:
    """As after the clinic took the treatment's files away."""
    protocols = {name: protocol for name, protocol in shelf.protocols.items() if name != treatment}
    gone = (f"treatments/{treatment}/", f"steps/{treatment}/")
    words = {
        language: {key: said for key, said in kept.items() if not key.startswith(gone)}
        for language, kept in shelf.words.items()
    }
    return replace(shelf, protocols=protocols, words=words)


def a_library() -> StandingLibrary:
    return StandingLibrary(the_shelf())

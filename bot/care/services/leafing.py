"""Lists that are longer than a phone's screen, page by page."""

from collections.abc import Sequence
from typing import TypeVar

from bot.care.model.delivery import Button, Keyboard

T = TypeVar("T")


def page_of(items: Sequence[T], number: int, size: int) -> tuple[int, int, Sequence[T]]:
    """(Page from 0, how many there are, what is on it); a number outside is the nearest page."""
    pages = max(1, -(-len(items) // size))
    here = min(max(number, 0), pages - 1)
    return here, pages, items[here * size : (here + 1) * size]


def turns(deed: str, before: tuple[str, ...], here: int, pages: int) -> Keyboard:
    steps = (("◀", here - 1), ("▶", here + 1))
    buttons = tuple(Button(label, deed, (*before, str(to))) for label, to in steps if 0 <= to < pages)
    return (buttons,) if buttons else ()

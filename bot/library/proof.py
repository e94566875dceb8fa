"""What else must hold before content goes live, as those see it who live by it: the library only asks them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.library.places import Path
from bot.library.shelf import ContentShelf


class Objection(Protocol):
    """What is wrong, and where. One that does not block becomes a warning."""

    @property
    def file(self) -> str: ...

    @property
    def path(self) -> Path: ...

    @property
    def reason(self) -> str: ...

    @property
    def blocks(self) -> bool: ...


@dataclass(frozen=True)
class Trial:
    """One thing that a running clinic makes of content, tried."""

    look: Callable[[ContentShelf], Iterable[Objection]]
    on_faults: bool = False
    """Also where something is wrong already, so that all is said at once; else it may rely on whole content."""
    once: bool = False
    """Content that has passed it under this very code need not pass it again."""


Parting = Callable[[ContentShelf, ContentShelf], Iterable[Objection]]
"""(New content, content before it) -> what may not go yet, because somebody is in the middle of it."""


def nothing_missed(new: ContentShelf, before: ContentShelf) -> Iterable[Objection]:
    """For whoever has nobody in care."""
    del new, before
    return ()


Proof = tuple[Trial, ...]
"""In this order."""
ALONE: Proof = ()
"""The library's own checks and no more: for whoever changes files without understanding anybody."""


def again(proof: Proof) -> Proof:
    """For content that has passed all of it before."""
    return tuple(trial for trial in proof if not trial.once)

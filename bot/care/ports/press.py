"""The content files, written back item by item."""

from typing import Protocol

from bot.care.model.revision import Checked, Draft, Revision
from bot.care.model.unanswered import Outcome, Phrasing


class Cabinet(Protocol):
    """The content files as lists of phrasings. Each call may take many seconds: for a thread of its own."""

    def weigh(self, phrasing: Phrasing) -> Outcome:
        """What filing it would do to the content's own lines; nothing is changed."""
        ...

    def file(self, phrasing: Phrasing, *, print: str) -> Outcome:  # noqa: A002 - the file's
        """Writes it, unless the file is no longer the one with this `print`."""
        ...

    def take_out(self, phrasing: Phrasing) -> Outcome: ...


class Press(Protocol):
    """The content files, one item at a time. Each call may take many seconds: for a thread of its own."""

    def check(self, draft: Draft, undone: Revision | None) -> Checked:
        """What the whole content would have against it; nothing is changed. `undone`: what the draft takes back."""
        ...

    def publish(self, draft: Draft, undone: Revision | None) -> Checked:
        """Writes it, unless the file is no longer the one with the draft's `print`."""
        ...

"""What was published, and what may be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.care.model.revision import Draft, DraftState, Revision


class Revisions(Protocol):
    """Every change of the content that went live; none is ever changed or forgotten."""

    def add(self, revision: Revision) -> Revision: ...

    def get(self, revision_id: int) -> Revision:
        """With the whole file as it was before and after."""
        ...

    def latest(self, *, limit: int, file: str = "") -> Sequence[Revision]:
        """Newest first, of one file or of all, without the files' own text."""
        ...

    def newest(self) -> Sequence[Revision]:
        """The last one of each file that was ever changed, without the files' own text."""
        ...

    def knows(self, file: str, print_: str) -> bool:
        """This hash is that of the file before or after one of its revisions."""
        ...

    def alone(self) -> None:
        """From here to the end of the deed no other process notes changes: each is noted once."""
        ...


class Drafts(Protocol):
    def add(self, draft: Draft) -> Draft: ...

    def get(self, draft_id: int) -> Draft: ...

    def turn(self, draft: Draft, *, was: DraftState) -> bool:
        """Saves it and lets go of it; False when it is no longer in that state: somebody else was quicker."""
        ...

    def claim(self, draft: Draft, *, lease: timedelta) -> bool:
        """True for one caller, until the draft turns or the lease (machine time) has run out."""
        ...

    def in_state(self, *states: DraftState) -> Sequence[Draft]:
        """Oldest first."""
        ...

    def erase(self, *, before: datetime) -> int:
        """Those that were begun before, whatever became of them; what went live stays as a revision."""
        ...

"""What a patient's words mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.care.model.triage import Assessment


@dataclass(frozen=True)
class Candidate:
    topic: str
    score: float


@dataclass(frozen=True)
class Match:
    """Topics best first. `confident`: the first may be answered with. `family`: out of scope, and which kind."""

    candidates: tuple[Candidate, ...]
    confident: bool
    family: str | None = None
    reason: str = ""
    also: tuple[str, ...] = ()
    """Further topics that the message asks for as clearly: answered as well, in this order."""


@dataclass(frozen=True)
class Situation:
    """What of the patient takes part in triage; `protocol` is the leading one's column of days (facts 5.2), `day`
    days after the session."""

    language: str
    protocol: str | None = None
    day: int | None = None
    days_to_next: int | None = None
    before: str = ""
    """What was said just before, for "is this normal"."""
    today: tuple[str, ...] = ()
    """What else the patient said on this day of theirs."""
    alarmed: bool = False
    """A danger sign of theirs is open, or was raised within a day: what is plain else may belong to it."""


class Understanding(Protocol):
    def triage(self, text: str, situation: Situation) -> Assessment: ...

    def match(self, text: str, situation: Situation) -> Match: ...


class Likeness(Protocol):
    """How the words of messages relate to each other and to the content's own."""

    def knows(self, word: str, language: str) -> bool:
        """The content's own lines use this word, in any form."""
        ...

    def kin(self, words: str, others: Sequence[str], language: str) -> int | None:
        """The place of the one that asks the same; None when none does. Takes some milliseconds for each."""
        ...


class Hearing(Understanding, Likeness, Protocol):
    """All that understanding does for a running clinic."""

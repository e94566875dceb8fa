"""Messages that the clinic's answers did not meet, without anybody in them, and what becomes of their words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

ELSE = "-"
"""What the patient chose: something else than was offered."""
OUTSIDE = "~"
"""Before an out-of-scope family, where a topic may stand as well."""


@dataclass(frozen=True)
class Unanswered:
    """One message; nothing in it says whose. `day` counts from the session, `answered` is what the bot told, if it did.

    `near`: topics that were offered, best first. `chosen`: what the patient took instead. `kin`: the first message that
    this one is like; 0 until somebody has looked. `filing`: what it was filed with; 0 while it waits.
    """

    words: str
    language: str
    heard_on: date
    treatment: str = ""
    day: int | None = None
    answered: str = ""
    near: tuple[str, ...] = ()
    chosen: str = ""
    kin: int = 0
    filing: int = 0
    id: int = 0

    @property
    def group(self) -> int:
        return self.kin or self.id


@dataclass(frozen=True)
class Group:
    """Messages that are alike, newest first."""

    rows: tuple[Unanswered, ...]

    @property
    def id(self) -> int:
        return self.rows[0].group

    @property
    def newest(self) -> Unanswered:
        return self.rows[0]

    @property
    def closest(self) -> tuple[str, ...]:
        """Topics that patients chose themselves, most often first, then those that the bot held likely."""
        chosen = Counter(row.chosen for row in self.rows if row.chosen not in ("", ELSE))
        near = Counter(topic for row in self.rows for topic in row.near)
        return tuple(dict.fromkeys(topic for topic, _ in (*chosen.most_common(), *near.most_common())))

    def others(self, most: int) -> list[str]:
        """Further ways in which it was said."""
        return [words for words in dict.fromkeys(row.words for row in self.rows) if words != self.newest.words][:most]


def groups_of(rows: Iterable[Unanswered]) -> list[Group]:
    """Most frequent first, then newest first."""
    found: dict[int, list[Unanswered]] = {}
    for row in sorted(rows, key=lambda row: -row.id):
        found.setdefault(row.group, []).append(row)
    groups = [Group(tuple(alike)) for alike in found.values()]
    return sorted(groups, key=lambda group: (-len(group.rows), -group.newest.id))


class FilingState(StrEnum):
    """WEIGHING, SAVING and TAKING_OUT are work under way; READY and SAVED wait for a person."""

    WEIGHING = "weighing"
    READY = "ready"
    SAVING = "saving"
    SAVED = "saved"
    TAKING_OUT = "taking-out"
    ENDED = "ended"


UNDER_WAY = (FilingState.WEIGHING, FilingState.SAVING, FilingState.TAKING_OUT)


@dataclass(frozen=True)
class Phrasing:
    """Words as one more way to ask for a topic, or (`~family`) for something that is not ours to answer."""

    language: str
    target: str
    words: str

    @property
    def family(self) -> str | None:
        return self.target.removeprefix(OUTSIDE) if self.target.startswith(OUTSIDE) else None


@dataclass(frozen=True)
class Filing:
    """A phrasing on its way into the content: who wants it, where they read of it, and what they read.

    `print` is the hash of the file that its effect was worked out with. `clinical`: it is about symptoms, and
    only a clinician saves it or takes it out.
    """

    phrasing: Phrasing
    group: int
    state: FilingState
    by: int
    chat: int
    message_id: int
    at: datetime
    print: str = ""
    told: str = ""
    clinical: bool = False
    id: int = 0

    def turned(self, state: FilingState, **changed: object) -> Self:
        return replace(self, state=state, **changed)  # type: ignore[arg-type]


class End(StrEnum):
    """What came of looking at the content files, or of changing them."""

    DONE = "done"
    CHANGED = "changed"
    """Somebody else changed the file meanwhile."""
    THERE = "there"
    NOT_THERE = "not-there"
    NO_TOPIC = "no-topic"
    DANGER = "danger"
    """These words raise a danger sign."""
    REFUSED = "refused"
    """The content would have faults."""
    READ_ONLY = "read-only"
    FAILED = "failed"


Count = tuple[int, int]
"""So many of so many."""


@dataclass(frozen=True)
class Change:
    """One share of the content's own lines, before and after."""

    name: str
    before: Count
    after: Count


@dataclass(frozen=True)
class Worse:
    """A topic that is found less often; or (`line`) a line that would now be answered with another topic."""

    topic: str
    before: Count = (0, 0)
    after: Count = (0, 0)
    line: str = ""
    other: str = ""


@dataclass(frozen=True)
class Effect:
    changes: Sequence[Change] = ()
    worse: Sequence[Worse] = ()
    asked_about: str = ""
    """The danger sign that patients who write these words are asked about."""


@dataclass(frozen=True)
class Outcome:
    """`reasons`: faults, the topics that hold these words already, or why it could not be done."""

    end: End
    print: str = ""
    effect: Effect = Effect()
    reasons: tuple[str, ...] = ()

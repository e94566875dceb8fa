"""A treatment's plan as data: steps, what they ask, and the windows in which something is off."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from functools import cached_property
from typing import Self

from bot.care.model.enrolment import Area, Surface
from bot.care.model.things import Thing


class Anchor(StrEnum):
    SESSION = "session"
    NEXT_SESSION = "next_session"


class Late(StrEnum):
    """What becomes of a message that could not leave while it was useful."""

    SEND = "send"
    FOLD = "fold"
    """Its safety line moves into the next message."""
    DROP = "drop"


COLUMN_OF = {Surface.INTACT: "pico", Surface.MICRO_WOUNDS: "acne-scar-laser", Surface.REMOVED: "resurfacing"}
"""Whose days hold for a surface where nothing else is said (C4; facts 5.2)."""


class Moment(StrEnum):
    """When on its day a step leaves."""

    SESSION_END = "session-end"
    MORNING = "morning"
    EVENING = "evening"
    FIXED = "fixed"


class AskKind(StrEnum):
    ACK = "ack"
    PAIN = "pain10"
    """Pain right now, 0-10: the only 0-10 ask that can raise a pain flag (E32)."""
    RESULT = "result10"
    """Contentment with the result, 0-10: never a pain flag."""
    REDNESS = "r4"
    """0-4, unvalidated here, for the patient's own tracking (E33)."""
    CHOICE = "choice"
    PHOTO = "photo"
    DATE = "date"


@dataclass(frozen=True)
class Answer:
    """One worded choice; what it raises, and what is asked next because of it."""

    id: str
    raises: str | None = None
    """A red flag's id."""
    then: str | None = None
    """The id of an ask of the same step that follows only this answer. `raises` beside it counts at once; the flag of
    the follow-up takes its place, so that both together are one bad answer."""
    gate: bool | None = None
    """True: the healed gate passes; False: it fails; None: says nothing about it."""
    refers: bool = False
    """A person is told, without a red flag ("Something else")."""
    since: int | None = None
    """Days after the session from which `raises` and `then` hold; None: on any day."""

    def holds(self, *, day: int) -> bool:
        return self.since is None or day >= self.since


@dataclass(frozen=True)
class Ask:
    """One question of a step; several come one after another."""

    id: str
    kind: AskKind
    answers: tuple[Answer, ...] = ()
    only_if: tuple[str, ...] = ()
    """Conditions by name, e.g. `pain-was-4-to-6`, `face`, `next-unknown`."""
    follow_up: bool = False
    """Asked only when an answer's `then` names it."""
    unanswered: str | None = None
    """A red flag that stays unconfirmed when nobody answers this question in time."""


@dataclass(frozen=True)
class Until:
    """How long a message stays useful: a day and hour, and not past `before_next` days before N.

    `day` counts as the step's own: after the session, or back from the next one.
    """

    day: int
    at: time = time(20, 30)
    before_next: int | None = None
    before_appointment: int | None = None
    """Hours before the next session's own hour, once that is known; `day` and `at` hold until then."""


@dataclass(frozen=True)
class Step:
    """One item of a protocol. `day` counts from the session, or back from the next session: never negative."""

    id: str
    anchor: Anchor
    day: int
    moment: Moment
    until: Until
    late: Late
    at: time | None = None
    """The protocol's own hour; a patient's chosen hour replaces it for MORNING and EVENING."""
    asks: tuple[Ask, ...] = ()
    alarm: bool = False
    """Can raise a flag or is a gate: never later than 3 h before closing, never silenced by PAUSE in the first days."""
    only_if: tuple[str, ...] = ()
    follows: str | None = None
    """A step of the same day whose answer decides whether this one is sent (an evening line)."""
    late_of: str | None = None
    """Sent at once in place of the step named, when that one's time was over before it could be planned."""
    repeats: str | None = None
    """The step whose unanswered question this one gently puts again the next morning."""
    daily: bool = False
    """Asked again each morning from its day on while the healed gate fails; `until` moves along."""
    words: str = ""
    """Key of its words, `<treatment>/<step>`; shared where two protocols say the same."""
    sources: tuple[str, ...] = ()
    rank: int = 50
    """Order inside a merged message, lowest first: safety lines lead."""


@dataclass(frozen=True)
class Span:
    """A number of days a clinic may move between `least` and `most`; `most=None` has no end (picking)."""

    least: int
    default: int
    most: int | None

    def holds(self, days: int) -> bool:
        return self.least <= days and (self.most is None or days <= self.most)

    def later(self, days: int) -> Self:
        return replace(
            self,
            least=self.least + days,
            default=self.default + days,
            most=None if self.most is None else self.most + days,
        )


@dataclass(frozen=True)
class WindowRule:
    """Days after the session, and before the next, in which a thing is off (facts 3.6).

    `after=None`: no window after the session. `after.default` is the first allowed day; for things asked for
    (`spf-daily`, `head-raised`) the first day on which they no longer are.
    """

    thing: Thing
    after: Span | None
    before: Span | None = None
    healed: bool = True
    """The date alone never allows it: skin must be closed and calm."""
    extra_days: tuple[tuple[Area, int], ...] = ()
    sources: tuple[str, ...] = ()

    def moved(self, area: Area) -> Self:
        """Only days after the session are moved."""
        days = dict(self.extra_days).get(area, 0)
        return self if self.after is None or not days else replace(self, after=self.after.later(days))


@dataclass(frozen=True)
class Threshold:
    """From which day a symptom is no longer expected (facts 5.2): `same_day_from`/`urgent_from`, None = not by day."""

    symptom: str
    same_day_from: int | None
    urgent_from: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Protocol:
    """One treatment's plan; its version is that of the content it came with."""

    id: str
    surface: Surface
    steps: tuple[Step, ...]
    ends: int
    """Last day of the plan, days after the session."""
    interval: int | None
    """Usual days to the next session, for display only; None when staff must enter it."""
    least_interval: int
    column: str = ""
    """The treatment whose column of days holds (facts 5.2): dated danger signs, what is expected when, and the windows
    and thresholds that are not its own. Left out, the surface picks it."""
    windows: tuple[WindowRule, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.column:
            object.__setattr__(self, "column", COLUMN_OF[self.surface])

    def inheriting(self, column: Self) -> Self:
        """With the windows and thresholds of its column wherever it has none of its own."""
        windows = {rule.thing: rule for rule in (*column.windows, *self.windows)}
        thresholds = {each.symptom: each for each in (*column.thresholds, *self.thresholds)}
        return replace(self, windows=tuple(windows.values()), thresholds=tuple(thresholds.values()))

    @cached_property
    def rules(self) -> Mapping[Area, Mapping[Thing, tuple[WindowRule, ...]]]:
        """What is said of each thing, moved by the area (facts 3.6): asked for far more often than it changes."""
        found: dict[Area, dict[Thing, tuple[WindowRule, ...]]] = {area: {} for area in Area}
        for area, rules in found.items():
            for rule in self.windows:
                rules[rule.thing] = (*rules.get(rule.thing, ()), rule.moved(area))
        return found

    @cached_property
    def asking(self) -> frozenset[str]:
        """The ids of steps that ask something."""
        return frozenset(step.id for step in self.steps if step.asks)

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

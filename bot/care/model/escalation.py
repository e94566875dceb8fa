"""Handing a patient to a person: open, acknowledged, closed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.care.model.triage import Level


class EscalationState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Closing(StrEnum):
    """How it ended; only a person closes."""

    ADVICE = "advice given"
    SEEN = "seen in clinic"
    EMERGENCY = "sent to emergency"
    FALSE_ALARM = "false alarm"
    DUPLICATE = "duplicate"


WAS_SOMETHING = frozenset({Closing.ADVICE, Closing.SEEN, Closing.EMERGENCY})
"""Neither a false alarm nor another alert's double."""


@dataclass(frozen=True)
class Escalation:
    """`level=None`: no red flag, a person was asked for or something came that only a person can read."""

    patient_id: int | None
    opened_at: datetime
    level: Level | None
    reason: str
    """A red flag's id, or `help`, `media`, `unanswered`, `date`, `wrong-person` ..."""
    words: str
    """The patient's exact words, or the answer they tapped."""
    told: str = ""
    """What the bot told the patient at once."""
    id: int = 0
    enrolment_id: int | None = None
    confirmed: bool = True
    state: EscalationState = EscalationState.OPEN
    owner: int | None = None
    """Account of the member who has it."""
    acknowledged_at: datetime | None = None
    called_at: datetime | None = None
    """When somebody said that they phoned the patient."""
    promised_at: datetime | None = None
    """When the patient was told by what hour a person answers; None without a promise, or once a broken one is over."""
    private_since: datetime | None = None
    """From when on its words are for clinicians only; None where the whole team may read them."""
    closed_at: datetime | None = None
    closing: Closing | None = None
    note: str = ""
    """What whoever closed it wants colleagues to know."""
    told_with: int | None = None
    """The alert of the same hour, no less serious, that was ringing when this came: by its clock this one rings."""

    def acknowledge(self, member: int, *, at: datetime) -> Self:
        return replace(self, state=EscalationState.ACKNOWLEDGED, owner=member, acknowledged_at=at)

    def call(self, *, at: datetime) -> Self:
        return replace(self, called_at=at)

    def reopen(self) -> Self:
        """Nobody has it any more."""
        return replace(self, state=EscalationState.OPEN, owner=None, acknowledged_at=None, called_at=None)

    def close(self, member: int, closing: Closing, *, at: datetime) -> Self:
        return replace(self, state=EscalationState.CLOSED, owner=member, closing=closing, closed_at=at)


def flagged(opened: Iterable[Escalation]) -> frozenset[int]:
    """Whose open alerts are red flags."""
    return frozenset(one.patient_id for one in opened if one.level is not None and one.patient_id is not None)

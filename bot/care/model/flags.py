"""What red flags, open and closed, mean for what is sent meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.escalation import WAS_SOMETHING, Closing, Escalation, EscalationState
from bot.care.model.raising import SELF_HARM
from bot.care.model.triage import Level


@dataclass(frozen=True)
class Flags:
    """Of one patient."""

    open: bool = False
    closed_at: datetime | None = None
    """When a person last closed one that had been something."""
    grave: bool = False
    """One that is open is certain, of the body, and urgent or an emergency."""
    sent_away_at: datetime | None = None
    """When one of the body last ended with the patient sent to emergency care."""

    @classmethod
    def of(cls, cases: Iterable[Escalation]) -> "Flags":
        serious = [case for case in cases if case.level is not None]
        closed = (case.closed_at for case in serious if case.closing in WAS_SOMETHING and case.closed_at is not None)
        opened = [case for case in serious if case.state is not EscalationState.CLOSED]
        of_body = [case for case in serious if case.reason != SELF_HARM]
        grave = any(case.confirmed and case.level is not Level.SAME_DAY for case in of_body if case in opened)
        sent = (case.closed_at for case in of_body if case.closing is Closing.EMERGENCY and case.closed_at is not None)
        return cls(bool(opened), max(closed, default=None), grave, max(sent, default=None))

    def outdate(self, answered_at: datetime) -> bool:
        """Whether skin that was calm then may be another now."""
        return self.closed_at is not None and answered_at <= self.closed_at


NO_FLAGS = Flags()

"""What a look at the whole clinic finds: dates, steps and levels, and nothing that anybody wrote."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import DeliveryState
from bot.care.model.triage import Level


@dataclass(frozen=True)
class PlanRow:
    """A row of somebody's plan; `sent_at` is empty as long as it has not left."""

    patient_id: int
    enrolment_id: int
    step: str
    due_at: datetime
    sent_at: datetime | None = None


@dataclass(frozen=True)
class StepRow:
    """A row of a running plan, and what has become of it so far."""

    patient_id: int
    enrolment_id: int
    step: str
    due_at: datetime
    state: DeliveryState
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Given:
    """An answer to a check-in, and to which; of a daily one with its day."""

    enrolment_id: int
    step: str
    at: datetime


@dataclass(frozen=True)
class Joined:
    """Somebody enrolled, and whether they have agreed by now."""

    at: datetime
    agreed: bool


@dataclass(frozen=True)
class Alerted:
    """An alert, and when somebody first had it."""

    at: datetime
    level: Level | None
    seen_at: datetime | None

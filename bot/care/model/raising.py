"""How serious a red flag is, and what makes it one level more serious (facts 5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.care.model.enrolment import HealthFacts
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.triage import Level

LEVEL_OF = {"E": Level.EMERGENCY, "U": Level.URGENT, "S": Level.SAME_DAY}
"""The letter after `RF-` is the level; a flag keeps its id when its words change."""

NEVER_RAISED = frozenset({"RF-S10", "RF-S11", "RF-S12", "RF-S13"})
SELF_HARM = "RF-E5"
TOGETHER = timedelta(hours=24)
"""Same-day signs this near to each other count as "several together"."""


def is_flag(reason: str) -> bool:
    return reason.startswith("RF-") and reason[3:4] in LEVEL_OF


def level_of(flag: str) -> Level:
    """Raises `KeyError` for what is no red flag."""
    return LEVEL_OF[flag[3:4]]


def raised(level: Level) -> Level:
    """One level up from same-day; urgent stays urgent, its advice repeats the emergency signs."""
    return Level.URGENT if level is Level.SAME_DAY else level


def weighed(
    flag: str,
    level: Level,
    others: Iterable[Escalation],
    health: HealthFacts | None,
    *,
    at: datetime,
    precises: datetime | None = None,
) -> Level:
    """The level once the patient's other open signs and health are looked at; nothing is ever lowered.

    What was opened at the instant `precises` is this very sign, told less precisely, and adds nothing.
    """
    if level is not Level.SAME_DAY or flag in NEVER_RAISED:
        return level
    if health is not None and health.pregnancy:
        return raised(level)
    apart = (other for other in others if other.opened_at != precises)
    return raised(level) if any(_adds_up(other, flag, at=at) for other in apart) else level


def _adds_up(other: Escalation, flag: str, *, at: datetime) -> bool:
    return (
        other.state is not EscalationState.CLOSED
        and other.confirmed
        and is_flag(other.reason)
        and other.reason != flag
        and other.reason not in NEVER_RAISED
        and at - other.opened_at <= TOGETHER
    )

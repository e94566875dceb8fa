"""Whether a message that did not arrive may be sent once more: what was for another night is never sent on this one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.protocol import Anchor, Late, Moment, Step
from scheduler.localtime import SENDING_HOURS, local_day, next_inside

UNDECIDED = frozenset({DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.EXPIRED})
"""States in which staff decide what becomes of it."""


def may_go_again(row: Delivery, step: Step | None, zone: ZoneInfo, *, at: datetime) -> bool:
    """A plan's row; `step` is None once it is no longer in the protocol, `zone` the patient's."""
    if step is None:
        return False
    today = local_day(at, zone)
    is_over = step.moment is not Moment.SESSION_END and local_day(next_inside(at, SENDING_HOURS, zone), zone) != today
    return not is_over and (step.late is Late.SEND or local_day(row.due_at, zone) == today)


def is_vital(step: Step | None) -> bool:
    """Day 0, which names the danger signs, and every check-in that may raise an alarm."""
    if step is None:
        return False
    return step.alarm or (step.anchor is Anchor.SESSION and step.day == 0)

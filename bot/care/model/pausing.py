"""What a patient's pause keeps from them, and what it never does."""

from datetime import date

from bot.care.model.enrolment import Surface
from bot.care.model.protocol import Anchor, Moment, Step

ALARMS_LAST = {Surface.REMOVED: 14}
"""Until which day PAUSE does not silence alarm check-ins (facts 6); other surfaces until day 3."""
ALARMS_USUALLY_LAST = 3


def is_silenced(step: Step, surface: Surface, until: date | None, *, on: date) -> bool:
    """PAUSE never silences day 0, the first alarm check-ins, or what must stop before a session.

    `until`: the day on which the pause is over; `on`: the patient's day.
    """
    if until is None or on >= until or step.anchor is Anchor.NEXT_SESSION:
        return False
    last = ALARMS_LAST.get(surface, ALARMS_USUALLY_LAST)
    is_spared = step.moment is Moment.SESSION_END or (step.alarm and step.day <= last)
    return not is_spared

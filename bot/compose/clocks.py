"""The clock a verb goes by, without anything else of the running clinic."""

from bot.care.ports import Clock
from bot.settings import Settings
from scheduler.clock import SystemClock, TurnableClock


def the_clock(settings: Settings) -> Clock:
    """The wall's, or in a trial one that starts where it is told and goes as fast as it is told."""
    if settings.clock_start is None and settings.clock_rate is None:
        return SystemClock()
    return TurnableClock(settings.clock_start or SystemClock().now(), settings.clock_rate or 1.0)

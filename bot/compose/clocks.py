"""The clock a verb goes by, without anything else of the running clinic."""

from bot.care.ports.outside import Clock
from bot.settings import Settings
from scheduler.clock import SystemClock, TurnableClock


def the_clock(settings: Settings) -> Clock:
    """The wall's, or in a trial one that starts where it is told and goes as fast as it is told."""
    if settings.clock_start is None and settings.clock_rate is None:
        return SystemClock()
    start = settings.clock_start or SystemClock().now()
    clock = TurnableClock(start, settings.clock_rate or 1.0)
    # until the first look at what is due: a fast clock would leap over days while the house is being opened
    clock.hold_at(start)
    return clock

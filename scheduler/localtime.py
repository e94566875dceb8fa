"""Turn a wish in local time into an instant, and keep instants inside the hours when people may be written to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Hours:
    """The part of every local day from opening to closing, both minutes included; never across midnight.

    Raises ValueError when it does not open before it closes.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("hours must open before they close, on the same day")

    def hold(self, at: time) -> bool:
        return self.opens <= at <= self.closes

    def nearest(self, at: time) -> time:
        """The wish itself when it is inside, else the end of the hours that is closest to it."""
        return min(max(at, self.opens), self.closes)


SENDING_HOURS = Hours(time(9), time(20, 30))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The one UTC instant of a local wish.

    Where clocks go forward over the wish, the offset before the change counts, so 02:30 becomes 03:30; where they go
    back over it, the first occurrence counts.
    """
    # fold=0 says both: the standard library reads it as "the offset before the change" in gaps and folds alike
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day that people in the zone have at this instant."""
    return _aware(at).astimezone(zone).date()


def local_hour(at: datetime, zone: ZoneInfo) -> time:
    """What the clock on the wall shows in the zone at this instant."""
    return _aware(at).astimezone(zone).time().replace(fold=0)


def is_inside(at: datetime, hours: Hours, zone: ZoneInfo) -> bool:
    return hours.hold(local_hour(at, zone))


def next_inside(at: datetime, hours: Hours, zone: ZoneInfo) -> datetime:
    """The instant itself when it is inside the hours of its local day, else the next opening, in UTC."""
    if is_inside(at, hours, zone):
        return at.astimezone(UTC)
    return next_wish(hours.opens, zone, after=at)


def next_wish(wish: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """The first instant of a daily wish that is not before `after`."""
    today = local_day(after, zone)
    # a day may be skipped or lived twice where a country changes sides of the date line: look a day either way
    coming = (instant(today + timedelta(days=n), wish, zone) for n in range(-1, 3))
    return next(moment for moment in coming if moment >= after)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return at

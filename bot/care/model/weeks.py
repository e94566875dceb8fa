"""How the last weeks went, from what was enrolled, asked, answered and raised in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from bot.care.model.inbound import EACH_TIME
from bot.care.model.survey import Alerted, Given, Joined, PlanRow
from bot.care.model.triage import Level
from scheduler.localtime import instant, local_day

WEEKS = 4


@dataclass(frozen=True)
class Span:
    """One calendar week of the clinic, as instants; `until` is the next one's first."""

    monday: date
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True)
class Week:
    """`agreed` of those enrolled that week, `answered` of what was asked that week: both by now.

    `waits`: how long each red flag waited until somebody had it; one that nobody has yet, until now.
    """

    span: Span
    enrolled: int = 0
    agreed: int = 0
    asked: int = 0
    answered: int = 0
    alerts: Mapping[Level | None, int] | None = None
    waits: tuple[timedelta, ...] = ()
    untaken: int = 0
    """Red flags that nobody has yet."""

    @property
    def usual_wait(self) -> timedelta | None:
        return timedelta(seconds=median(wait.total_seconds() for wait in self.waits)) if self.waits else None

    @property
    def longest_wait(self) -> timedelta | None:
        return max(self.waits, default=None)

    @property
    def is_empty(self) -> bool:
        return not (self.enrolled or self.asked or self.alerts)

    def alerted(self, level: Level | None) -> int:
        return (self.alerts or {}).get(level, 0)


def last_weeks(zone: ZoneInfo, *, at: datetime) -> list[Span]:
    """The whole weeks before this one, oldest first."""
    monday = local_day(at, zone)
    monday -= timedelta(days=monday.weekday())
    return [_span(monday - timedelta(weeks=n), zone) for n in range(WEEKS, 0, -1)]


def week(
    span: Span,
    *,
    joined: Iterable[Joined],
    asked: Sequence[PlanRow],
    given: Iterable[Given],
    alerts: Iterable[Alerted],
    at: datetime,
) -> Week:
    """`asked` and `given` may reach beyond the week: an answer counts for the question it answers."""
    new = [one for one in joined if span.holds(one.at)]
    put = [row for row in asked if row.sent_at is not None and span.holds(row.sent_at)]
    raised = [one for one in alerts if span.holds(one.at)]
    levels: defaultdict[Level | None, int] = defaultdict(int)
    for one in raised:
        levels[one.level] += 1
    return Week(
        span,
        enrolled=len(new),
        agreed=sum(one.agreed for one in new),
        asked=len(put),
        answered=len(_answered(put, asked, given)),
        alerts=dict(levels),
        waits=tuple((one.seen_at or at) - one.at for one in raised if one.level is not None),
        untaken=sum(one.level is not None and one.seen_at is None for one in raised),
    )


def _answered(put: Sequence[PlanRow], asked: Sequence[PlanRow], given: Iterable[Given]) -> list[PlanRow]:
    """Those with an answer after they left and before the same question left again."""
    sent: defaultdict[tuple[int, str], list[datetime]] = defaultdict(list)
    for row in asked:
        if row.sent_at is not None:
            sent[row.enrolment_id, row.step].append(row.sent_at)
    answers: defaultdict[tuple[int, str], list[datetime]] = defaultdict(list)
    for one in given:
        answers[one.enrolment_id, one.step.partition(EACH_TIME)[0]].append(one.at)

    def is_answered(row: PlanRow) -> bool:
        key = (row.enrolment_id, row.step)
        again = min((other for other in sent[key] if row.sent_at is not None and other > row.sent_at), default=None)
        return any(
            row.sent_at is not None and row.sent_at <= at and (again is None or at < again) for at in answers[key]
        )

    return [row for row in put if is_answered(row)]


def _span(monday: date, zone: ZoneInfo) -> Span:
    midnights = (instant(day, time(), zone) for day in (monday, monday + timedelta(weeks=1)))
    return Span(monday, next(midnights), next(midnights))

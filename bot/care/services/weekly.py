"""How the last four weeks went, as a picture and in the same words beneath it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.chart import Bar, Chart, Panel, Series
from bot.care.model.survey import PlanRow
from bot.care.model.triage import Level
from bot.care.model.weeks import Span, Week, last_weeks, week
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.speaking import Speaking

LEVELS: tuple[Level | None, ...] = (Level.EMERGENCY, Level.URGENT, Level.SAME_DAY, None)


@dataclass(frozen=True)
class Report:
    chart: Chart
    caption: Html


@dataclass(frozen=True)
class Weekly:
    speaking: Speaking

    def report(self, work: Work, *, at: datetime) -> Report | None:
        """For readers. None while there is nothing to show."""
        weeks = self._weeks(work, at=at)
        if all(one.is_empty for one in weeks):
            return None
        names = [self._name(one.span, at=at) for one in weeks]
        lines = [self._line(name, one) for name, one in zip(names, weeks, strict=True)]
        caption = self._say("caption", listed=Html("\n".join(lines)))
        return Report(self._chart(weeks, names), caption)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _weeks(self, work: Work, *, at: datetime) -> list[Week]:
        spans = last_weeks(self.speaking.shelf.clinic.zone, at=at)
        since, until = spans[0].since, spans[-1].until
        survey = work.survey
        # a question of the last day may be put again, and is answered, in the week after
        asked = self._questions(survey.sent(since=since, until=at))
        joined, alerts = survey.enrolled(since=since, until=until), survey.alerts(since=since, until=until)
        given = survey.answers(since=since)
        return [week(span, joined=joined, asked=asked, given=given, alerts=alerts, at=at) for span in spans]

    def _questions(self, rows: Sequence[PlanRow]) -> list[PlanRow]:
        """Messages that ask something."""
        protocols = self.speaking.shelf.protocols.values()
        asking = frozenset[str]().union(*(protocol.asking for protocol in protocols))
        return [row for row in rows if row.step in asking]

    def _chart(self, weeks: Sequence[Week], names: Sequence[str]) -> Chart:
        panels = (
            self._panel("joined", weeks, enrolled=lambda one: one.enrolled, agreed=lambda one: one.agreed),
            self._panel("check-ins", weeks, asked=lambda one: one.asked, answered=lambda one: one.answered),
            Panel(self._label("alerts"), tuple(self._alerts(weeks, level) for level in LEVELS)),
            Panel(self._label("waits"), tuple(self._waits(weeks, *which) for which in WAITS)),
        )
        clinic = self.speaking.shelf.clinic.name
        return Chart(self._label("title"), self._label("subtitle", clinic_name=clinic), tuple(names), panels)

    def _panel(self, name: str, weeks: Sequence[Week], **counts: Callable[[Week], int]) -> Panel:
        series = (Series(self._label(each), _counted(weeks, count)) for each, count in counts.items())
        return Panel(self._label(name), tuple(series))

    def _alerts(self, weeks: Sequence[Week], level: Level | None) -> Series:
        return Series(self._label(_key(level)), _counted(weeks, lambda one: one.alerted(level)))

    def _waits(self, weeks: Sequence[Week], name: str, wait: Callable[[Week], timedelta | None]) -> Series:
        return Series(self._label(name), tuple(self._bar(wait(one), one) for one in weeks))

    def _bar(self, wait: timedelta | None, one: Week) -> Bar:
        if wait is None:
            return Bar(0.0, "-")
        goes_on = one.untaken and wait == one.longest_wait
        said = self._time(wait)
        # as high as what it says: seconds of nobody's waiting are no bar
        return Bar(float(_minutes(wait)), self._label("so-far", value=said) if goes_on else said)

    def _line(self, name: str, one: Week) -> Html:
        if one.is_empty:
            return self._say("week-empty", when=name)
        alerts = [(level, one.alerted(level)) for level in LEVELS]
        levels = ", ".join(self._say("count", count=str(n), what=self._label(_key(level))) for level, n in alerts if n)
        usual, longest = one.usual_wait, one.longest_wait
        waits = usual is not None and longest is not None
        return self._say(
            "week",
            when=name,
            first=str(one.enrolled),
            value=str(one.agreed),
            answer=str(one.answered),
            most=str(one.asked),
            level=levels or self._say("no-alerts"),
            until=self._say("taken", first=self._time(usual), last=self._time(longest)) if waits else "",
            state=self._say("untaken", count=str(one.untaken)) if one.untaken else "",
        )

    def _name(self, span: Span, *, at: datetime) -> str:
        return self._label("name", when=self.speaking.day(span.monday, at=at))

    def _time(self, wait: timedelta | None) -> str:
        minutes = _minutes(wait or timedelta())
        if minutes < 60:
            return self._label("minutes", count=str(minutes))
        if minutes < 48 * 60:
            return self._label("hours", first=str(minutes // 60), last=f"{minutes % 60:02}")
        return self._label("days", count=str(minutes // (24 * 60)))

    def _label(self, name: str, /, **facts: str) -> str:
        return self.speaking.label(f"weekly/{name}", **facts)

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.speaking.staff(f"weekly/{name}", **facts)


def _minutes(wait: timedelta) -> int:
    return round(wait.total_seconds() / 60)


WAITS: tuple[tuple[str, Callable[[Week], timedelta | None]], ...] = (
    ("usual", lambda one: one.usual_wait),
    ("longest", lambda one: one.longest_wait),
)


def _counted(weeks: Sequence[Week], count: Callable[[Week], int]) -> tuple[Bar, ...]:
    return tuple(Bar(count(one), str(count(one))) for one in weeks)


def _key(level: Level | None) -> str:
    return level.value if level is not None else "no-level"

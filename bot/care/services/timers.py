"""Everything that time alone sets off, beside the messages of a plan."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.ports.records import Work
from bot.care.services.before_closing import BeforeClosing
from bot.care.services.drilling import Drilling
from bot.care.services.escalating import Escalating
from bot.care.services.forum import Forum
from bot.care.services.guarding import Guarding
from bot.care.services.keeping_unanswered import KeepingUnanswered
from bot.care.services.session_day import SessionDay
from bot.care.services.talking import Talking


@dataclass(frozen=True)
class Timers:
    escalating: Escalating
    session_day: SessionDay
    keeping: KeepingUnanswered
    forum: Forum
    talking: Talking
    drilling: Drilling
    guarding: Guarding
    before_closing: BeforeClosing

    def run(self, work: Work, *, at: datetime) -> None:
        """Whatever is due by `at`; what was done already is not done again."""
        self.escalating.overdue(work, at=at)
        self.session_day.run(work, at=at)
        self.talking.run(work, at=at)
        self.drilling.run(work, at=at)
        self.before_closing.run(work, at=at)
        self.keeping.run(work, at=at)
        self.guarding.follow(work, at=at)
        self.forum.follow(work, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """The next instant at which `run` would do something."""
        keepers = (self.escalating, self.session_day, self.talking, self.drilling, self.before_closing)
        moments = (keeper.next_moment(work, after=after) for keeper in keepers)
        return min((moment for moment in moments if moment is not None), default=None)

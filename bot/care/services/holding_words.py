"""What staff read of messages on hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.hold import EVERYTHING, Hold
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class HoldingWords:
    speaking: Speaking

    def what(self, subject: tuple[str, str]) -> str:
        treatment, step = subject
        if subject == EVERYTHING:
            return self.speaking.label("holding/everything")
        return self.speaking.label("holding/step", treatment_name=self.speaking.treatment_name(treatment), value=step)

    def page(self, work: Work, holds: Sequence[Hold], *, at: datetime) -> Html:
        if not holds:
            return self.speaking.staff("holding/none")
        lines = (self._line(work, hold, at=at) for hold in holds)
        return self.speaking.staff("holding/listed", listed=Html("\n".join(lines)))

    def _line(self, work: Work, hold: Hold, *, at: datetime) -> Html:
        member = work.team.member(hold.by)
        name = self.speaking.label("content/by-former") if member is None else member.name
        since = self.speaking.moment(hold.at, at=at)
        return self.speaking.staff("holding/line", what=self.what(hold.subject), since=since, member_name=name)

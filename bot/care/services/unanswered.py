"""Look through what no answer met, and drop what nobody needs: `/unanswered`."""

from dataclasses import dataclass

from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.filing import Filing
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking
from bot.care.services.unanswered_pages import Page, UnansweredPages

DEED = "unanswered"


@dataclass(frozen=True)
class Unanswered:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    pages: UnansweredPages
    filing: Filing

    def command(self, work: Work, who: Sender) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        if member is not None:
            work.audit.add(noted(member, DEED, "unanswered", at=now))
            text, keyboard = self.pages.listed(work, 0, at=now)
            post(work, here(who), text, at=now, keyboard=keyboard, purpose=Purpose.UNANSWERED)

    def turn(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        if self._member(work, who) is not None:
            self._show(work, tap, self.pages.listed(work, int(tap.args[0]), at=now))

    def open(self, work: Work, who: Sender, tap: Tap) -> None:
        """One group, and where it may go."""
        group = self.pages.find(work, tap.args[0])
        if self._member(work, who) is not None:
            now = self.clock.now()
            self._show(work, tap, self._gone() if group is None else self.pages.group(group, at=now))

    def topics(self, work: Work, who: Sender, tap: Tap) -> None:
        group = self.pages.find(work, tap.args[0])
        if self._member(work, who) is not None:
            self._show(work, tap, self._gone() if group is None else self.pages.topics(group, int(tap.args[1])))

    def families(self, work: Work, who: Sender, tap: Tap) -> None:
        group = self.pages.find(work, tap.args[0])
        if self._member(work, who) is not None:
            self._show(work, tap, self._gone() if group is None else self.pages.families(group, int(tap.args[1])))

    def drop(self, work: Work, who: Sender, tap: Tap) -> None:
        """Nobody needs these: they are erased at once."""
        now = self.clock.now()
        member, group = self._member(work, who), self.pages.find(work, tap.args[0])
        if member is None:
            return
        if group is None:
            self._show(work, tap, self._gone())
            return
        count = work.unanswered.drop(group.id)
        work.audit.add(noted(member, "drop-unanswered", f"unanswered:{group.id}", at=now, detail=str(count)))
        facts = {"member_name": member.name, "count": str(count), "said": group.newest.words}
        self._show(work, tap, (self.speaking.staff("unanswered/dropped", **facts), ((self.pages.back(),),)))

    def _member(self, work: Work, who: Sender) -> Member | None:
        return self.admitting.admit(work, who, DEED, at=self.clock.now())

    def _gone(self) -> Page:
        return self.speaking.staff("unanswered/gone"), ((self.pages.back(),),)

    def _show(self, work: Work, tap: Tap, page: Page) -> None:
        text, keyboard = page
        show(work, tap, text, at=self.clock.now(), keyboard=keyboard)

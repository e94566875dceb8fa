"""`/hold`: planned messages wait, one step's or all of them, until somebody lets them go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.hold import EVERYTHING, Hold
from bot.care.model.inbound import Sender, Tap
from bot.care.model.texts import cut
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.holding_words import HoldingWords
from bot.care.services.noticing import tell_staff
from bot.care.services.posting import post, show

SOON = timedelta(hours=24)
LONGEST_NAME = 40


@dataclass(frozen=True)
class Holding:
    clock: Clock
    admitting: Admitting
    confirming: Confirming
    words: HoldingWords

    def command(self, work: Work, who: Sender, said: str) -> None:
        """What is on hold; `/hold PS-03` and `/hold all` ask whether that shall be."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "hold", at=now) is None:
            return
        if not said.strip():
            text, keyboard = self._page(work, at=now)
            post(work, here(who), text, at=now, keyboard=keyboard)
            return
        subjects = list(self._named(said.strip().casefold()))
        if not subjects:
            text = self.words.speaking.staff("holding/unknown", said=cut(said.strip(), most=LONGEST_NAME))
            post(work, here(who), text, at=now)
        for subject in subjects:
            self._ask(work, who, subject, at=now)

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """From the page of an item."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "hold", at=now) is not None:
            self._ask(work, who, (tap.args[0], tap.args[1]), at=now)

    def hold(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "hold", at=now)
        subject = self.confirming.accept(work, who, tap, at=now) if member is not None else None
        if member is None or subject is None:
            return
        treatment, step = subject
        hold = Hold(treatment, step, member.account, now)
        if work.holds.put(hold):
            work.audit.add(noted(member, "hold", f"step:{treatment}/{step}", at=now))
            tell_staff(work, self._say("held", member.name, hold.subject), at=now)
        self._show(work, tap, at=now)

    def lift(self, work: Work, who: Sender, tap: Tap) -> None:
        """What still counts then leaves; the rest was told as not sent, each at its time."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "hold", at=now)
        if member is None:
            return
        treatment, step = tap.args
        if work.holds.lift(treatment, step):
            work.audit.add(noted(member, "lift-hold", f"step:{treatment}/{step}", at=now))
            tell_staff(work, self._say("lifted", member.name, (treatment, step)), at=now)
        self._show(work, tap, at=now)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _named(self, said: str) -> Iterator[tuple[str, str]]:
        if said == "all":
            yield EVERYTHING
        for protocol in self.words.speaking.shelf.protocols.values():
            yield from ((protocol.id, step.id) for step in protocol.steps if step.id.casefold() == said)

    def _ask(self, work: Work, who: Sender, subject: tuple[str, str], *, at: datetime) -> None:
        treatment, step = subject
        due = [
            row for row in work.survey.planned(since=at, until=at + SOON) if subject == EVERYTHING or row.step == step
        ]
        text = self.words.speaking.staff("holding/ask", what=self.words.what(subject), count=str(len(due)))
        if subject == EVERYTHING:
            text = Html(f"{text}\n{self.words.speaking.staff('holding/also-day-0')}")
        self.confirming.ask(work, who, text, "hold-yes", treatment, step, at=at)

    def _page(self, work: Work, *, at: datetime) -> tuple[Html, Keyboard]:
        holds = work.holds.all()
        lift = [(self._lift(one.subject),) for one in holds]
        everything = Button(self.words.speaking.label("holding/hold-everything"), "hold-ask", EVERYTHING)
        more = () if any(hold.subject == EVERYTHING for hold in holds) else ((everything,),)
        return self.words.page(work, holds, at=at), (*lift, *more)

    def _lift(self, subject: tuple[str, str]) -> Button:
        return Button(self.words.speaking.label("holding/lift", what=self.words.what(subject)), "hold-lift", subject)

    def _show(self, work: Work, tap: Tap, *, at: datetime) -> None:
        text, keyboard = self._page(work, at=at)
        show(work, tap, text, at=at, keyboard=keyboard)

    def _say(self, name: str, member_name: str, subject: tuple[str, str]) -> Html:
        what = self.words.what(subject)
        return self.words.speaking.staff(f"holding/{name}", member_name=member_name, what=what)

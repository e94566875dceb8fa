"""Hand one's duty to a colleague: it is theirs once they have tapped that they take it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting
from bot.care.services.duty import on_call
from bot.care.services.on_call_entering import OnCallEntering
from bot.care.services.posting import post, show

ANSWER_WITHIN = timedelta(hours=12)
"""An older question is nobody's promise any more."""


@dataclass(frozen=True)
class HandingOver:
    clock: Clock
    entering: OnCallEntering
    admitting: Admitting

    def ask(self, work: Work, giver: Member, taker: Member, since: datetime, until: datetime, *, at: datetime) -> None:
        words = self.entering.words
        args = (str(taker.account), str(giver.account), since.isoformat(), until.isoformat(), at.isoformat())
        facts = {"since": words.moment(since, at=at), "until": words.moment(until, at=at)}
        text = words.say("hand-over", admin_name=giver.name, **facts)
        names = ("take", "decline")
        buttons = tuple(Button(words.label(name), f"oncall-{name}", args) for name in names)
        post(work, taker.contact, text, at=at, keyboard=(buttons,), purpose=Purpose.NOTICE)

    def take(self, work: Work, who: Sender, tap: Tap) -> None:
        """Void when it took too long, or somebody else is on call by now."""
        now = self.clock.now()
        taker = self._addressed(work, who, tap, at=now)
        if taker is None:
            return
        _, giver, since, until, asked = tap.args
        begins, ends = max(now, datetime.fromisoformat(since)), datetime.fromisoformat(until)
        words = self.entering.words
        holder = on_call(work, words.clinic, at=begins)
        is_old = begins >= ends or now - datetime.fromisoformat(asked) > ANSWER_WITHIN
        if is_old or holder is None or str(holder.account) != giver:
            show(work, tap, Html(f"{words.say('void')}\n{words.now(work, at=now)}"), at=now)
            return
        text, keyboard = self.entering.enter(work, taker, taker, begins, ends, at=now, chat=who.chat)
        show(work, tap, text, at=now, keyboard=keyboard)

    def decline(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        taker = self._addressed(work, who, tap, at=now)
        if taker is None:
            return
        words, giver = self.entering.words, work.team.member(int(tap.args[1]))
        show(work, tap, words.say("declined-done"), at=now)
        if giver is not None:
            post(work, giver.contact, words.say("declined", member_name=taker.name), at=now, purpose=Purpose.NOTICE)

    def _addressed(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> Member | None:
        """The very person who was asked, once."""
        taker = self.admitting.admit(work, who, "take-oncall", at=at)
        if taker is None or str(taker.account) != tap.args[0] or not work.outbox.use_tap(tap.token, at=at):
            return None
        return taker

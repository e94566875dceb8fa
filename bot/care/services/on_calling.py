"""`/oncall`: show who is on call, take it over, and put somebody else on call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.hours import next_opening
from bot.care.model.inbound import Sender, Tap
from bot.care.model.on_call_typed import LONGEST, Asked, read_moment, read_stretch
from bot.care.model.people import Member, Role
from bot.care.model.permissions import may
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.duty import on_call, roster
from bot.care.services.handing_over import HandingOver
from bot.care.services.on_call_entering import OnCallEntering, Said
from bot.care.services.on_call_week import OnCallWeek, able
from bot.care.services.on_call_words import OnCallWords, name_of
from bot.care.services.posting import post, show
from bot.care.services.proving import Proving

ME = frozenset({"me", "i", "myself"})
OFFERED = (timedelta(hours=24), timedelta(days=7))
"""Lengths that have a button, beside the hour at which the clinic opens next."""


@dataclass(frozen=True)
class OnCalling:
    clock: Clock
    words: OnCallWords
    admitting: Admitting
    proving: Proving
    entering: OnCallEntering
    handing_over: HandingOver
    week: OnCallWeek

    def command(self, work: Work, who: Sender, words: str) -> None:
        verb, _, rest = words.strip().partition(" ")
        match verb.lower():
            case "":
                self.page(work, who)
            case "off" if not rest:
                self.off(work, who)
            case "week" | "weekly":
                self.week.change(work, who, rest)
            case "clear" if not rest:
                self.week.ask_to_clear(work, who)
            case _:
                self.stretch(work, who, words)

    def page(self, work: Work, who: Sender) -> None:
        """Alone: who is on call, for everybody of the team."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "oncall", at=now)
        if member is None:
            return
        work.audit.add(noted(member, "oncall", "all", at=now))
        text = Html(f"{self.words.page(work, at=now)}\n\n{self.words.say('usage')}")
        post(work, here(who), text, at=now, keyboard=self._people(work, member, at=now))

    def stretch(self, work: Work, who: Sender, words: str) -> None:
        """`me until 20:00`, `Maria from Fri 18:00 until Mon 08:00`."""
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "take-oncall", at=now)
        if actor is None:
            return
        asked = read_stretch(words)
        member = actor if asked.who.casefold() in ME else able(work, asked.who)
        times = self._times(asked, at=now)
        if member is None or times is None:
            fault = self.words.say("whom", typed=asked.who) if member is None else self.words.say("when", typed=words)
            post(work, here(who), Html(f"{fault}\n\n{self.words.say('usage')}"), at=now)
            return
        text, keyboard = self._put(work, actor, member, *times, at=now, chat=who.chat)
        post(work, here(who), text, at=now, keyboard=keyboard)

    def off(self, work: Work, who: Sender) -> None:
        """`off`: nobody for what is left of the stretch; one's own, or at an admin's word."""
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "take-oncall", at=now)
        if actor is None:
            return
        member, keyboard = on_call(work, self.words.clinic, at=now), Keyboard()
        if member is None:
            text = self.words.now(work, at=now)
        elif member.account != actor.account and not may(actor, "set-oncall"):
            text = self.words.say("only-admin", member_name=member.name)
        else:
            until = roster(work, self.words.clinic, at=now).stretch(now).until or self._opening(now)
            text, keyboard = self.entering.enter(work, actor, None, now, until, at=now, chat=who.chat)
        post(work, here(who), text, at=now, keyboard=keyboard)

    def choose(self, work: Work, who: Sender, tap: Tap) -> None:
        """A name was tapped: until when?"""
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "take-oncall", at=now)
        member = work.team.member(int(tap.args[0]))
        if actor is None or member is None:
            return
        ends = sorted({self._opening(now), *(now + length for length in OFFERED)})
        keyboard = tuple((self._until(member, until, at=now),) for until in ends)
        show(work, tap, self.words.say("until-when", member_name=member.name), at=now, keyboard=keyboard)

    def chosen(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "take-oncall", at=now)
        member, until = work.team.member(int(tap.args[0])), datetime.fromisoformat(tap.args[1])
        if actor is None or member is None or until <= now or not work.outbox.use_tap(tap.token, at=now):
            return
        text, keyboard = self._put(work, actor, member, now, until, at=now, chat=who.chat)
        show(work, tap, text, at=now, keyboard=keyboard)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _put(
        self, work: Work, actor: Member, member: Member, since: datetime, until: datetime, *, at: datetime, chat: int
    ) -> Said:
        """At once for oneself and by an admin; whoever is on call asks their colleague."""
        if not member.reachable:
            self.proving.test_member(work, member, at=at)
            return self.words.say("unreachable", member_name=member.name), ()
        if actor.account == member.account or may(actor, "set-oncall"):
            return self.entering.enter(work, actor, member, since, until, at=at, chat=chat)
        holder = on_call(work, self.words.clinic, at=since)
        if holder is None or holder.account != actor.account:
            return self.words.say("only-admin", member_name=name_of(holder) or member.name), ()
        self.handing_over.ask(work, actor, member, since, until, at=at)
        return self.words.say("asked", member_name=member.name), ()

    def _times(self, asked: Asked, *, at: datetime) -> tuple[datetime, datetime] | None:
        """From now, and until the clinic opens next, unless said otherwise; None for what cannot be."""
        zone = self.words.clinic.zone
        since = read_moment(asked.since, after=at, zone=zone) if asked.since else at
        if since is None:
            return None
        until = read_moment(asked.until, after=since, zone=zone) if asked.until else self._opening(since)
        return (since, until) if until is not None and until - since <= LONGEST else None

    def _opening(self, after: datetime) -> datetime:
        """When the clinic opens next."""
        found = next_opening(self.words.clinic, after)
        if found is not None and found.holds(after):
            found = next_opening(self.words.clinic, found.closes)
        return found.opens if found is not None else after + OFFERED[0]

    def _people(self, work: Work, member: Member, *, at: datetime) -> Keyboard:
        """A button for oneself, and for those whom one may put on call or ask."""
        if not may(member, "take-oncall"):
            return ()
        holder = on_call(work, self.words.clinic, at=at)
        others = may(member, "set-oncall") or (holder is not None and holder.account == member.account)
        shown = [one for one in work.team.members() if one.role is not Role.RECEPTION and one.reachable]
        return tuple(
            (Button(self.words.label("person", member_name=one.name), "oncall-who", (str(one.account),)),)
            for one in shown
            if others or one.account == member.account
        )

    def _until(self, member: Member, until: datetime, *, at: datetime) -> Button:
        label = self.words.label("until", until=self.words.moment(until, at=at))
        return Button(label, "oncall-until", (str(member.account), until.isoformat()))

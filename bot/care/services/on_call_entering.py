"""Enter who is on call, tell those whom it concerns, and take it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import Sender, Tap
from bot.care.model.on_call import Shift
from bot.care.model.people import Member
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, noted
from bot.care.services.duty import on_call, roster
from bot.care.services.on_call_words import OnCallWords, name_of
from bot.care.services.posting import post, show

UNDO_WITHIN = timedelta(minutes=10)
Said = tuple[Html, Keyboard]
"""What is said to whoever did it, with a button to take it back."""


@dataclass(frozen=True)
class OnCallEntering:
    clock: Clock
    words: OnCallWords
    admitting: Admitting

    def enter(
        self,
        work: Work,
        actor: Member,
        member: Member | None,
        since: datetime,
        until: datetime,
        *,
        at: datetime,
        chat: int,
    ) -> Said:
        """`member=None`: nobody. `chat`: where it is said anyway."""
        before, was_kept = on_call(work, self._clinic, at=since), work.on_call.is_kept()
        account = None if member is None else member.account
        shift = work.on_call.add(Shift(account, since, until))
        detail = f"{since.isoformat()}/{until.isoformat()}"
        work.audit.add(noted(actor, "set-oncall", f"member:{account or 0}", at=at, detail=detail))
        self.tell(work, actor, before, since, at=at, chat=chat)
        undo = Button(self.words.label("undo"), "oncall-undo", (str(shift.id), str(actor.account), at.isoformat()))
        lines = [self._said(member, since, until, at=at), *self.first(was_kept=was_kept)]
        return Html("\n".join(lines)), ((undo,),)

    def undo(self, work: Work, who: Sender, tap: Tap) -> None:
        """Whoever was on call before is so again; for whoever entered it, or an admin."""
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "take-oncall", at=now)
        number, account, entered = tap.args
        if actor is None or (account != str(actor.account) and not may(actor, "set-oncall")):
            return
        shift = next((one for one in work.on_call.shifts(at=now) if one.id == int(number)), None)
        if shift is None or now - datetime.fromisoformat(entered) > UNDO_WITHIN:
            show(work, tap, Html(f"{self.words.say('undo-late')}\n{self.words.now(work, at=now)}"), at=now)
            return
        if not work.outbox.use_tap(tap.token, at=now):
            return
        moment = max(now, shift.since)
        before = on_call(work, self._clinic, at=moment)
        work.on_call.remove(shift.id)
        work.audit.add(noted(actor, "undo-oncall", f"shift:{shift.id}", at=now))
        self.tell(work, actor, before, moment, at=now, chat=who.chat)
        show(work, tap, Html(f"{self.words.say('undone')}\n{self.words.now(work, at=now)}"), at=now)

    def tell(
        self, work: Work, actor: Member, before: Member | None, moment: datetime, *, at: datetime, chat: int
    ) -> None:
        """The desk, and privately whoever is on call at that moment now, or no longer is."""
        after = on_call(work, self._clinic, at=moment)
        if before == after:
            return
        until = roster(work, self._clinic, at=moment).stretch(moment).until
        ends = self.words.say("any-time") if until is None else self.words.moment(until, at=at)
        facts = {"member_name": name_of(after), "since": self.words.moment(moment, at=at), "until": ends}
        for name, member in (("you-are", after), ("you-are-not", before)):
            if member is not None and member.account != actor.account:
                text = self.words.say(name, admin_name=actor.name, **facts)
                post(work, member.contact, text, at=at, purpose=Purpose.NOTICE)
        desk = work.team.desk()
        if desk is not None and desk.contact.chat != chat:
            text = self.words.say("desk" if after else "desk-nobody", admin_name=actor.name, **facts)
            post(work, desk.contact, text, at=at, purpose=Purpose.NOTICE, silent=True)

    def first(self, *, was_kept: bool) -> list[Html]:
        """With the first entry what patients are told changes: whoever makes it should know."""
        return [self.words.say("first")] if self._clinic.on_call_phone and not was_kept else []

    def _said(self, member: Member | None, since: datetime, until: datetime, *, at: datetime) -> Html:
        name = "set" if member is not None else "set-nobody"
        facts = {"since": self.words.moment(since, at=at), "until": self.words.moment(until, at=at)}
        return self.words.say(f"{name}-now" if since <= at else name, member_name=name_of(member), **facts)

    @property
    def _clinic(self) -> Clinic:
        return self.words.clinic

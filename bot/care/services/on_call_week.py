"""The clinic's week of turns: who is on call when nobody took a stretch of time."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.model.on_call import Turn
from bot.care.model.on_call_typed import read_turn
from bot.care.model.people import Member, Role
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.confirming import Confirming
from bot.care.services.duty import on_call
from bot.care.services.on_call_entering import UNDO_WITHIN, OnCallEntering
from bot.care.services.posting import post, show
from bot.care.services.proving import Proving

NOBODY, DROP = frozenset({"nobody", "none"}), frozenset({"-", "delete", "remove"})


@dataclass(frozen=True)
class OnCallWeek:
    clock: Clock
    entering: OnCallEntering
    admitting: Admitting
    confirming: Confirming
    proving: Proving

    def change(self, work: Work, who: Sender, typed: str) -> None:
        """`week Mon 08:00 Maria`, `nobody` or `-` in the place of a name."""
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "set-oncall", at=now)
        if actor is None:
            return
        words, read = self.entering.words, read_turn(typed)
        member = None if read is None else able(work, read[2])
        is_free = read is not None and read[2].casefold() in NOBODY | DROP
        if read is None or (member is None and not is_free):
            fault = words.say("whom", typed=read[2]) if read is not None else words.say("week-usage")
            post(work, here(who), fault, at=now)
            return
        if member is not None and not member.reachable:
            self.proving.test_member(work, member, at=now)
            post(work, here(who), words.say("unreachable", member_name=member.name), at=now)
            return
        weekday, hour, named = read
        turn = None if named.casefold() in DROP else Turn(weekday, hour, member.account if member else None)
        was_kept = work.on_call.is_kept()
        undo = self._undo_button(work, weekday, hour, at=now)
        self._set(work, actor, weekday, hour, turn, at=now, deed="set-oncall", chat=who.chat)
        post(work, here(who), self._said(work, was_kept=was_kept, at=now), at=now, keyboard=((undo,),))

    def undo(self, work: Work, who: Sender, tap: Tap) -> None:
        """The turn that stood at this hour before."""
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "set-oncall", at=now)
        weekday, hour, was = int(tap.args[0]), time.fromisoformat(tap.args[1]), tap.args[2]
        if actor is None:
            return
        if now - datetime.fromisoformat(tap.args[3]) > UNDO_WITHIN:
            show(work, tap, self.entering.words.say("undo-late"), at=now)
            return
        if not work.outbox.use_tap(tap.token, at=now):
            return
        turn = None if was == "-" else Turn(weekday, hour, int(was) or None)
        self._set(work, actor, weekday, hour, turn, at=now, deed="undo-oncall", chat=who.chat)
        show(work, tap, Html(f"{self.entering.words.say('undone')}\n{self._week(work, at=now)}"), at=now)

    def ask_to_clear(self, work: Work, who: Sender) -> None:
        """`clear`: no roster any more, so that the clinic's own decision on its number holds again."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "set-oncall", at=now) is not None:
            self.confirming.ask(work, who, self.entering.words.say("clear"), "oncall-clear", at=now)

    def cleared(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        actor = self.admitting.admit(work, who, "set-oncall", at=now)
        if actor is None or self.confirming.accept(work, who, tap, at=now) is None:
            return
        words = self.entering.words
        before = on_call(work, words.clinic, at=now)
        work.on_call.clear()
        work.audit.add(noted(actor, "clear-oncall", "all", at=now))
        self.entering.tell(work, actor, before, now, at=now, chat=who.chat)
        show(work, tap, Html(f"{words.say('cleared')}\n{words.page(work, at=now)}"), at=now)

    def _set(
        self,
        work: Work,
        actor: Member,
        weekday: int,
        hour: time,
        turn: Turn | None,
        *,
        at: datetime,
        deed: str,
        chat: int,
    ) -> None:
        before = on_call(work, self.entering.words.clinic, at=at)
        if turn is None:
            work.on_call.drop(weekday, hour)
        else:
            work.on_call.put(turn)
        who = "nothing" if turn is None else f"member:{turn.account or 0}"
        work.audit.add(noted(actor, deed, who, at=at, detail=f"week {weekday} {hour:%H:%M}"))
        self.entering.tell(work, actor, before, at, at=at, chat=chat)

    def _undo_button(self, work: Work, weekday: int, hour: time, *, at: datetime) -> Button:
        """Bears what stands at this hour until now."""
        was = next((one for one in work.on_call.turns() if (one.weekday, one.at) == (weekday, hour)), None)
        held = "-" if was is None else str(was.account or 0)
        args = (str(weekday), hour.isoformat(), held, at.isoformat())
        return Button(self.entering.words.label("undo"), "oncall-week-undo", args)

    def _said(self, work: Work, *, was_kept: bool, at: datetime) -> Html:
        return Html("\n".join([self._week(work, at=at), *self.entering.first(was_kept=was_kept)]))

    def _week(self, work: Work, *, at: datetime) -> Html:
        words = self.entering.words
        return Html("\n".join([words.week(work) or words.say("no-week"), words.now(work, at=at)]))


def able(work: Work, named: str) -> Member | None:
    """The one clinician or admin of this name or number."""
    caring = [one for one in work.team.members() if one.role is not Role.RECEPTION]
    found = [one for one in caring if named.casefold() == one.name.casefold() or named == str(one.account)]
    return found[0] if len(found) == 1 else None

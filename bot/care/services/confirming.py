"""Say what will happen before it does, and take the yes only from the person who was asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button
from bot.care.model.inbound import Sender, Tap
from bot.care.ports import Work
from bot.care.services.admitting import here
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking

WAITS = timedelta(minutes=10)


@dataclass(frozen=True)
class Confirming:
    speaking: Speaking

    def ask(self, work: Work, who: Sender, text: str, deed: str, *args: str, at: datetime) -> None:
        """`deed` runs when this very person taps yes within ten minutes; its service calls `accept` first."""
        post(work, here(who), text, at=at, keyboard=self.choices(who, deed, *args, at=at), purpose="confirm")

    def choices(self, who: Sender, deed: str, *args: str, at: datetime) -> tuple[tuple[Button, ...], ...]:
        """Yes, and leave it: a row each."""
        yes = Button(self.speaking.label("sessions/confirm"), deed, (*_bound(who, at=at), *args))
        return (yes,), self.leaving(who, at=at)

    def leaving(self, who: Sender, *, at: datetime) -> tuple[Button, ...]:
        return (Button(self.speaking.label("sessions/leave-it"), "leave-it", _bound(who, at=at)),)

    def accept(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> tuple[str, ...] | None:
        """What the deed was asked for with, exactly once; None when it is not theirs, too late or done."""
        account, until, *args = tap.args
        if account != str(who.account):
            return None
        if at > datetime.fromisoformat(until):
            show(work, tap, self.speaking.staff("sessions/too-late"), at=at)
            return None
        return tuple(args) if work.outbox.use_tap(tap.token, at=at) else None

    def leave(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        if tap.args[0] == str(who.account):
            show(work, tap, self.speaking.staff("sessions/left"), at=at)


def _bound(who: Sender, *, at: datetime) -> tuple[str, str]:
    return str(who.account), (at + WAITS).isoformat()

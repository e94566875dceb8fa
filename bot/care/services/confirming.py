"""Say what will happen before it does, and take the yes only from the person who was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Button, MessageRef
from bot.care.model.inbound import Sender, Tap
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.posting import edit, post
from bot.care.services.speaking import Speaking

WAITS = timedelta(minutes=10)


@dataclass(frozen=True)
class Confirming:
    speaking: Speaking

    def ask(self, work: Work, who: Sender, text: str, deed: str, *args: str, at: datetime) -> None:
        """`deed` runs when this very person taps yes within ten minutes; its service calls `accept` first."""
        post(work, here(who), text, at=at, keyboard=self.choices(who, deed, *args, at=at), purpose=Purpose.CONFIRM)

    def choices(self, who: Sender, deed: str, *args: str, at: datetime) -> tuple[tuple[Button, ...], ...]:
        """Yes, and leave it: a row each."""
        yes = Button(self.speaking.label("sessions/confirm"), deed, (*_bound(who, at=at), *args))
        return (yes,), self.leaving(who, at=at)

    def offer(
        self, work: Work, who: Sender, text: str, deed: str, offered: Mapping[str, tuple[str, ...]], *, at: datetime
    ) -> None:
        """As `ask`, with a yes for each of these labels and its arguments."""
        rows = tuple((Button(label, deed, (*_bound(who, at=at), *args)),) for label, args in offered.items())
        post(work, here(who), text, at=at, keyboard=(*rows, self.leaving(who, at=at)), purpose=Purpose.CONFIRM)

    def leaving(self, who: Sender, *, at: datetime) -> tuple[Button, ...]:
        return (Button(self.speaking.label("sessions/leave-it"), "leave-it", _bound(who, at=at)),)

    def accept(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> tuple[str, ...] | None:
        """What the deed was asked for with, exactly once; None when it is not theirs, too late or done."""
        account, until, *args = tap.args
        if account != str(who.account):
            return None
        if at > datetime.fromisoformat(until):
            self._say(work, tap, "too-late", at=at)
            return None
        return tuple(args) if work.outbox.use_tap(tap.token, at=at) else None

    def leave(self, work: Work, who: Sender, tap: Tap, *, at: datetime) -> None:
        if tap.args[0] == str(who.account):
            self._say(work, tap, "left", at=at)

    def _say(self, work: Work, tap: Tap, name: str, *, at: datetime) -> None:
        """Nothing of patients: it is said also where somebody unknown reads along."""
        if tap.message_id is not None:
            edit(
                work,
                MessageRef(tap.chat, tap.message_id),
                self.speaking.staff(f"sessions/{name}"),
                at=at,
                purpose=Purpose.REFUSAL,
            )


def _bound(who: Sender, *, at: datetime) -> tuple[str, str]:
    return str(who.account), (at + WAITS).isoformat()

"""What is to leave, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.care.model.delivery import Act, Delivery, DeliveryState, Lane, MessageRef, Result
from bot.care.model.inbound import Tap
from bot.care.model.purpose import Purpose


@dataclass(frozen=True)
class Spent:
    """An attempt that used up some of the pace: machine time."""

    chat: int
    at: datetime
    """When it was answered, for Telegram counts a call when it arrives; while it flies, when it began."""
    alert: bool


class Outbox(Protocol):
    def add(self, delivery: Delivery) -> Delivery:
        """An immediate act; buttons of its keyboard become taps."""
        ...

    def plan(self, delivery: Delivery) -> bool:
        """A step's row, unless (enrolment, step, occurrence) exists. An unsent cancelled one is revived; one never
        tried is moved to the new dates and contact. True when it changed anything."""
        ...

    def get(self, delivery_id: int) -> Delivery: ...

    def due(self, *, at: datetime, limit: int, lanes: Collection[Lane] = tuple(Lane)) -> Sequence[Delivery]:
        """Rows that may leave now, by lane, urgent first, oldest first; per chat and lane only the head of the line,
        none whose `after` is unfinished, none whose retry time (machine time) is not reached."""
        ...

    def is_due(self, *, at: datetime, lanes: Collection[Lane] = tuple(Lane)) -> bool:
        """Something in these lanes is due and has not ended, whether or not it may leave."""
        ...

    def begin(self, delivery: Delivery, act: Act, *, attempt_id: str, lease: timedelta, alert: bool) -> Act | None:
        """Freeze the act with its taps, and `content_hash` and `rendered_on` of `delivery`, and move to SENDING.

        Records the attempt in machine time. Gives the act as frozen, buttons with their tokens; None if the row is
        no longer waiting.
        """
        ...

    def depart(self, delivery_id: int, attempt_id: str) -> bool:
        """From now on its bytes may have left. Fenced: False when the row is no longer this attempt's to send."""
        ...

    def finish(
        self,
        delivery_id: int,
        attempt_id: str,
        state: DeliveryState,
        *,
        at: datetime,
        result: Result,
        retry_in: timedelta | None = None,
        ambiguous: bool = False,
        counted: bool = True,
    ) -> bool:
        """Fenced by attempt id; a late success of a lost attempt is only written to its attempt. True when applied."""
        ...

    def abandoned(self) -> Sequence[Delivery]:
        """SENDING rows whose lease (machine time) has run out; when writing, none can depart before the commit."""
        ...

    def settle(self, delivery_id: int, state: DeliveryState, *, at: datetime, reason: str = "") -> bool:
        """Move a row that is waiting (or, for staff, uncertain) to a final state; False if it is no longer there."""
        ...

    def postpone(self, delivery_id: int, *, to: datetime) -> bool:
        """A waiting row becomes due later (clinic time); False if it is no longer waiting."""
        ...

    def reopen(self, delivery_id: int, *, at: datetime, until: datetime | None = None) -> bool:
        """Staff's *resend* of an uncertain, failed or expired row: back to SCHEDULED, due now, useful `until` then.

        It is no longer `unasked`, and no plan made anew moves it.
        """
        ...

    def forget_tries(self, delivery_id: int) -> bool:
        """A plan's row that ended unreachable or cancelled: as one cancelled unsent, which a plan made anew revives."""
        ...

    def of_enrolment(self, enrolment_id: int) -> Sequence[Delivery]: ...

    def of_patient(self, patient_id: int, purposes: Collection[Purpose] = ()) -> Sequence[Delivery]:
        """By when they fall due; of these purposes only, where any are named: a patient may have thousands of rows."""
        ...

    def of_escalation(self, escalation_id: int, purposes: Collection[Purpose] = ()) -> Sequence[Delivery]:
        """By when they fall due; of these purposes only, where any are named: a case may have hundreds of notes."""
        ...

    def latest(self, patient_id: int, purpose: Purpose) -> datetime | None:
        """When the last row for this purpose fell due, whatever became of it."""
        ...

    def by_message(self, chat: int, message_id: int) -> Delivery | None: ...

    def unclear_in(self, chat: int) -> Sequence[Delivery]:
        """All to this chat of which a try ended unclear: a copy may stand there whose number is not known."""
        ...

    def shown(self, message: MessageRef) -> Act | None:
        """What wrote a message of ours last: an edit that has not left yet before one that has, else its sending."""
        ...

    def in_state(self, state: DeliveryState, *, limit: int = 200) -> Sequence[Delivery]: ...

    def next_due(self, *, after: datetime) -> datetime | None:
        """When the next waiting row falls due, later than `after`."""
        ...

    def waiting_for(self, chat: int) -> Sequence[Delivery]:
        """All that has not begun to leave for this chat, whenever it is due, in the order in which it was written."""
        ...

    def last_in_line(self, chat: int, lane: Lane, *, patient_id: int) -> Delivery | None:
        """Of what is about this patient for this chat in this lane, and has not ended, what leaves last."""
        ...

    def is_waiting(self, chat: int, lane: Lane, *, at: datetime) -> bool:
        """Something for this chat is due in this lane and has not ended."""
        ...

    def unfinished(self, *, at: datetime) -> int:
        """How many rows due by `at` are not yet final."""
        ...

    def spent(self, *, within: timedelta, in_groups: timedelta) -> Sequence[Spent]:
        """Attempts so lately (machine time), oldest first; those in groups count longer."""
        ...

    def paused_until(self) -> datetime | None:
        """Machine time until which the channel told everybody to be silent."""
        ...

    def pause(self, seconds: float) -> None: ...

    def machine_now(self) -> datetime:
        """The database's own clock, shared by replicas."""
        ...

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: rewrite it everywhere."""
        ...

    def tap(self, token: str) -> Tap | None: ...

    def use_tap(self, token: str, *, at: datetime) -> bool:
        """True for exactly one caller."""
        ...

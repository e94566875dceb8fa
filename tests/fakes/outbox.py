"""The outbox in memory, with the same states, fences and lines as the tables."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, Button, Delivery, DeliveryState, Lane, MessageRef, Result
from bot.care.model.inbound import Tap
from bot.care.model.purpose import Purpose
from bot.care.ports.outbox import Spent
from tests.fakes.memory import Attempt, Machine, Memory, found, kept, refer
from tests.fakes.moving import move_chat

WAITING = (DeliveryState.SCHEDULED, DeliveryState.RETRY_WAIT)
REOPENABLE = (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.EXPIRED)

FORGETTABLE = (DeliveryState.UNREACHABLE, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class FakeOutbox:
    memory: Memory
    machine: Machine

    def add(self, delivery: Delivery) -> Delivery:
        self._refer(delivery)
        if self._planned(delivery) is not None:
            raise ValueError("this occurrence has its row")
        added = replace(delivery, id=self.memory.next_id("deliveries"))
        self.memory.deliveries[added.id] = kept(added)
        if added.act is not None:
            self._change(added.id, act=self._tapped(added.id, added.act))
        return self.get(added.id)

    def plan(self, delivery: Delivery) -> bool:
        if delivery.act is not None or not (delivery.enrolment_id and delivery.step and delivery.occurrence):
            raise ValueError(
                "a plan's row names enrolment, step and occurrence, and has no act before its first attempt"
            )
        held = self._planned(delivery)
        if held is None:
            self.add(delivery)
            return True
        is_new = held.state is DeliveryState.SCHEDULED and held.attempts == 0 and held.ambiguous == 0
        untouched = is_new and held.unasked
        revived = held.state is DeliveryState.CANCELLED and held.sent_at is None and held.ambiguous == 0
        if not revived and not (untouched and _dates(held) != _dates(delivery)):
            return False
        self.memory.deliveries[held.id] = kept(replace(delivery, id=held.id) if revived else _redated(held, delivery))
        return True

    def get(self, delivery_id: int) -> Delivery:
        return found(self.memory.deliveries, delivery_id)

    def due(self, *, at: datetime, limit: int, lanes: Collection[Lane] = tuple(Lane)) -> Sequence[Delivery]:
        rows = [row for row in self._open() if row.due_at <= at and row.lane in lanes]
        ready = [row for row in rows if self._may_leave(row) and not any(_blocks(other, row) for other in rows)]
        return sorted(ready, key=lambda row: (list(Lane).index(row.lane), row.due_at, row.id))[:limit]

    def is_due(self, *, at: datetime, lanes: Collection[Lane] = tuple(Lane)) -> bool:
        return any(row.due_at <= at and row.lane in lanes for row in self._open())

    def begin(self, delivery: Delivery, act: Act, *, attempt_id: str, lease: timedelta, alert: bool) -> Act | None:
        row = self.memory.deliveries.get(delivery.id)
        if row is None or row.state not in WAITING:
            return None
        if attempt_id in self.memory.attempts:
            raise ValueError("attempt id is taken")
        frozen = self._tapped(row.id, act)
        self._change(
            row.id,
            act=frozen,
            state=DeliveryState.SENDING,
            attempt_id=attempt_id,
            departed=False,
            attempts=row.attempts + 1,
            retry_at=None,
            content_hash=delivery.content_hash,
            rendered_on=delivery.rendered_on,
        )
        now = self.machine.now()
        self.memory.leases[row.id] = now + lease
        self.memory.attempts[attempt_id] = Attempt(attempt_id, row.id, row.contact.chat, alert, now)
        return frozen

    def depart(self, delivery_id: int, attempt_id: str) -> bool:
        held = self._held(delivery_id, attempt_id)
        if held:
            self._change(delivery_id, departed=True)
        return held

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
        if state is DeliveryState.SENDING:
            raise ValueError("an attempt that is finished is no longer sending")
        self._note(delivery_id, attempt_id, result)
        if not self._held(delivery_id, attempt_id):
            return False
        row = self.get(delivery_id)
        self.memory.leases.pop(delivery_id)
        if state.final:
            self.memory.ended[delivery_id] = at
        self._change(
            delivery_id,
            state=state,
            retry_at=None if state.final else self.machine.now() + (retry_in or timedelta()),
            message_id=result.message_id,
            sent_at=at if state is DeliveryState.SENT else None,
            reason=result.reason,
            ambiguous=row.ambiguous + ambiguous,
            attempts=row.attempts - (not counted),
        )
        return True

    def abandoned(self) -> Sequence[Delivery]:
        now = self.machine.now()
        out = sorted((lease, row_id) for row_id, lease in self.memory.leases.items() if lease <= now)
        return [self.get(row_id) for _, row_id in out]

    def settle(self, delivery_id: int, state: DeliveryState, *, at: datetime, reason: str = "") -> bool:
        if not state.final:
            raise ValueError("only a final state settles a row")
        row = self.memory.deliveries.get(delivery_id)
        if row is None or row.state not in (*WAITING, DeliveryState.UNCERTAIN):
            return False
        sent_at = at if state is DeliveryState.SENT else row.sent_at
        self.memory.ended[delivery_id] = at
        self._change(delivery_id, state=state, reason=reason, retry_at=None, sent_at=sent_at)
        return True

    def postpone(self, delivery_id: int, *, to: datetime) -> bool:
        row = self.memory.deliveries.get(delivery_id)
        if row is None or row.state not in WAITING:
            return False
        self._change(delivery_id, due_at=to)
        return True

    def reopen(self, delivery_id: int, *, at: datetime, until: datetime | None = None) -> bool:
        row = self.memory.deliveries.get(delivery_id)
        if row is None or row.state not in REOPENABLE:
            return False
        self._change(
            delivery_id,
            state=DeliveryState.SCHEDULED,
            due_at=at,
            useful_until=until,
            unasked=False,
            retry_at=None,
            attempts=0,
            ambiguous=0,
        )
        return True

    def forget_tries(self, delivery_id: int) -> bool:
        row = self.memory.deliveries.get(delivery_id)
        if row is None or row.state not in FORGETTABLE or not row.step:
            return False
        self._change(delivery_id, state=DeliveryState.CANCELLED, ambiguous=0)
        return True

    def of_enrolment(self, enrolment_id: int) -> Sequence[Delivery]:
        return self._dated(row for row in self.memory.deliveries.values() if row.enrolment_id == enrolment_id)

    def of_patient(self, patient_id: int, purposes: Collection[Purpose] = ()) -> Sequence[Delivery]:
        rows = (row for row in self.memory.deliveries.values() if row.patient_id == patient_id)
        return self._dated(row for row in rows if not purposes or row.purpose in purposes)

    def of_escalation(self, escalation_id: int, purposes: Collection[Purpose] = ()) -> Sequence[Delivery]:
        rows = (row for row in self.memory.deliveries.values() if row.escalation_id == escalation_id)
        return self._dated(row for row in rows if not purposes or row.purpose in purposes)

    def latest(self, patient_id: int, purpose: Purpose) -> datetime | None:
        return max((row.due_at for row in self.of_patient(patient_id) if row.purpose is purpose), default=None)

    def by_message(self, chat: int, message_id: int) -> Delivery | None:
        rows = [
            row for row in self.memory.deliveries.values() if (row.contact.chat, row.message_id) == (chat, message_id)
        ]
        if rows:
            return min(rows, key=lambda row: row.id)
        tries = [one for one in self.memory.attempts.values() if (one.chat, one.message_id) == (chat, message_id)]
        return self.get(tries[-1].delivery_id) if tries else None

    def unclear_in(self, chat: int) -> Sequence[Delivery]:
        rows = (row for row in self.memory.deliveries.values() if row.contact.chat == chat and row.ambiguous)
        return sorted(rows, key=lambda row: (row.due_at, row.id))

    def shown(self, message: MessageRef) -> Act | None:
        rows = sorted(self.memory.deliveries.values(), key=lambda row: -row.id)
        stands = (row for row in rows if row.state is DeliveryState.SENT or not row.state.final)
        return next((row.act for row in stands if row.writes(message)), None)

    def in_state(self, state: DeliveryState, *, limit: int = 200) -> Sequence[Delivery]:
        rows = sorted((row for row in self.memory.deliveries.values() if row.state is state), key=lambda row: row.id)
        return rows[max(0, len(rows) - limit) :]

    def next_due(self, *, after: datetime) -> datetime | None:
        return min((row.due_at for row in self._open() if row.state in WAITING and row.due_at > after), default=None)

    def waiting_for(self, chat: int) -> Sequence[Delivery]:
        here = (row for row in self._open() if row.contact.chat == chat and row.state in WAITING)
        return sorted(here, key=lambda row: row.id)

    def last_in_line(self, chat: int, lane: Lane, *, patient_id: int) -> Delivery | None:
        line = (row for row in self._open() if (row.contact.chat, row.lane, row.patient_id) == (chat, lane, patient_id))
        return max(line, key=lambda row: (row.due_at, row.id), default=None)

    def is_waiting(self, chat: int, lane: Lane, *, at: datetime) -> bool:
        return any(row.contact.chat == chat and row.lane is lane and row.due_at <= at for row in self._open())

    def unfinished(self, *, at: datetime) -> int:
        return sum(1 for row in self._open() if row.due_at <= at)

    def spent(self, *, within: timedelta, in_groups: timedelta) -> Sequence[Spent]:
        now, tries = self.machine.now(), self.memory.attempts.values()
        calls = (Spent(one.chat, one.finished_at or one.started_at, one.alert) for one in tries)
        counting = (call for call in calls if now - call.at < (in_groups if call.chat < 0 else within))
        return sorted(counting, key=lambda call: call.at)

    def paused_until(self) -> datetime | None:
        return self.memory.pauses.get("channel")

    def pause(self, seconds: float) -> None:
        until = self.machine.now() + timedelta(seconds=seconds)
        self.memory.pauses["channel"] = max(until, self.memory.pauses.get("channel", until))

    def machine_now(self) -> datetime:
        return self.machine.now()

    def move_chat(self, old: int, new: int) -> None:
        move_chat(self.memory, old, new)

    def tap(self, token: str) -> Tap | None:
        tap = self.memory.taps.get(token)
        return None if tap is None else replace(tap, message_id=self.get(tap.delivery_id).message_id)

    def use_tap(self, token: str, *, at: datetime) -> bool:
        tap = self.memory.taps.get(token)
        if tap is None or tap.used_at is not None:
            return False
        self.memory.taps[token] = kept(replace(tap, used_at=at))
        return True

    # --- inside ------------------------------------------------------------------------------------------------------

    def _refer(self, delivery: Delivery) -> None:
        refer(self.memory.patients, delivery.patient_id)
        refer(self.memory.enrolments, delivery.enrolment_id)
        refer(self.memory.escalations, delivery.escalation_id)
        refer(self.memory.deliveries, delivery.after)

    def _planned(self, delivery: Delivery) -> Delivery | None:
        if delivery.enrolment_id is None or not delivery.step or not delivery.occurrence:
            return None
        rows = self.memory.deliveries.values()
        return next((row for row in rows if _occurrence(row) == _occurrence(delivery)), None)

    def _held(self, delivery_id: int, attempt_id: str) -> bool:
        row = self.memory.deliveries.get(delivery_id)
        return row is not None and row.state is DeliveryState.SENDING and row.attempt_id == attempt_id

    def _change(self, delivery_id: int, **fields: object) -> None:
        self.memory.deliveries[delivery_id] = kept(replace(self.get(delivery_id), **fields))  # type: ignore[arg-type]

    def _open(self) -> Sequence[Delivery]:
        return [row for row in self.memory.deliveries.values() if not row.state.final]

    def _may_leave(self, row: Delivery) -> bool:
        waits = row.after is not None and not self.get(row.after).state.final
        rests = row.retry_at is not None and row.retry_at > self.machine.now()
        return row.state in WAITING and not waits and not rests

    def _dated(self, rows: Iterable[Delivery]) -> Sequence[Delivery]:
        return sorted(rows, key=lambda row: (row.due_at, row.id))

    def _note(self, delivery_id: int, attempt_id: str, result: Result) -> None:
        held = self.memory.attempts.get(attempt_id)
        if held is not None and held.delivery_id == delivery_id:
            message_id = result.message_id or held.message_id
            noted = replace(held, finished_at=self.machine.now(), outcome=result.outcome, message_id=message_id)
            self.memory.attempts[attempt_id] = noted

    def _tapped(self, delivery_id: int, act: Act) -> Act:
        if not act.keyboard:
            return act
        taps = (tap for tap in self.memory.taps.values() if tap.delivery_id == delivery_id)
        hung: dict[tuple[object, ...], Tap] = {(tap.deed, tap.args, tap.label): tap for tap in taps}
        rows = tuple(tuple(self._with_token(delivery_id, act, button, hung) for button in row) for row in act.keyboard)
        return replace(act, keyboard=rows)

    def _with_token(self, delivery_id: int, act: Act, button: Button, hung: dict[tuple[object, ...], Tap]) -> Button:
        """`hung`: what hangs under this delivery already."""
        if not button.deed:
            return button
        same = button.deed, button.args, button.label
        if same not in hung:
            token = secrets.token_urlsafe(16)
            hung[same] = Tap(token, button.deed, button.args, act.to.chat, delivery_id, button.label)
        tap = hung[same]
        self.memory.taps[tap.token] = tap
        return replace(button, token=tap.token)


def _blocks(other: Delivery, row: Delivery) -> bool:
    """An earlier unfinished row of the same chat and lane, or one that is on its way."""
    same_line = other.id != row.id and (other.contact.chat, other.lane) == (row.contact.chat, row.lane)
    earlier = (other.due_at, other.id) < (row.due_at, row.id)
    return same_line and (earlier or other.state is DeliveryState.SENDING)


def _occurrence(row: Delivery) -> tuple[int | None, str, str]:
    return row.enrolment_id, row.step, row.occurrence


def _dates(row: Delivery) -> tuple[object, ...]:
    return row.lane, row.contact, row.due_at, row.useful_until, row.unasked


def _redated(held: Delivery, to: Delivery) -> Delivery:
    return replace(
        held, lane=to.lane, contact=to.contact, due_at=to.due_at, useful_until=to.useful_until, unasked=to.unasked
    )

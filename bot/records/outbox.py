"""What is due to leave, and what became of it: every change of state is one conditional UPDATE."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bot.care.model.delivery import Act, Delivery, DeliveryState, Lane, MessageRef, Result
from bot.care.model.inbound import Tap
from bot.care.model.purpose import Purpose
from bot.care.ports.outbox import Spent
from bot.records.attempts import SqlAttempts
from bot.records.delivery_rows import RANKS, columns, delivery_of, sealed_act
from bot.records.line import NEXT_DUE, UNFINISHED, lanes_due, oldest_that_may_leave, to_claim
from bot.records.moving import move_chat
from bot.records.outbox_tables import DeliveryRow
from bot.records.plan_rows import plan
from bot.records.tables import table
from bot.records.taps import SqlTaps
from bot.records.transaction import Transaction
from bot.records.transitions import BEGIN, DEPART, FINISH, FORGETTABLE, REOPENABLE, SETTLE, WAITING, ended, reopened

deliveries = table(DeliveryRow)
MOST_EDITS = 200
"""In one chat since a message of ours, among which its own are looked for."""


@dataclass(frozen=True)
class SqlOutbox:
    transaction: Transaction

    @property
    def _taps(self) -> SqlTaps:
        return SqlTaps(self.transaction)

    @property
    def _attempts(self) -> SqlAttempts:
        return SqlAttempts(self.transaction)

    def add(self, delivery: Delivery) -> Delivery:
        added = self.transaction.insert(deliveries, columns(delivery, self.transaction))
        act = delivery.act and self._frozen(added, delivery.act, fresh=True)
        return replace(delivery, id=added, act=act)

    def plan(self, delivery: Delivery) -> bool:
        return plan(self.transaction, delivery)

    def get(self, delivery_id: int) -> Delivery:
        return delivery_of(self.transaction.by_id(deliveries, delivery_id), self.transaction)

    def due(self, *, at: datetime, limit: int, lanes: Collection[Lane] = tuple(Lane)) -> Sequence[Delivery]:
        oldest, machine = oldest_that_may_leave(locked=self.transaction.writing), self.transaction.machine_now()
        rows: list[Delivery] = []
        for lane in self._lanes_due(lanes, at=at):
            asked = {"rank": RANKS[lane], "at": at, "machine": machine, "most": limit - len(rows)}
            rows += self._all(oldest, **asked)
        return rows

    def is_due(self, *, at: datetime, lanes: Collection[Lane] = tuple(Lane)) -> bool:
        return bool(self._lanes_due(lanes, at=at))

    def begin(self, delivery: Delivery, act: Act, *, attempt_id: str, lease: timedelta, alert: bool) -> Act | None:
        now = self.transaction.machine_now()
        begun = {
            "its_id": delivery.id,
            "by": attempt_id,
            "until": now + lease,
            "words": sealed_act(act, self.transaction),
            "version": delivery.content_hash,
            "true_on": delivery.rendered_on,
        }
        if self.transaction.change(BEGIN, **begun) != 1:
            return None
        frozen = self._frozen(delivery.id, act, fresh=False)
        self._attempts.start(attempt_id, delivery.id, delivery.contact.chat, alert=alert, at=now)
        return frozen

    def depart(self, delivery_id: int, attempt_id: str) -> bool:
        return self.transaction.change(DEPART, its_id=delivery_id, by=attempt_id) == 1

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
        now = self.transaction.machine_now()
        self._attempts.end(attempt_id, delivery_id, result, at=now)
        finished = {
            **ended(state, at=at),
            "retry_at": None if state.final else now + (retry_in or timedelta()),
            "message_id": result.message_id,
            "reason": self.transaction.seal(result.reason),
            "unclear": int(ambiguous),
            "uncounted": int(not counted),
        }
        return self.transaction.change(FINISH, its_id=delivery_id, by=attempt_id, **finished) == 1

    def abandoned(self) -> Sequence[Delivery]:
        out = deliveries.c.lease_until <= self.transaction.machine_now()
        # by id alone, the planner would walk the whole table
        rows = select(deliveries).where(out).order_by(deliveries.c.lease_until, deliveries.c.id)
        # locked: one that is departing at this very moment is not looked at
        return self._all(to_claim(rows) if self.transaction.writing else rows)

    def settle(self, delivery_id: int, state: DeliveryState, *, at: datetime, reason: str = "") -> bool:
        if not state.final:
            raise ValueError("only a final state settles a row")
        settled = {**ended(state, at=at), "reason": self.transaction.seal(reason)}
        return self.transaction.change(SETTLE, its_id=delivery_id, **settled) == 1

    def postpone(self, delivery_id: int, *, to: datetime) -> bool:
        return self._changed(deliveries.c.id == delivery_id, deliveries.c.state.in_(WAITING), values={"due_at": to})

    def reopen(self, delivery_id: int, *, at: datetime, until: datetime | None = None) -> bool:
        here = (deliveries.c.id == delivery_id, deliveries.c.state.in_(REOPENABLE))
        return self._changed(*here, values=reopened(at=at, until=until))

    def forget_tries(self, delivery_id: int) -> bool:
        here = (deliveries.c.id == delivery_id, deliveries.c.state.in_(FORGETTABLE), deliveries.c.step.is_not(None))
        return self._changed(*here, values={"state": DeliveryState.CANCELLED.value, "ambiguous": 0})

    def of_enrolment(self, enrolment_id: int) -> Sequence[Delivery]:
        return self._dated(deliveries.c.enrolment_id == enrolment_id)

    def of_patient(self, patient_id: int, purposes: Collection[Purpose] = ()) -> Sequence[Delivery]:
        return self._dated(and_(deliveries.c.patient_id == patient_id, *_named(purposes)))

    def of_escalation(self, escalation_id: int, purposes: Collection[Purpose] = ()) -> Sequence[Delivery]:
        return self._dated(and_(deliveries.c.escalation_id == escalation_id, *_named(purposes)))

    def latest(self, patient_id: int, purpose: Purpose) -> datetime | None:
        mine = (deliveries.c.patient_id == patient_id, deliveries.c.purpose == purpose.value)
        newest = select(deliveries.c.due_at).where(*mine).order_by(deliveries.c.due_at.desc())
        row = self.transaction.first(newest.limit(1))
        return None if row is None else row.due_at

    def by_message(self, chat: int, message_id: int) -> Delivery | None:
        here = (deliveries.c.chat == chat, deliveries.c.message_id == message_id)
        # the oldest sent it, later ones only edited or pinned it
        row = self.transaction.first(select(deliveries).where(*here).order_by(deliveries.c.id).limit(1))
        if row is not None:
            return delivery_of(row, self.transaction)
        copied = self._attempts.delivery_of(chat, message_id)
        return None if copied is None else self.get(copied)

    def unclear_in(self, chat: int) -> Sequence[Delivery]:
        return self._dated(and_(deliveries.c.chat == chat, deliveries.c.ambiguous > 0))

    def shown(self, message: MessageRef) -> Act | None:
        first = self.by_message(message.chat, message.message)
        if first is None:
            return None
        # an edit that has left bears no message of its own; its target is sealed
        later = (deliveries.c.chat == message.chat, deliveries.c.message_id.is_(None), deliveries.c.id > first.id)
        stands = or_(deliveries.c.state == DeliveryState.SENT.value, deliveries.c.open_lane.is_not(None))
        newest = select(deliveries).where(*later, stands).order_by(deliveries.c.id.desc()).limit(MOST_EDITS)
        return next((row.act for row in self._all(newest) if row.writes(message)), first.act)

    def in_state(self, state: DeliveryState, *, limit: int = 200) -> Sequence[Delivery]:
        newest = select(deliveries).where(deliveries.c.state == state.value).order_by(deliveries.c.id.desc())
        return self._all(newest.limit(limit))[::-1]

    def next_due(self, *, after: datetime) -> datetime | None:
        firsts = [self._next_in(rank, after=after) for rank in RANKS.values()]
        return min((first for first in firsts if first is not None), default=None)

    def waiting_for(self, chat: int) -> Sequence[Delivery]:
        here = (deliveries.c.open_lane.is_not(None), deliveries.c.chat == chat, deliveries.c.state.in_(WAITING))
        return self._all(select(deliveries).where(*here).order_by(deliveries.c.id))

    def last_in_line(self, chat: int, lane: Lane, *, patient_id: int) -> Delivery | None:
        line = (deliveries.c.open_lane == RANKS[lane], deliveries.c.chat == chat, deliveries.c.patient_id == patient_id)
        # by the line's own index, backwards
        last = select(deliveries).where(*line).order_by(deliveries.c.due_at.desc(), deliveries.c.id.desc())
        row = self.transaction.first(last.limit(1))
        return None if row is None else delivery_of(row, self.transaction)

    def is_waiting(self, chat: int, lane: Lane, *, at: datetime) -> bool:
        which = (deliveries.c.open_lane == RANKS[lane], deliveries.c.chat == chat, deliveries.c.due_at <= at)
        return self.transaction.first(select(deliveries.c.id).where(*which).limit(1)) is not None

    def unfinished(self, *, at: datetime) -> int:
        row = self.transaction.first(UNFINISHED, at=at)
        return 0 if row is None else int(row[0])

    def spent(self, *, within: timedelta, in_groups: timedelta) -> Sequence[Spent]:
        return self._attempts.spent(within=within, in_groups=in_groups)

    def paused_until(self) -> datetime | None:
        return self._attempts.paused_until()

    def pause(self, seconds: float) -> None:
        self._attempts.pause(seconds)

    def machine_now(self) -> datetime:
        return self.transaction.machine_now()

    def move_chat(self, old: int, new: int) -> None:
        move_chat(self.transaction, old, new)

    def tap(self, token: str) -> Tap | None:
        return self._taps.find(token)

    def use_tap(self, token: str, *, at: datetime) -> bool:
        return self._taps.use(token, at=at)

    def _lanes_due(self, lanes: Collection[Lane], *, at: datetime) -> list[Lane]:
        """In the order in which they leave."""
        found = self.transaction.rows(lanes_due(), at=at)[0]
        return [lane for lane, is_due in zip(RANKS, found, strict=True) if is_due and lane in lanes]

    def _frozen(self, delivery_id: int, act: Act, *, fresh: bool) -> Act:
        """The act of a row that holds it already, its buttons named."""
        named = self._taps.name(delivery_id, act, fresh=fresh)
        if named is not act:
            self.transaction.save(deliveries, delivery_id, {"act": sealed_act(named, self.transaction)})
        return named

    def _changed(self, *which: ColumnElement[bool], values: Mapping[str, object]) -> bool:
        return self.transaction.change(deliveries.update().where(*which).values(dict(values))) == 1

    def _all(self, statement: Select[Any], **given: object) -> list[Delivery]:
        return [delivery_of(row, self.transaction) for row in self.transaction.rows(statement, **given)]

    def _dated(self, which: ColumnElement[bool]) -> list[Delivery]:
        return self._all(select(deliveries).where(which).order_by(deliveries.c.due_at, deliveries.c.id))

    def _next_in(self, rank: int, *, after: datetime) -> datetime | None:
        row = self.transaction.first(NEXT_DUE, rank=rank, after=after)
        return None if row is None else row.due_at


def _named(purposes: Collection[Purpose]) -> list[ColumnElement[bool]]:
    return [deliveries.c.purpose.in_(sorted(one.value for one in purposes))] if purposes else []

"""What is due to leave, and what became of it: every change of state is one conditional UPDATE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from bot.care.model.delivery import Act, Delivery, DeliveryState, Result
from bot.care.model.inbound import Tap
from bot.care.ports import Spent
from bot.records import codec
from bot.records.attempts import SqlAttempts
from bot.records.delivery_rows import RANKS, columns, delivery_of
from bot.records.line import WAITING, may_leave
from bot.records.moving import move_chat
from bot.records.outbox_tables import DeliveryRow
from bot.records.sealed import Sealed
from bot.records.tables import table
from bot.records.taps import SqlTaps
from bot.records.transaction import Transaction

deliveries = table(DeliveryRow)
SETTLEABLE = (*WAITING, DeliveryState.UNCERTAIN.value)
REOPENABLE = tuple(state.value for state in (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.EXPIRED))
DATES = ("lane", "open_lane", "chat", "thread", "channel", "due_at", "useful_until", "unasked")
"""What a plan made anew may change of a row that nobody has touched."""
UNSENT = (
    deliveries.c.state == DeliveryState.CANCELLED.value,
    deliveries.c.ambiguous == 0,
    deliveries.c.sent_at.is_(None),
)
UNTOUCHED = (
    deliveries.c.state == DeliveryState.SCHEDULED.value,
    deliveries.c.ambiguous == 0,
    deliveries.c.attempts == 0,
)


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
        if delivery.act is not None:
            act = self._taps.name(added, delivery.act, fresh=True)
            self._changed(deliveries.c.id == added, values={"act": self._sealed(act)})
        return self.get(added)

    def plan(self, delivery: Delivery) -> bool:
        if delivery.act is not None or not (delivery.enrolment_id and delivery.step and delivery.occurrence):
            raise ValueError(
                "a plan's row names enrolment, step and occurrence, and has no act before its first attempt"
            )
        fresh = columns(delivery, self.transaction)
        return (
            self.transaction.insert_unless_there(deliveries, fresh)
            or self._changed(*_occurrence(delivery), *UNSENT, values={**fresh, "act": None})
            or self._changed(*_occurrence(delivery), *UNTOUCHED, _differs(fresh), values=_dates(fresh))
        )

    def get(self, delivery_id: int) -> Delivery:
        return delivery_of(self.transaction.by_id(deliveries, delivery_id), self.transaction)

    def due(self, *, at: datetime, limit: int) -> Sequence[Delivery]:
        machine = self.transaction.machine_now()
        rows: list[Delivery] = []
        for rank in RANKS.values():
            ready = select(deliveries).where(may_leave(rank, at=at, machine=machine))
            oldest = ready.order_by(deliveries.c.due_at, deliveries.c.id).limit(limit - len(rows))
            rows += self._all(self._locked(oldest))
        return rows

    def begin(self, delivery: Delivery, act: Act, *, attempt_id: str, lease: timedelta, alert: bool) -> Act | None:
        now = self.transaction.machine_now()
        begun = {
            "state": DeliveryState.SENDING.value,
            "attempt_id": attempt_id,
            "attempts": deliveries.c.attempts + 1,
            "lease_until": now + lease,
            "retry_at": None,
            "content_hash": delivery.content_hash,
            "rendered_on": delivery.rendered_on,
        }
        if not self._changed(deliveries.c.id == delivery.id, deliveries.c.state.in_(WAITING), values=begun):
            return None
        frozen = self._taps.name(delivery.id, act, fresh=False)
        self._changed(deliveries.c.id == delivery.id, values={"act": self._sealed(frozen)})
        self._attempts.start(attempt_id, delivery.id, delivery.contact.chat, alert=alert, at=now)
        return frozen

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
        mine = (
            deliveries.c.id == delivery_id,
            deliveries.c.attempt_id == attempt_id,
            deliveries.c.state == DeliveryState.SENDING.value,
        )
        finished = {
            **_ended(state, at=at),
            "retry_at": None if state.final else now + (retry_in or timedelta()),
            "message_id": result.message_id,
            "reason": self.transaction.seal(result.reason),
            "ambiguous": deliveries.c.ambiguous + int(ambiguous),
            "attempts": deliveries.c.attempts - int(not counted),
        }
        return self._changed(*mine, values=finished)

    def abandoned(self) -> Sequence[Delivery]:
        out = deliveries.c.lease_until <= self.transaction.machine_now()
        # by id alone, the planner would walk the whole table
        return self._all(select(deliveries).where(out).order_by(deliveries.c.lease_until, deliveries.c.id))

    def settle(self, delivery_id: int, state: DeliveryState, *, at: datetime, reason: str = "") -> bool:
        if not state.final:
            raise ValueError("only a final state settles a row")
        here = (deliveries.c.id == delivery_id, deliveries.c.state.in_(SETTLEABLE))
        return self._changed(*here, values={**_ended(state, at=at), "reason": self.transaction.seal(reason)})

    def postpone(self, delivery_id: int, *, to: datetime) -> bool:
        return self._changed(deliveries.c.id == delivery_id, deliveries.c.state.in_(WAITING), values={"due_at": to})

    def reopen(self, delivery_id: int, *, at: datetime) -> bool:
        here = (deliveries.c.id == delivery_id, deliveries.c.state.in_(REOPENABLE))
        again = {
            "state": DeliveryState.SCHEDULED.value,
            "open_lane": case(*((deliveries.c.lane == lane.value, rank) for lane, rank in RANKS.items())),
            "due_at": at,
            "useful_until": None,
            "retry_at": None,
            "ended_at": None,
            "attempts": 0,
            "ambiguous": 0,
        }
        return self._changed(*here, values=again)

    def of_enrolment(self, enrolment_id: int) -> Sequence[Delivery]:
        return self._dated(deliveries.c.enrolment_id == enrolment_id)

    def of_patient(self, patient_id: int) -> Sequence[Delivery]:
        return self._dated(deliveries.c.patient_id == patient_id)

    def by_message(self, chat: int, message_id: int) -> Delivery | None:
        here = (deliveries.c.chat == chat, deliveries.c.message_id == message_id)
        # the oldest sent it, later ones only edited or pinned it
        row = self.transaction.first(select(deliveries).where(*here).order_by(deliveries.c.id))
        if row is not None:
            return delivery_of(row, self.transaction)
        copied = self._attempts.delivery_of(chat, message_id)
        return None if copied is None else self.get(copied)

    def in_state(self, state: DeliveryState, *, limit: int = 200) -> Sequence[Delivery]:
        newest = select(deliveries).where(deliveries.c.state == state.value).order_by(deliveries.c.id.desc())
        return self._all(newest.limit(limit))[::-1]

    def next_due(self, *, after: datetime) -> datetime | None:
        firsts = [self._next_in(rank, after=after) for rank in RANKS.values()]
        return min((first for first in firsts if first is not None), default=None)

    def unfinished(self, *, at: datetime) -> int:
        due = (deliveries.c.open_lane.in_(RANKS.values()), deliveries.c.due_at <= at)
        row = self.transaction.first(select(func.count()).select_from(deliveries).where(*due))
        return 0 if row is None else int(row[0])

    def spent(self, *, within: timedelta) -> Sequence[Spent]:
        return self._attempts.spent(within=within)

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

    def _sealed(self, act: Act) -> Sealed:
        return self.transaction.seal(codec.dump(act))

    def _changed(self, *which: ColumnElement[bool], values: Mapping[str, object]) -> bool:
        return self.transaction.change(deliveries.update().where(*which).values(dict(values))) == 1

    def _all(self, statement: Select[Any]) -> list[Delivery]:
        return [delivery_of(row, self.transaction) for row in self.transaction.rows(statement)]

    def _locked(self, statement: Select[Any]) -> Select[Any]:
        """Two processes never look at the same row to claim it; SQLite has one writer anyway."""
        return statement.with_for_update(skip_locked=True, of=deliveries) if self.transaction.writing else statement

    def _dated(self, which: ColumnElement[bool]) -> list[Delivery]:
        return self._all(select(deliveries).where(which).order_by(deliveries.c.due_at, deliveries.c.id))

    def _next_in(self, rank: int, *, after: datetime) -> datetime | None:
        later = (deliveries.c.open_lane == rank, deliveries.c.due_at > after, deliveries.c.state.in_(WAITING))
        row = self.transaction.first(select(deliveries.c.due_at).where(*later).order_by(deliveries.c.due_at))
        return None if row is None else row.due_at


def _ended(state: DeliveryState, *, at: datetime) -> dict[str, object]:
    """What leaving SENDING or the line means; `sent_at` is only ever written by a success."""
    ended: dict[str, object] = {"state": state.value, "lease_until": None, "retry_at": None}
    if state.final:
        ended |= {"open_lane": None, "ended_at": at}
    if state is DeliveryState.SENT:
        ended["sent_at"] = at
    return ended


def _occurrence(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    return (
        deliveries.c.enrolment_id == delivery.enrolment_id,
        deliveries.c.step == delivery.step,
        deliveries.c.occurrence == delivery.occurrence,
    )


def _dates(fresh: Mapping[str, object]) -> dict[str, object]:
    return {name: fresh[name] for name in DATES}


def _differs(fresh: Mapping[str, object]) -> ColumnElement[bool]:
    return or_(*(deliveries.c[name].is_distinct_from(value) for name, value in _dates(fresh).items()))

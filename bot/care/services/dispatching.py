"""Let what is due leave: claim, attempt, record; the only place that performs acts."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Protocol
from uuid import uuid4

from bot.care.model.delivery import Act, Claim, Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.model.people import Contact
from bot.care.model.verdict import verdict
from bot.care.ports.outside import Channel, Clock
from bot.care.ports.records import Records, Work
from bot.care.ports.words import Library
from bot.care.services.composing import Held, Later, Ready
from bot.care.services.open_desk import is_held, would_leave_desk
from scheduler.pace import PER_BOT, PER_GROUP, Call, ChatKind, Destination, Pace

log = logging.getLogger(__name__)

IN_FLIGHT = 10
LEASE = timedelta(seconds=90)
LOOK_EVERY = 1.0
"""Seconds between looks when nothing nudges: a row falls due by itself."""
MOST_HELD = 30
"""Rows the pace may hold back before a look ends: the next comes when the first of them may go."""
CANDIDATES = IN_FLIGHT + MOST_HELD + 20
"""Rows read in one look, a few of which may be settled or put off instead."""

Take = tuple[Delivery, Act, tuple[int, ...]]
"""A row, the act it becomes, and the rows that are folded into it."""


class Composer(Protocol):
    """Turns a row of a plan into words that are true now."""

    def compose(self, work: Work, delivery: Delivery, *, at: datetime) -> Ready | Held | Later: ...


class Follower(Protocol):
    """Sees to what follows when a delivery has its final state, or may not leave."""

    def ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None: ...

    def held(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """Its group must not hear it now: puts it off, or settles it."""
        ...


@dataclass
class Dispatching:
    """Runs until stopped; a commit nudges it, and it looks every second anyway."""

    records: Records
    channel: Channel
    library: Library
    clock: Clock
    composing: Composer
    aftermath: Follower
    paced: bool = True
    lanes: Collection[Lane] = tuple(Lane)
    """What it lets leave: pages have a dispatcher of their own, which nothing of Telegram's holds up."""
    rng: Random = field(default_factory=Random)
    _flying: dict[asyncio.Task[None], int] = field(default_factory=dict)
    """Each with the row it sends."""
    _door: asyncio.Lock = field(default_factory=asyncio.Lock)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _puts_off: bool = False
    """A row was held back in this look: those behind it in its line may be others' to hear."""
    _look_in: float = LOOK_EVERY
    """Seconds until the pace lets the next one go, when it holds some back."""

    @property
    def in_flight(self) -> tuple[int, ...]:
        """The rows that are being sent at this moment."""
        return tuple(self._flying.values())

    def nudge(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """Until `stop`; then what is in flight still ends and is recorded."""
        while not self._stopping:
            try:
                await self.once()
            except Exception as error:  # records out of order, a full disk: the next look comes all the same
                log.error("claim_failed", extra={"event": "claim_failed"}, exc_info=error)
            await self._pause()
        await asyncio.gather(*self._flying)

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    async def once(self) -> None:
        """Claim as many as there are free hands for, and let each fly."""
        self._wake.clear()
        free = IN_FLIGHT - len(self._flying)
        if free <= 0:
            return
        claims = await self.records.write(partial(self.claim, most=free))
        for claim in claims:
            task = asyncio.create_task(self.attempt(claim))
            self._flying[task] = claim.delivery.id
            task.add_done_callback(self._landed)

    def claim(self, work: Work, *, most: int) -> Sequence[Claim]:
        """The rows that may leave now, each with its attempt committed before its first byte."""
        now = self.clock.now()
        self._look_in, self._puts_off = LOOK_EVERY, False
        claims: list[Claim] = []
        held: list[datetime] = []
        if not work.outbox.is_due(at=now, lanes=self.lanes):
            # so it is nearly always: neither pace nor lines need be read
            return claims
        pace = self._pace(work)
        machine = work.outbox.machine_now()
        if self.paced and (opens := pace.opens(at=machine)) > machine:
            # nothing may leave for anybody: no row need be read
            self._look_in = min(LOOK_EVERY, (opens - machine).total_seconds())
            return claims
        rows = work.outbox.due(at=now, limit=CANDIDATES, lanes=self.lanes)
        for row in rows:
            if len(claims) == most or len(held) == MOST_HELD:
                break
            to = _destination(row.contact)
            alert, unasked = row.lane is Lane.URGENT, row.lane is Lane.SCHEDULED
            earliest = pace.earliest(to, at=machine, is_alert=alert, is_unasked=unasked) if self.paced else machine
            if earliest > machine:
                held.append(earliest)
                continue
            claim = self._take(work, row, at=now, alert=alert)
            if claim is not None:
                claims.append(claim)
                pace = pace.after(Call(to, machine, is_alert=alert))
        self._look_in = min([LOOK_EVERY, *((moment - machine).total_seconds() for moment in held)])
        if self._puts_off or (len(rows) == CANDIDATES and not held and len(claims) < most):
            # they were settled or put off: what stands behind them is due as well
            self._look_in = 0.0
        return claims

    async def attempt(self, claim: Claim) -> None:
        # one at a time, so that hardly a moment lies between the commit that says so and the first byte
        async with self._door:
            departs = await self.records.write(partial(self._depart, claim=claim))
        if not departs:
            return
        result = await self.channel.perform(claim.act)
        await self.records.write(partial(self.settle, claim=claim, result=result))

    def settle(self, work: Work, *, claim: Claim, result: Result) -> None:
        """Write down what became of one attempt, and see to what follows from it."""
        now = self.clock.now()
        if result.outcome is Outcome.PAUSED:
            work.outbox.pause(result.retry_after)
        ruling = verdict(replace(claim.delivery, act=claim.act), result, rng=self.rng)
        applied = work.outbox.finish(
            claim.delivery.id,
            claim.attempt_id,
            ruling.state,
            at=now,
            result=result,
            retry_in=ruling.retry_in,
            ambiguous=ruling.ambiguous,
            counted=ruling.counted,
        )
        if result.outcome is Outcome.MOVED and result.new_chat is not None:
            work.outbox.move_chat(claim.delivery.contact.chat, result.new_chat)
        if applied and ruling.state.final:
            self.aftermath.ended(work, work.outbox.get(claim.delivery.id), at=now)

    def recover(self, work: Work, *, everything: bool = False) -> int:
        """Rows left in flight by a crash: one that had departed may have arrived and counts as one unclear attempt,
        any other simply waits again. How many there were.

        `everything` when no other process can be sending (the start of the only one): no lease need run out first.
        """
        rows = work.outbox.in_state(DeliveryState.SENDING) if everything else work.outbox.abandoned()
        for row in rows:
            if row.act is not None:
                outcome = Outcome.AMBIGUOUS if row.departed else Outcome.NOT_BEGUN
                result = Result(outcome, reason="interrupted")
                self.settle(work, claim=Claim(row, row.attempt_id, row.act), result=result)
        return len(rows)

    def _depart(self, work: Work, *, claim: Claim) -> bool:
        row = replace(claim.delivery, act=claim.act)
        if is_held(work, row) or would_leave_desk(work, row):
            # the group has changed since it was claimed: it waits again, as if it had never been tried
            self.settle(work, claim=claim, result=Result(Outcome.NOT_BEGUN, reason="the group has changed"))
            return False
        return work.outbox.depart(claim.delivery.id, claim.attempt_id)

    def _take(self, work: Work, row: Delivery, *, at: datetime, alert: bool) -> Claim | None:
        ready = self._written(work, row, at=at)
        if ready is None:
            return None
        row, act, folds = ready
        attempt_id = uuid4().hex
        frozen = work.outbox.begin(row, act, attempt_id=attempt_id, lease=LEASE, alert=alert)
        if frozen is None:
            return None
        for folded in folds:
            work.outbox.settle(folded, DeliveryState.FOLDED, at=at, reason=f"into {row.id}")
        return Claim(row, attempt_id, self._marked(frozen, row))

    def _written(self, work: Work, row: Delivery, *, at: datetime) -> Take | None:
        try:
            return self._act_of(work, row, at=at)
        except Exception as error:  # one row that nobody can write must not stand in everybody's way
            log.error("row_unwritable", extra={"event": "row_unwritable", "delivery": row.id}, exc_info=error)
            self._end(work, row, DeliveryState.FAILED, at=at, reason=f"cannot be written: {type(error).__name__}")
            return None

    def _act_of(self, work: Work, row: Delivery, *, at: datetime) -> Take | None:
        """The act to perform, or None when the row was settled or put off instead."""
        if row.useful_until is not None and at > row.useful_until:
            self._end(work, row, DeliveryState.EXPIRED, at=at, reason="no longer useful")
            return None
        if would_leave_desk(work, row):
            self._end(work, row, DeliveryState.CANCELLED, at=at, reason="it is the desk")
            return None
        if is_held(work, row):
            self.aftermath.held(work, row, at=at)
            self._puts_off = True
            return None
        if row.enrolment_id is not None:
            return self._composed(work, row, at=at)
        if row.act is None:
            self._end(work, row, DeliveryState.FAILED, at=at, reason="nothing to send")
            return None
        if row.after is not None:
            return self._aimed(work, row, row.act, after=row.after, at=at)
        return row, row.act, ()

    def _composed(self, work: Work, row: Delivery, *, at: datetime) -> Take | None:
        plan = self.composing.compose(work, row, at=at)
        if isinstance(plan, Held):
            self._end(work, row, plan.state, at=at, reason=plan.reason)
            return None
        if isinstance(plan, Later):
            work.outbox.postpone(row.id, to=plan.due_at)
            return None
        return replace(row, content_hash=plan.content_hash, rendered_on=plan.rendered_on), plan.act, plan.folds

    def _aimed(self, work: Work, row: Delivery, act: Act, *, after: int, at: datetime) -> Take | None:
        """An act that depends on another: without that one it would say what is not so."""
        aimed = act.after(work.outbox.get(after))
        if aimed is None:
            self._end(work, row, DeliveryState.CANCELLED, at=at, reason="what it depends on did not arrive")
            return None
        return row, aimed, ()

    def _end(self, work: Work, row: Delivery, state: DeliveryState, *, at: datetime, reason: str) -> None:
        if work.outbox.settle(row.id, state, at=at, reason=reason):
            self.aftermath.ended(work, work.outbox.get(row.id), at=at)

    def _marked(self, act: Act, row: Delivery) -> Act:
        """A second copy says that it may be one."""
        if not row.ambiguous or not act.text:
            return act
        shelf = self.library.shelf
        again = shelf.say("phrases/delivery/again", shelf.clinic.languages[0], {})
        return replace(act, text=f"{act.text}\n\n<i>{again}</i>")

    def _pace(self, work: Work) -> Pace:
        if not self.paced:
            return Pace()
        calls = tuple(
            Call(_destination(Contact(spent.chat)), spent.at, is_alert=spent.alert)
            for spent in work.outbox.spent(within=PER_BOT.within, in_groups=PER_GROUP.within)
        )
        return Pace(calls, paused_until=work.outbox.paused_until())

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            # the row stays in flight until its lease runs out, then is recovered: nothing is lost
            log.error("attempt_not_recorded", extra={"event": "attempt_not_recorded"}, exc_info=task.exception())

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), self._look_in)
        except TimeoutError:
            return


def _destination(contact: Contact) -> Destination:
    return Destination(str(contact.chat), ChatKind.GROUP if contact.is_group else ChatKind.PRIVATE)

"""A delivery as a row of the outbox, and back."""

from typing import Any

from sqlalchemy import Row

from bot.care.model.delivery import Act, Delivery, DeliveryState, Lane
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.records import codec
from bot.records.sealed import Sealed
from bot.records.transaction import Transaction

RANKS = {Lane.URGENT: 0, Lane.BESIDE: 4, Lane.REPLY: 1, Lane.SCHEDULED: 2, Lane.PAGE: 3}
"""In the order in which they leave. The numbers only name them: they stand in the rows of every database."""
PURPOSES = {one.value: one for one in Purpose}
"""What none of them names was written by another release: nothing follows from it, and it leaves all the same."""


def columns(delivery: Delivery, transaction: Transaction) -> dict[str, object]:
    """Everything a row is made from."""
    return {
        "lane": delivery.lane.value,
        "open_lane": open_lane(delivery.lane, delivery.state),
        "chat": delivery.contact.chat,
        "thread": delivery.contact.thread,
        "channel": delivery.contact.channel,
        "due_at": delivery.due_at,
        "useful_until": delivery.useful_until,
        "act": None if delivery.act is None else sealed_act(delivery.act, transaction),
        "state": delivery.state.value,
        "after": delivery.after,
        "patient_id": delivery.patient_id,
        "enrolment_id": delivery.enrolment_id,
        # NULL is never equal to NULL: only a plan's rows are unique
        "step": delivery.step or None,
        "occurrence": delivery.occurrence or None,
        "escalation_id": delivery.escalation_id,
        "purpose": delivery.purpose.value,
        "unasked": delivery.unasked,
        "attempts": delivery.attempts,
        "ambiguous": delivery.ambiguous,
        "attempt_id": delivery.attempt_id,
        "departed": delivery.departed,
        "retry_at": delivery.retry_at,
        "message_id": delivery.message_id,
        "sent_at": delivery.sent_at,
        "reason": transaction.seal(delivery.reason),
        "content_hash": delivery.content_hash,
        "rendered_on": delivery.rendered_on,
    }


def delivery_of(row: Row[Any], transaction: Transaction) -> Delivery:
    return Delivery(
        id=row.id,
        lane=Lane(row.lane),
        contact=Contact(row.chat, row.thread, row.channel),
        due_at=row.due_at,
        act=codec.load(transaction.open(row.act)) if row.act else None,
        state=DeliveryState(row.state),
        useful_until=row.useful_until,
        after=row.after,
        patient_id=row.patient_id,
        enrolment_id=row.enrolment_id,
        step=row.step or "",
        occurrence=row.occurrence or "",
        escalation_id=row.escalation_id,
        purpose=PURPOSES.get(row.purpose, Purpose.PLAIN),
        unasked=row.unasked,
        attempts=row.attempts,
        ambiguous=row.ambiguous,
        attempt_id=row.attempt_id,
        departed=row.departed,
        retry_at=row.retry_at,
        message_id=row.message_id,
        sent_at=row.sent_at,
        reason=transaction.open(row.reason),
        content_hash=row.content_hash,
        rendered_on=row.rendered_on,
    )


def sealed_act(act: Act, transaction: Transaction) -> Sealed:
    return transaction.seal(codec.dump(act))


def open_lane(lane: Lane, state: DeliveryState) -> int | None:
    """The lane's rank while the row is unfinished: what its indexes go by."""
    return None if state.final else RANKS[lane]

"""A step has one row per occurrence, however often its plan is made anew."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, or_, select

from bot.care.model.delivery import Delivery, DeliveryState
from bot.records.delivery_rows import columns
from bot.records.outbox_tables import DeliveryRow
from bot.records.tables import table
from bot.records.transaction import Transaction

deliveries = table(DeliveryRow)
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
    # staff reopened it: it goes now, whatever the plan says
    deliveries.c.unasked,
)


def plan(transaction: Transaction, delivery: Delivery) -> bool:
    """Adds the row, revives it when it was cancelled unsent, or moves it when nobody has touched it; else False."""
    if delivery.act is not None or not (delivery.enrolment_id and delivery.step and delivery.occurrence):
        raise ValueError("a plan's row names enrolment, step and occurrence, and has no act before its first attempt")
    fresh = columns(delivery, transaction)
    held = transaction.first(select(deliveries.c.id).where(*_occurrence(delivery)))
    # looked up first, because a refused insert still uses up an id; another process may have been quicker
    if held is None and transaction.insert_unless_there(deliveries, fresh):
        return True
    here = deliveries.update().where(*_occurrence(delivery))
    revived = here.where(*UNSENT).values(**fresh)
    moved = here.where(*UNTOUCHED, _differs(fresh)).values(_dates(fresh))
    return transaction.change(revived) == 1 or transaction.change(moved) == 1


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

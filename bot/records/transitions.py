"""Which states a row may leave, and what a change of state writes."""

from datetime import datetime

from sqlalchemy import and_, bindparam, case, or_

from bot.care.model.delivery import DeliveryState
from bot.records.delivery_rows import RANKS
from bot.records.outbox_tables import DeliveryRow
from bot.records.tables import table

deliveries = table(DeliveryRow)
WAITING = (DeliveryState.SCHEDULED.value, DeliveryState.RETRY_WAIT.value)
SETTLEABLE = (*WAITING, DeliveryState.UNCERTAIN.value)
REOPENABLE = (DeliveryState.UNCERTAIN.value, DeliveryState.FAILED.value, DeliveryState.EXPIRED.value)
FORGETTABLE = (DeliveryState.UNREACHABLE.value, DeliveryState.CANCELLED.value)
# built once: the busiest statements of all, and building them anew costs more than running them
BEGIN = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("its_id"), or_(*(deliveries.c.state == state for state in WAITING)))
    .values(
        state=DeliveryState.SENDING.value,
        attempt_id=bindparam("by"),
        departed=False,
        attempts=deliveries.c.attempts + 1,
        lease_until=bindparam("until"),
        retry_at=None,
        act=bindparam("words"),
        content_hash=bindparam("version"),
        rendered_on=bindparam("true_on"),
    )
)

# the row, as long as it is this attempt's to send
HELD = and_(
    deliveries.c.id == bindparam("its_id"),
    deliveries.c.attempt_id == bindparam("by"),
    deliveries.c.state == DeliveryState.SENDING.value,
)
DEPART = deliveries.update().where(HELD).values(departed=True)
FINISH = (
    deliveries.update()
    .where(HELD)
    .values(
        ambiguous=deliveries.c.ambiguous + bindparam("unclear"),
        attempts=deliveries.c.attempts - bindparam("uncounted"),
    )
)
SETTLE = deliveries.update().where(deliveries.c.id == bindparam("its_id"), deliveries.c.state.in_(SETTLEABLE))


def ended(state: DeliveryState, *, at: datetime) -> dict[str, object]:
    """What leaving SENDING or the line writes; `sent_at` is only ever written by a success."""
    columns: dict[str, object] = {"state": state.value, "lease_until": None, "retry_at": None}
    if state.final:
        columns |= {"open_lane": None, "ended_at": at}
    if state is DeliveryState.SENT:
        columns["sent_at"] = at
    return columns


def reopened(*, at: datetime, until: datetime | None) -> dict[str, object]:
    """What staff's *resend* writes: as if it had never been tried, but asked for by a person."""
    return {
        "state": DeliveryState.SCHEDULED.value,
        "open_lane": case(*((deliveries.c.lane == lane.value, rank) for lane, rank in RANKS.items())),
        "due_at": at,
        "useful_until": until,
        "unasked": False,
        "retry_at": None,
        "ended_at": None,
        "attempts": 0,
        "ambiguous": 0,
    }

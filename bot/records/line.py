"""Who stands in whose way: which rows of a lane may leave now."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, and_, bindparam, exists, func, or_, select, tuple_

from bot.care.model.delivery import DeliveryState
from bot.records.delivery_rows import RANKS
from bot.records.outbox_tables import DeliveryRow
from bot.records.tables import table
from bot.records.transitions import WAITING

deliveries = table(DeliveryRow)
earlier, first = deliveries.alias("earlier"), deliveries.alias("first")
# asked every second of every day: built once
UNFINISHED = (
    select(func.count())
    .select_from(deliveries)
    .where(deliveries.c.open_lane.in_(RANKS.values()), deliveries.c.due_at <= bindparam("at"))
)
NEXT_DUE = (
    select(deliveries.c.due_at)
    .where(
        deliveries.c.open_lane == bindparam("rank"),
        deliveries.c.due_at > bindparam("after"),
        deliveries.c.state.in_(WAITING),
    )
    .order_by(deliveries.c.due_at)
    .limit(1)
)


@cache
def lanes_due() -> Select[Any]:
    """Of each lane, in the order of `RANKS`, whether anything is due: nearly always that is all there is to ask."""
    return select(*(_is_any_due(rank) for rank in RANKS.values()))


def _is_any_due(rank: int) -> ColumnElement[Any]:
    return exists().where(deliveries.c.open_lane == rank, deliveries.c.due_at <= bindparam("at"))


@cache
def oldest_that_may_leave(*, locked: bool) -> Select[Any]:
    """Of a lane's `rank`, at most so many (`most`): built once, for it is asked for every message that leaves.

    `at` is clinic time, `machine` the database's. `locked`: as of `to_claim`.
    """
    rank: BindParameter[int] = bindparam("rank")
    ready = select(deliveries).where(_may_leave(rank, at=bindparam("at"), machine=bindparam("machine")))
    oldest = ready.order_by(deliveries.c.due_at, deliveries.c.id).limit(bindparam("most", type_=Integer))
    return to_claim(oldest) if locked else oldest


def to_claim(rows: Select[Any]) -> Select[Any]:
    """Two processes never look at the same row to claim it; SQLite has one writer anyway."""
    return rows.with_for_update(skip_locked=True, of=deliveries)


def _may_leave(rank: BindParameter[int], *, at: BindParameter[Any], machine: BindParameter[Any]) -> ColumnElement[bool]:
    """Due and rested, at the head of its chat's line, and nothing it depends on is unfinished.

    Rows scheduled for later block nobody.
    """
    return and_(
        deliveries.c.open_lane == rank,
        deliveries.c.due_at <= at,
        deliveries.c.state.in_(WAITING),
        or_(deliveries.c.retry_at.is_(None), deliveries.c.retry_at <= machine),
        ~_someone_ahead(rank, at=at),
        ~exists().where(first.c.id == deliveries.c.after, first.c.open_lane.is_not(None)),
    )


def _someone_ahead(rank: BindParameter[int], *, at: BindParameter[Any]) -> ColumnElement[bool]:
    before = tuple_(earlier.c.due_at, earlier.c.id) < tuple_(deliveries.c.due_at, deliveries.c.id)
    on_its_way = and_(earlier.c.state == DeliveryState.SENDING.value, earlier.c.id != deliveries.c.id)
    return exists().where(
        earlier.c.open_lane == rank,
        earlier.c.chat == deliveries.c.chat,
        earlier.c.due_at <= at,
        or_(before, on_its_way),
    )

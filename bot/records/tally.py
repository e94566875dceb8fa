"""Count what is there without opening anything that is sealed: no key is needed and nothing is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.care.model.delivery import DeliveryState
from bot.care.model.inbound import InboxState
from bot.care.model.on_call import Shift, Turn
from bot.care.model.people import Role
from bot.care.model.standing import State, state_by_record
from bot.records.engine import reader_engine
from bot.records.hiding import is_shown
from bot.records.outbox_tables import DeliveryRow
from bot.records.schema import HEAD, NewerSchema, Schema, schema
from bot.records.tables import (
    DeskRow,
    EscalationRow,
    GuestRow,
    InboxRow,
    MemberRow,
    PatientRow,
    ShiftRow,
    TurnRow,
    UnansweredRow,
    table,
)
from bot.records.transitions import WAITING
from scheduler.localtime import local_day

deliveries, inbox, patients = table(DeliveryRow), table(InboxRow), table(PatientRow)
members, desks, escalations = table(MemberRow), table(DeskRow), table(EscalationRow)
unanswered, shifts, turns, guests = table(UnansweredRow), table(ShiftRow), table(TurnRow), table(GuestRow)


@dataclass(frozen=True)
class Tally:
    """How it stands. `due`: waiting rows whose time (clinic time) has come; `oldest_due` the first of them.

    `team` and `reachable` count members by role; `desk` is None where there is none, else whether its test arrived;
    `strangers` are in its group, not on the team, and nobody let them in.
    `unanswered`: messages that no answer met and nobody has filed.
    """

    deliveries: Mapping[DeliveryState, int]
    due: int
    oldest_due: datetime | None
    updates: Mapping[InboxState, int]
    patients: Mapping[State, int]
    team: Mapping[Role, int]
    reachable: Mapping[Role, int]
    desk: bool | None
    strangers: int
    open_alerts: int
    unanswered: int
    shifts: Sequence[Shift]
    turns: Sequence[Turn]
    able: frozenset[int]
    """Accounts of those who may be on call."""


class NotCounted(RuntimeError):
    """The database cannot be reached, or its tables are not this program's; the message says which."""


def tally(url: str, *, at: datetime) -> Tally:
    """All of one moment. Raises `NotCounted`."""
    try:
        state = schema(url)
        if state is not Schema.CURRENT:
            raise NotCounted(f"the database is {state.value}: `aftercare run` brings it to schema {HEAD}")
        return _read(url, at)
    except NewerSchema as error:
        raise NotCounted(f"{error}: use the program that wrote it") from error
    except SQLAlchemyError as error:
        # the statement and its address stay out of what is shown
        why = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        raise NotCounted(f"cannot read the database: {why.strip().splitlines()[0]}") from error


def _read(url: str, at: datetime) -> Tally:
    engine = reader_engine(url)
    try:
        with engine.begin() as connection:
            return _tally(connection, at)
    finally:
        engine.dispose()


def _tally(connection: Connection, at: datetime) -> Tally:
    team = connection.execute(select(members.c.account, members.c.role, members.c.tested_at)).all()
    desk = connection.execute(select(desks.c.tested_at)).first()
    late = (deliveries.c.open_lane.is_not(None), deliveries.c.state.in_(WAITING), deliveries.c.due_at <= at)
    due, oldest = connection.execute(select(func.count(), func.min(deliveries.c.due_at)).where(*late)).one()
    unknown = (
        guests.c.chat == desks.c.chat,
        guests.c.stays.is_(False),
        guests.c.account.not_in(select(members.c.account)),
    )
    open_alerts = select(func.count()).select_from(escalations).where(escalations.c.state != "closed")
    waiting = select(func.count()).select_from(unanswered).where(unanswered.c.filing == 0)
    coming = select(shifts).where(shifts.c.until > at).order_by(shifts.c.id)
    return Tally(
        deliveries=_by_state(connection, deliveries, DeliveryState),
        due=due,
        oldest_due=oldest,
        updates=_by_state(connection, inbox, InboxState),
        patients=Counter(_state(row, at) for row in connection.execute(select(*PATIENT).where(is_shown()))),
        team=Counter(Role(row.role) for row in team),
        reachable=Counter(Role(row.role) for row in team if row.tested_at is not None),
        desk=None if desk is None else desk.tested_at is not None,
        strangers=connection.execute(select(func.count()).select_from(guests, desks).where(*unknown)).scalar_one(),
        open_alerts=connection.execute(open_alerts).scalar_one(),
        unanswered=connection.execute(waiting).scalar_one(),
        shifts=[Shift(row.account, row.since, row.until, row.id) for row in connection.execute(coming)],
        turns=[Turn(row.weekday, row.at, row.account) for row in connection.execute(select(turns))],
        able=frozenset(row.account for row in team if row.role != Role.RECEPTION.value),
    )


def _by_state(connection: Connection, rows: Any, named: Any) -> Mapping[Any, int]:  # noqa: ANN401 - any table, any enum
    found = connection.execute(select(rows.c.state, func.count()).group_by(rows.c.state))
    return {named(state): count for state, count in found}


PATIENT = tuple(patients.c[name] for name in ("unreachable_since", "consent_at", "stopped_at", "paused_until", "zone"))


def _state(row: Row[Any], at: datetime) -> State:
    return state_by_record(
        is_unreachable=row.unreachable_since is not None,
        agreed=row.consent_at is not None,
        has_stopped=row.stopped_at is not None,
        paused_until=row.paused_until,
        today=local_day(at, ZoneInfo(row.zone)),
    )

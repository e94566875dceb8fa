"""What the in-memory records hold: frozen values in dicts, so that a shallow copy is a snapshot."""

import time
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any, TypeVar

from bot.care.model.delivery import Delivery, Outcome
from bot.care.model.digest import DigestWish
from bot.care.model.drill import Drill
from bot.care.model.enrolment import Enrolment
from bot.care.model.escalation import Escalation
from bot.care.model.hold import Hold
from bot.care.model.inbound import (
    AuditEvent,
    CheckInAnswer,
    Entry,
    Flow,
    InboxState,
    Invitation,
    RawUpdate,
    Tap,
)
from bot.care.model.on_call import Shift, Turn
from bot.care.model.people import Desk, Guest, Member, Patient
from bot.care.model.revision import Draft, Revision
from bot.care.model.staff_link import StaffLink
from bot.care.model.thread import Thread
from bot.care.model.unanswered import Filing, Unanswered
from bot.care.ports.records import NotRemembered

T = TypeVar("T")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Machine:
    """Machine time: goes by itself like a database's clock, and can be pushed ahead."""

    ahead: timedelta = timedelta()
    started: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=time.monotonic() - self.started) + self.ahead

    def advance(self, by: timedelta) -> None:
        self.ahead += by


@dataclass(frozen=True)
class Attempt:
    """One try, in machine time."""

    id: str
    delivery_id: int
    chat: int
    alert: bool
    started_at: datetime
    finished_at: datetime | None = None
    outcome: Outcome | None = None
    message_id: int | None = None


@dataclass(frozen=True)
class Claim:
    code_hash: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True)
class Batch:
    file_hash: str
    begun_at: datetime
    live_at: datetime | None = None


@dataclass
class Memory:
    """Every table. Ids are given once and never again, also when a deed is undone."""

    updates: dict[int, tuple[RawUpdate, InboxState]] = field(default_factory=dict)
    patients: dict[int, Patient] = field(default_factory=dict)
    batches: dict[int, Batch] = field(default_factory=dict)
    batch_of: dict[int, int] = field(default_factory=dict)
    enrolments: dict[int, Enrolment] = field(default_factory=dict)
    invitations: dict[int, Invitation] = field(default_factory=dict)
    rejections: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    ended: dict[int, datetime] = field(default_factory=dict)
    digests: dict[int, DigestWish] = field(default_factory=dict)
    leases: dict[int, datetime] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    desks: dict[int, Desk] = field(default_factory=dict)
    guests: dict[tuple[int, int], Guest] = field(default_factory=dict)
    drills: dict[int, Drill] = field(default_factory=dict)
    holds: dict[tuple[str, str], Hold] = field(default_factory=dict)
    shifts: dict[int, Shift] = field(default_factory=dict)
    turns: dict[tuple[int, time_of_day], Turn] = field(default_factory=dict)
    staff_links: dict[int, StaffLink] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    escalations: dict[int, Escalation] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    answers: dict[int, CheckInAnswer] = field(default_factory=dict)
    flows: dict[tuple[int, int], Flow] = field(default_factory=dict)
    audit: dict[int, AuditEvent] = field(default_factory=dict)
    unanswered: dict[int, Unanswered] = field(default_factory=dict)
    unanswered_whose: dict[int, int] = field(default_factory=dict)
    filings: dict[int, Filing] = field(default_factory=dict)
    filings_claimed: dict[int, datetime] = field(default_factory=dict)
    revisions: dict[int, Revision] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    drafts_claimed: dict[int, datetime] = field(default_factory=dict)
    pauses: dict[str, datetime] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def snapshot(self) -> dict[str, dict[Any, Any]]:
        return {table.name: dict(getattr(self, table.name)) for table in fields(self)}

    def restore(self, snapshot: dict[str, dict[Any, Any]]) -> None:
        for name, rows in snapshot.items():
            table = getattr(self, name)
            table.clear()
            table.update(rows)

    def is_hidden(self, patient_id: int) -> bool:
        """Of a batch that is not live."""
        batch = self.batch_of.get(patient_id)
        return batch is not None and self.batches[batch].live_at is None

    def next_id(self, table: str) -> int:
        self.ids[table] = self.ids.get(table, 0) + 1
        return self.ids[table]


def kept(value: T) -> T:
    """The value as a database would take it: it refuses an instant without a zone."""
    for name, content in vars(value).items():
        if isinstance(content, datetime) and content.tzinfo is None:
            raise ValueError(f"{name} has no zone")
    return value


def found(table: dict[int, T], row_id: int) -> T:
    if row_id not in table:
        raise NotRemembered(row_id)
    return table[row_id]


def refer(table: dict[int, Any], row_id: int | None) -> None:
    """A row may only point at a row that exists; a database refuses it too."""
    if row_id is not None and row_id not in table:
        raise ValueError(f"nothing has the id {row_id}")

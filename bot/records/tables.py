"""The tables: codes, ids, states and times in the clear, everything a person said or is called sealed."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.records.sealed import SealedText

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""An id that was once given stays that row's, also after it was deleted."""


def partial(name: str, first: str, *others: str) -> Index:
    """An index of the rows whose first column is set, small however long the table grows.

    So too on PostgreSQL, whose migrations say it: said here, all of its dialect would be loaded for SQLite as well.
    """
    return Index(name, first, *others, sqlite_where=text(f"{first} IS NOT NULL"))


class Row(SQLModel):
    """Tables are only ever spoken of as SQL: what would check a row's values need not be made at each start."""

    model_config: ClassVar[Any] = {"defer_build": True}


class Mark(Row, table=True):
    """One standing value each: the last patient code, the audit's head, the channel's pause, the key's proof."""

    __tablename__ = "mark"
    name: str = Field(primary_key=True, sa_type=Text)
    number: int = Field(sa_type=BigInteger)
    words: str = Field(sa_type=Text)
    until: datetime | None = None


class InboxRow(Row, table=True):
    __tablename__ = "inbox"
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    turn: str = Field(sa_type=Text)
    raw: str = Field(sa_type=SealedText)
    state: str = Field(sa_type=Text, index=True)
    tries: int
    received_at: datetime | None = None
    done_at: datetime | None = None


class BatchRow(Row, table=True):
    """Patients enrolled from one file; nobody sees them before `live_at`."""

    __tablename__ = "batch"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    file_hash: str = Field(sa_type=Text)
    begun_at: datetime
    """Or added to last, in machine time: whether somebody is still at work on it."""
    live_at: datetime | None


class PatientRow(Row, table=True):
    __tablename__ = "patient"
    __table_args__: ClassVar[Any] = (partial("ix_patient_batch", "batch"), NEVER_REUSED)
    id: int | None = Field(primary_key=True)
    code: str = Field(sa_type=Text, unique=True)
    first_name: str = Field(sa_type=SealedText)
    first_name_hash: str = Field(sa_type=Text, index=True)
    ref: str = Field(sa_type=SealedText)
    ref_hash: str | None = Field(sa_type=Text, index=True)
    phone: str = Field(sa_type=SealedText)
    born: str = Field(sa_type=SealedText)
    language: str = Field(sa_type=Text)
    zone: str = Field(sa_type=Text)
    country: str = Field(sa_type=Text)
    morning: time
    evening: time
    created_at: datetime
    chat: int | None = Field(sa_type=BigInteger, index=True)
    thread: int | None = Field(sa_type=BigInteger)
    channel: str | None = Field(sa_type=Text)
    consent_at: datetime | None
    consent_version: str | None = Field(sa_type=Text)
    consent_language: str | None = Field(sa_type=Text)
    consent_photos: bool
    paused_until: date | None
    stopped_at: datetime | None
    unreachable_since: datetime | None
    test: bool
    deletion_asked_at: datetime | None
    no_telegram_at: datetime | None
    batch: int | None


class EnrolmentRow(Row, table=True):
    __tablename__ = "enrolment"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    treatment: str = Field(sa_type=Text)
    also: str = Field(sa_type=Text)
    surface: str = Field(sa_type=Text)
    surface_confirmed: bool
    area: str = Field(sa_type=Text)
    session_on: date | None
    ended: time
    next_on: date | None
    next_at: time | None
    status: str = Field(sa_type=Text, index=True)
    closed_at: datetime | None
    provisional: bool
    health: str = Field(sa_type=SealedText)
    overrides: str = Field(sa_type=SealedText)
    kept_timings: str = Field(sa_type=Text)
    created_at: datetime
    created_by: int = Field(sa_type=BigInteger)


class InvitationRow(Row, table=True):
    __tablename__ = "invitation"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    token_hash: str = Field(sa_type=Text, unique=True)
    code_hash: str = Field(sa_type=Text, index=True)
    expires_at: datetime
    used_at: datetime | None
    used_by: int | None = Field(sa_type=BigInteger)
    revoked_at: datetime | None


class RejectionRow(Row, table=True):
    """A bad token; whose, only as a keyed hash, and only for an hour."""

    __tablename__ = "rejection"
    __table_args__: ClassVar[Any] = (Index("ix_rejection_chat_hash_at", "chat_hash", "at"),)
    id: int | None = Field(primary_key=True)
    chat_hash: str = Field(sa_type=Text)
    at: datetime = Field(index=True)


class MemberRow(Row, table=True):
    __tablename__ = "member"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    account: int = Field(sa_type=BigInteger, unique=True)
    name: str = Field(sa_type=SealedText)
    role: str = Field(sa_type=Text)
    added_at: datetime
    tested_at: datetime | None


class StaffLinkRow(Row, table=True):
    """A link to the team; the name is that of a colleague."""

    __tablename__ = "staff_link"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    role: str = Field(sa_type=Text)
    name: str = Field(sa_type=SealedText)
    token_hash: str = Field(sa_type=Text, unique=True)
    made_by: int = Field(sa_type=BigInteger)
    expires_at: datetime
    shown_in: int | None = Field(foreign_key="delivery.id")
    used_at: datetime | None
    used_by: int | None = Field(sa_type=BigInteger)
    revoked_at: datetime | None


class DeskRow(Row, table=True):
    """At most one row: the group that is the staff chat."""

    __tablename__ = "desk"
    id: int = Field(primary_key=True)
    chat: int = Field(sa_type=BigInteger)
    thread: int | None = Field(sa_type=BigInteger)
    channel: str = Field(sa_type=Text)
    title: str = Field(sa_type=SealedText)
    is_forum: bool
    set_by: int = Field(sa_type=BigInteger)
    set_at: datetime
    tested_at: datetime | None


class GuestRow(Row, table=True):
    """Somebody in the staff's group who is not on the team."""

    __tablename__ = "guest"
    chat: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    account: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=SealedText)
    joined_at: datetime
    decided_by: int | None = Field(sa_type=BigInteger)
    stays: bool


class ThreadRow(Row, table=True):
    """A patient's own topic in the desk's forum."""

    __tablename__ = "thread"
    patient_id: int = Field(primary_key=True, foreign_key="patient.id", sa_column_kwargs={"autoincrement": False})
    chat: int = Field(sa_type=BigInteger, index=True)
    opening: int = Field(foreign_key="delivery.id", index=True)
    thread: int | None = Field(sa_type=BigInteger)
    shown: int
    summary: int | None = Field(foreign_key="delivery.id")
    summed_at: datetime | None
    closed: bool


class ShiftRow(Row, table=True):
    """A stretch of time for which somebody, or nobody, is on call."""

    __tablename__ = "shift"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    account: int | None = Field(sa_type=BigInteger)
    since: datetime
    until: datetime


class TurnRow(Row, table=True):
    """From when in each week somebody, or nobody, is on call."""

    __tablename__ = "turn"
    weekday: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: time = Field(primary_key=True)
    account: int | None = Field(sa_type=BigInteger)


class HoldRow(Row, table=True):
    """Planned messages that wait: a step's, or everybody's where both are empty."""

    __tablename__ = "hold"
    treatment: str = Field(primary_key=True, sa_type=Text)
    step: str = Field(primary_key=True, sa_type=Text)
    by: int = Field(sa_type=BigInteger)
    at: datetime


class DrillRow(Row, table=True):
    """A practice alert; `running` is 1 while it runs and NULL afterwards: there is one at most."""

    __tablename__ = "drill"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    running: int | None = Field(unique=True)
    begun_at: datetime
    begun_by: int = Field(sa_type=BigInteger)
    chat: int = Field(sa_type=BigInteger)
    rows: str = Field(sa_type=Text)
    ended_at: datetime | None
    taken_by: int | None = Field(sa_type=BigInteger)


class DigestRow(Row, table=True):
    """At most one row: the hour that an admin chose, the last day that had its digest, and its look before closing."""

    __tablename__ = "digest"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hour: time | None
    is_off: bool
    told_on: date | None
    told_at: datetime | None
    closing_told_on: date | None


class ClaimRow(Row, table=True):
    """The one-time code that makes the first admin."""

    __tablename__ = "claim"
    code_hash: str = Field(primary_key=True, sa_type=Text)
    expires_at: datetime
    used_at: datetime | None


class EscalationRow(Row, table=True):
    __tablename__ = "escalation"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    patient_id: int | None = Field(foreign_key="patient.id", index=True)
    enrolment_id: int | None = Field(foreign_key="enrolment.id")
    level: str | None = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    words: str = Field(sa_type=SealedText)
    told: str = Field(sa_type=SealedText)
    confirmed: bool
    state: str = Field(sa_type=Text, index=True)
    owner: int | None = Field(sa_type=BigInteger)
    opened_at: datetime
    acknowledged_at: datetime | None
    called_at: datetime | None
    promised_at: datetime | None
    private_since: datetime | None
    closed_at: datetime | None
    closing: str | None = Field(sa_type=Text)
    note: str = Field(sa_type=SealedText)
    told_with: int | None


class EntryRow(Row, table=True):
    __tablename__ = "entry"
    __table_args__: ClassVar[Any] = (
        Index("ix_entry_message", "chat", "message_id"),
        Index("ix_entry_heard", "heard"),
        NEVER_REUSED,
    )
    id: int | None = Field(primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    at: datetime
    heard: str = Field(sa_type=Text)
    words: str = Field(sa_type=SealedText)
    chat: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    topic: str = Field(sa_type=Text)
    file: str | None = Field(sa_type=SealedText)


class AnswerRow(Row, table=True):
    __tablename__ = "answer"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("enrolment_id", "step", "ask", name="uq_answer_ask"),
        NEVER_REUSED,
    )
    id: int | None = Field(primary_key=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    enrolment_id: int = Field(foreign_key="enrolment.id")
    step: str = Field(sa_type=Text)
    ask: str = Field(sa_type=Text)
    value: str = Field(sa_type=SealedText)
    at: datetime
    day: int


class FlowRow(Row, table=True):
    __tablename__ = "flow"
    chat: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    person: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(sa_type=Text)
    data: str = Field(sa_type=SealedText)
    expires_at: datetime


class AuditRow(Row, table=True):
    """`chain` is a keyed hash over this row and the chain of the row before."""

    __tablename__ = "audit"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str = Field(sa_type=Text)
    deed: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    detail: str = Field(sa_type=SealedText)
    chain: str = Field(sa_type=Text)


class UnansweredRow(Row, table=True):
    """A message that no answer met: whose it was is in it only as a keyed hash."""

    __tablename__ = "unanswered"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    words: str = Field(sa_type=SealedText)
    language: str = Field(sa_type=Text)
    heard_on: date = Field(index=True)
    treatment: str = Field(sa_type=Text)
    day: int | None
    answered: str = Field(sa_type=Text)
    near: str = Field(sa_type=Text)
    chosen: str = Field(sa_type=Text)
    kin: int
    filing: int = Field(index=True)
    whose: str = Field(sa_type=Text, index=True)


class FilingRow(Row, table=True):
    __tablename__ = "filing"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    language: str = Field(sa_type=Text)
    target: str = Field(sa_type=Text)
    words: str = Field(sa_type=SealedText)
    kin: int
    state: str = Field(sa_type=Text, index=True)
    by: int = Field(sa_type=BigInteger)
    chat: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    at: datetime
    print: str = Field(sa_type=Text)
    told: str = Field(sa_type=SealedText)
    clinical: bool
    claimed_until: datetime | None


class RevisionRow(Row, table=True):
    """A change of a content file that went live; words of the clinic, nobody's own."""

    __tablename__ = "revision"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    at: datetime
    by: int = Field(sa_type=BigInteger)
    why: str = Field(sa_type=Text)
    file: str = Field(sa_type=Text, index=True)
    rewordings: str = Field(sa_type=Text)
    old: str | None = Field(sa_type=Text)
    new: str | None = Field(sa_type=Text)
    old_print: str = Field(sa_type=Text)
    new_print: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)
    published_by: int = Field(sa_type=BigInteger)


class DraftRow(Row, table=True):
    """New words on their way; whoever writes them may name somebody by mistake."""

    __tablename__ = "draft"
    __table_args__: ClassVar[Any] = (NEVER_REUSED,)
    id: int | None = Field(primary_key=True)
    item: str = Field(sa_type=Text)
    file: str = Field(sa_type=Text)
    words: str = Field(sa_type=SealedText)
    before: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text, index=True)
    by: int = Field(sa_type=BigInteger)
    chat: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    shown: int
    at: datetime
    undoes: int
    print: str = Field(sa_type=Text)
    told: str = Field(sa_type=SealedText)
    clinical: bool
    sample: str = Field(sa_type=Text)
    asked_chat: int = Field(sa_type=BigInteger)
    asked_message: int = Field(sa_type=BigInteger)
    published_by: int = Field(sa_type=BigInteger)
    claimed_until: datetime | None


def table(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements."""
    return SQLModel.metadata.tables[str(model.__tablename__)]

"""The outbox's tables: what is due, every try at it, and the buttons that hang under it."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, SmallInteger, Text, UniqueConstraint
from sqlmodel import Field

from bot.records.sealed import SealedText
from bot.records.tables import NEVER_REUSED, Row, partial


class DeliveryRow(Row, table=True):
    """`open_lane` is the lane's rank while the row is unfinished and NULL afterwards: its indexes stay small."""

    __tablename__ = "delivery"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("enrolment_id", "step", "occurrence", name="uq_delivery_occurrence"),
        partial("ix_delivery_open", "open_lane", "due_at", "id"),
        partial("ix_delivery_line", "open_lane", "chat", "due_at", "id"),
        partial("ix_delivery_lease", "lease_until"),
        Index("ix_delivery_message", "chat", "message_id"),
        Index("ix_delivery_state", "state", "id"),
        Index("ix_delivery_sent", "patient_id", "sent_at"),
        NEVER_REUSED,
    )
    id: int | None = Field(primary_key=True)
    lane: str = Field(sa_type=Text)
    open_lane: int | None = Field(sa_type=SmallInteger)
    chat: int = Field(sa_type=BigInteger)
    thread: int | None = Field(sa_type=BigInteger)
    channel: str = Field(sa_type=Text)
    due_at: datetime
    useful_until: datetime | None
    act: str | None = Field(sa_type=SealedText)
    state: str = Field(sa_type=Text)
    after: int | None = Field(foreign_key="delivery.id")
    patient_id: int | None = Field(foreign_key="patient.id", index=True)
    enrolment_id: int | None = Field(foreign_key="enrolment.id")
    step: str | None = Field(sa_type=Text)
    occurrence: str | None = Field(sa_type=Text)
    escalation_id: int | None = Field(foreign_key="escalation.id", index=True)
    purpose: str = Field(sa_type=Text)
    unasked: bool
    attempts: int
    ambiguous: int
    attempt_id: str = Field(sa_type=Text)
    departed: bool
    lease_until: datetime | None
    retry_at: datetime | None
    message_id: int | None = Field(sa_type=BigInteger)
    sent_at: datetime | None
    ended_at: datetime | None
    reason: str = Field(sa_type=SealedText)
    content_hash: str = Field(sa_type=Text)
    rendered_on: str = Field(sa_type=Text)


class AttemptRow(Row, table=True):
    """One try at a delivery, in machine time; committed before the first byte leaves."""

    __tablename__ = "attempt"
    __table_args__: ClassVar[Any] = (Index("ix_attempt_message", "chat", "message_id"),)
    id: str = Field(primary_key=True, sa_type=Text)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    chat: int = Field(sa_type=BigInteger)
    alert: bool
    started_at: datetime = Field(index=True)
    finished_at: datetime | None
    outcome: str | None = Field(sa_type=Text)
    message_id: int | None = Field(sa_type=BigInteger)
    thread: int | None = Field(sa_type=BigInteger)


class TapRow(Row, table=True):
    __tablename__ = "tap"
    token: str = Field(primary_key=True, sa_type=Text)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    chat: int = Field(sa_type=BigInteger)
    deed: str = Field(sa_type=Text)
    args: str = Field(sa_type=SealedText)
    label: str = Field(sa_type=SealedText)
    used_at: datetime | None

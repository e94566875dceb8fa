"""Who is cared for, who cares, and where each can be reached."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo


class Role(StrEnum):
    """What a member of the care team may do; each role is named, none is implied by a group."""

    ADMIN = "admin"
    CLINICIAN = "clinician"
    RECEPTION = "reception"


@dataclass(frozen=True)
class Contact:
    """A chat on a channel; `thread` is a forum topic inside it."""

    chat: int
    thread: int | None = None
    channel: str = "telegram"

    @property
    def is_group(self) -> bool:
        # Telegram numbers people upwards from one and groups downwards from minus one.
        return self.chat < 0


@dataclass(frozen=True)
class Consent:
    """What a person agreed to, and exactly which words they had read."""

    at: datetime
    version: str
    language: str
    photos: bool = False


@dataclass(frozen=True)
class Patient:
    """A person in the clinic's care; `contact` is empty until their link was opened and consent given."""

    code: str
    first_name: str
    language: str
    zone: ZoneInfo
    country: str
    created_at: datetime
    id: int = 0
    morning: time = time(9, 30)
    evening: time = time(18, 0)
    ref: str = ""
    phone: str = ""
    born: int | None = None
    """Year of birth."""
    contact: Contact | None = None
    consent: Consent | None = None
    paused_until: date | None = None
    stopped_at: datetime | None = None
    unreachable_since: datetime | None = None
    test: bool = False
    deletion_asked_at: datetime | None = None
    no_telegram_at: datetime | None = None
    """When staff said that they have none: until they connect after all, check-ins are phone calls."""

    @property
    def may_be_written_to(self) -> bool:
        """Nothing unasked is sent without consent, after STOP, or before a contact is known."""
        return self.contact is not None and self.consent is not None and self.stopped_at is None

    def agree(self, contact: Contact, consent: Consent) -> Self:
        return replace(
            self, contact=contact, consent=consent, stopped_at=None, unreachable_since=None, no_telegram_at=None
        )

    def stop(self, *, at: datetime) -> Self:
        return replace(self, stopped_at=at, paused_until=None)

    def resume(self) -> Self:
        return replace(self, stopped_at=None, paused_until=None)


@dataclass(frozen=True)
class Member:
    """Somebody of the care team, known by the numeric id of a real account, never by a group's rights."""

    account: int
    name: str
    role: Role
    added_at: datetime
    tested_at: datetime | None = None
    id: int = 0

    @property
    def contact(self) -> Contact:
        # a private chat has the number of the account it is with
        return Contact(self.account)

    @property
    def reachable(self) -> bool:
        """A private test alert has arrived."""
        return self.tested_at is not None


@dataclass(frozen=True)
class Desk:
    """The group that is the clinic's staff chat."""

    contact: Contact
    title: str
    is_forum: bool
    set_by: int
    set_at: datetime
    tested_at: datetime | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody who joined the staff's group and is not on the team."""

    chat: int
    account: int
    name: str
    joined_at: datetime
    decided_by: int | None = None
    """The admin who decided about them; until somebody does, nothing of patients is said there."""
    stays: bool = False
    """They were allowed to; else they are to be taken out."""

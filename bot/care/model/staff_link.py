"""A one-time link with which a colleague joins the team."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.people import Role


@dataclass(frozen=True)
class StaffLink:
    """Only the keyed hash of its token is stored."""

    role: Role
    token_hash: str
    made_by: int
    """The account of the admin."""
    expires_at: datetime
    name: str = ""
    """Whom it was made for, if that was said."""
    id: int = 0
    shown_in: int | None = None
    """The delivery that shows it."""
    used_at: datetime | None = None
    used_by: int | None = None
    revoked_at: datetime | None = None

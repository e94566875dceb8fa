"""Who works here, who is on call, what is held."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Protocol

from bot.care.model.drill import Drill
from bot.care.model.hold import Hold
from bot.care.model.on_call import Shift, Turn
from bot.care.model.people import Desk, Guest, Member
from bot.care.model.staff_link import StaffLink


class Team(Protocol):
    def add(self, member: Member) -> Member: ...

    def save(self, member: Member) -> None: ...

    def remove(self, account: int) -> None: ...

    def member(self, account: int) -> Member | None: ...

    def members(self) -> Sequence[Member]: ...

    def hold_admins(self) -> Sequence[Member]:
        """Nobody else changes who is an admin until the commit."""
        ...

    def desk(self) -> Desk | None: ...

    def set_desk(self, desk: Desk) -> None: ...

    def guests(self, chat: int) -> Sequence[Guest]:
        """Who joined this group and is not known to have left it, oldest first."""
        ...

    def greet(self, guest: Guest) -> bool:
        """True for exactly one caller until they are forgotten: several updates tell of one arrival."""
        ...

    def decide(self, guest: Guest) -> bool:
        """Keeps who decided what; False when somebody was quicker, or they are gone."""
        ...

    def undecide(self, chat: int, account: int) -> None:
        """What was decided could not be done."""
        ...

    def forget_guest(self, chat: int, account: int) -> bool:
        """False when there was none."""
        ...

    def add_claim(self, code_hash: str, *, expires_at: datetime) -> None:
        """Machine time; replaces an earlier code."""
        ...

    def use_claim(self, code_hash: str, *, at: datetime) -> bool:
        """True for exactly one caller, while there is no admin."""
        ...


class OnCall(Protocol):
    """Who is on call when; whoever left the team is nobody."""

    def add(self, shift: Shift) -> Shift: ...

    def remove(self, shift_id: int) -> bool:
        """As if it had never been taken; False when it is gone."""
        ...

    def shifts(self, *, at: datetime) -> Sequence[Shift]:
        """Those that are not over by then, oldest first."""
        ...

    def turns(self) -> Sequence[Turn]:
        """In the order of the week."""
        ...

    def put(self, turn: Turn) -> None:
        """In the place of another one at this very hour."""
        ...

    def drop(self, weekday: int, at: time) -> None: ...

    def is_kept(self) -> bool:
        """Anything was ever entered, and not cleared."""
        ...

    def forget(self, account: int) -> None:
        """In their place there is nobody."""
        ...

    def clear(self) -> None: ...


class Drills(Protocol):
    """Practice alerts, at most one at a time."""

    def begin(self, drill: Drill) -> Drill | None:
        """With its id; None while another one runs."""
        ...

    def went_out(self, drill: Drill) -> None:
        """Keeps its rows."""
        ...

    def running(self) -> Drill | None: ...

    def end(self, drill: Drill) -> bool:
        """One conditional UPDATE: True for exactly one caller."""
        ...


class Holds(Protocol):
    """Planned messages that wait until somebody lets them go."""

    def all(self) -> Sequence[Hold]: ...

    def put(self, hold: Hold) -> bool:
        """False where it is on hold already."""
        ...

    def lift(self, treatment: str, step: str) -> bool: ...


class StaffLinks(Protocol):
    """One-time links to the team."""

    def add(self, link: StaffLink) -> StaffLink: ...

    def show_in(self, link_id: int, delivery_id: int) -> None: ...

    def find(self, token_hash: str) -> StaffLink | None: ...

    def get(self, link_id: int) -> StaffLink: ...

    def open(self, *, at: datetime) -> Sequence[StaffLink]:
        """Neither used nor taken back nor too old, oldest first."""
        ...

    def use(self, link_id: int, *, by: int, at: datetime) -> bool:
        """One conditional UPDATE: True for exactly one caller, while it is open."""
        ...

    def revoke(self, link_id: int, *, at: datetime) -> bool:
        """False when it was not open any more."""
        ...

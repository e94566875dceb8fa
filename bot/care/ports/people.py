"""Whom we remember: patients, their enrolments, the links to them, files of many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol, Self

from bot.care.model.enrolment import Enrolment
from bot.care.model.inbound import Invitation
from bot.care.model.people import Patient


class Patients(Protocol):
    def add(self, patient: Patient) -> Patient:
        """Returned with its id and, where `code` is empty, the next short code (`A-17`)."""
        ...

    def save(self, patient: Patient) -> None: ...

    def get(self, patient_id: int) -> Patient: ...

    def by_code(self, code: str) -> Patient | None: ...

    def by_chat(self, chat: int) -> Patient | None: ...

    def by_ref(self, ref: str) -> Patient | None: ...

    def with_refs(self, refs: Sequence[str]) -> Sequence[Patient]:
        """All of them in one go, oldest first."""
        ...

    def named(self, first_name: str) -> Sequence[Patient]:
        """Exact first name, any case (blind index)."""
        ...

    def unconnected(self, *, since: datetime, until: datetime) -> Sequence[Patient]:
        """Whose running enrolment was begun from `since` on and before `until`, who has not agreed, and of whom nobody
        said that they have no Telegram; oldest first."""
        ...


@dataclass(frozen=True)
class Newcomer:
    """All that one row of a file adds."""

    patient: Patient
    enrolment: Enrolment
    invitation: Invitation

    def of(self, patient: Patient) -> Self:
        """Once the patient has an id."""
        enrolment = replace(self.enrolment, patient_id=patient.id)
        return replace(
            self, patient=patient, enrolment=enrolment, invitation=replace(self.invitation, patient_id=patient.id)
        )


class Batches(Protocol):
    """Patients enrolled from one file: added in many short deeds, hidden from every look-up until one flag is set."""

    def begin(self, file_hash: str, *, rested: timedelta) -> int | None:
        """None while somebody is at work on this very file: added to it less than `rested` ago (machine time)."""
        ...

    def left_over(self, *, rested: timedelta) -> Sequence[int]:
        """Batches that never went live, and to which nobody has added for so long (machine time)."""
        ...

    def add(self, batch: int, newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
        """With their ids and codes; raises `NotRemembered` once the batch is live, given up or gone."""
        ...

    def give_up(self, batch: int) -> None:
        """Nobody is at work on it any more, and it never goes live."""
        ...

    def clear(self, batch: int, *, most: int) -> bool:
        """Give it up, and forget up to so many of its hidden patients, with all that was added for them, at last the
        batch itself; True while there are more."""
        ...

    def first_unseen(self) -> int:
        """From this patient on, by number, there may be some whom nobody sees yet."""
        ...

    def seen(self, *, since: int) -> Sequence[Patient]:
        """Patients from that number on whom everybody sees; until the commit nobody joins them."""
        ...

    def go_live(self, batch: int, *, at: datetime) -> bool:
        """The flag: all of them are there at once. True for exactly one caller."""
        ...


class Enrolments(Protocol):
    def add(self, enrolment: Enrolment) -> Enrolment: ...

    def save(self, enrolment: Enrolment) -> None: ...

    def get(self, enrolment_id: int) -> Enrolment: ...

    def course(self, patient_id: int) -> Sequence[Enrolment]:
        """All of a patient's enrolments, oldest first."""
        ...

    def current(self, patient_id: int) -> Enrolment | None:
        """The newest that is booked or active."""
        ...

    def running(self) -> Sequence[Enrolment]:
        """Every booked or active one."""
        ...

    def awaiting(self, *, until: date) -> Sequence[Enrolment]:
        """Booked or active ones whose next session is planned for this day or earlier, or whose day 0 is provisional;
        oldest first."""
        ...


class Invitations(Protocol):
    def add(self, invitation: Invitation) -> Invitation: ...

    def find(self, keyed_hash: str) -> Invitation | None:
        """By token hash or code hash."""
        ...

    def redeem(self, invitation_id: int, *, by: int, at: datetime) -> bool:
        """One conditional UPDATE: True for exactly one caller, before it expires and unless revoked."""
        ...

    def revoke_all(self, patient_id: int, *, at: datetime) -> None: ...

    def latest(self, patient_id: int) -> Invitation | None: ...

    def rejected(self, chat: int, *, at: datetime) -> int:
        """Counts a bad token and says how many this chat tried within the last hour."""
        ...

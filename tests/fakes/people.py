"""Patients, their enrolments and invitations, and the team, in memory."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.inbound import Invitation
from bot.care.model.people import Desk, Guest, Member, Patient, Role
from bot.care.model.staff_link import StaffLink
from bot.care.ports.people import Newcomer
from bot.care.ports.records import NotRemembered
from tests.fakes.memory import Batch, Claim, Machine, Memory, found, kept, refer

GIVEN_UP = datetime(1970, 1, 1, tzinfo=UTC)
RUNNING = (EnrolmentStatus.BOOKED, EnrolmentStatus.ACTIVE)


@dataclass(frozen=True)
class FakePatients:
    memory: Memory

    def add(self, patient: Patient) -> Patient:
        code = patient.code or self._next_code()
        if self._is_taken(code):
            raise ValueError("code is taken")
        added = replace(patient, id=self.memory.next_id("patients"), code=code)
        self.memory.patients[added.id] = kept(added)
        return added

    def save(self, patient: Patient) -> None:
        found(self.memory.patients, patient.id)
        self.memory.patients[patient.id] = kept(patient)

    def get(self, patient_id: int) -> Patient:
        return found(self.memory.patients, patient_id)

    def by_code(self, code: str) -> Patient | None:
        return self._newest(lambda patient: patient.code == code.strip().upper())

    def by_chat(self, chat: int) -> Patient | None:
        return self._newest(lambda patient: patient.contact is not None and patient.contact.chat == chat)

    def by_ref(self, ref: str) -> Patient | None:
        return self._newest(lambda patient: bool(_folded(ref)) and _folded(patient.ref) == _folded(ref))

    def with_refs(self, refs: Sequence[str]) -> Sequence[Patient]:
        wanted = {_folded(ref) for ref in refs} - {""}
        return [patient for patient in self._all() if _folded(patient.ref) in wanted]

    def named(self, first_name: str) -> Sequence[Patient]:
        return [patient for patient in self._all() if _folded(patient.first_name) == _folded(first_name)]

    def unconnected(self, *, since: datetime, until: datetime) -> Sequence[Patient]:
        mine = (one for one in self.memory.enrolments.values() if one.status in RUNNING)
        new = {one.patient_id for one in mine if since <= one.created_at < until}
        return [one for one in self._all() if one.id in new and one.consent is None and one.no_telegram_at is None]

    def _all(self) -> Sequence[Patient]:
        shown = (patient for patient in self.memory.patients.values() if not self.memory.is_hidden(patient.id))
        return sorted(shown, key=lambda patient: patient.id)

    def _newest(self, wanted: Callable[[Patient], bool]) -> Patient | None:
        return next((patient for patient in reversed(self._all()) if wanted(patient)), None)

    def _next_code(self) -> str:
        while True:
            number = self.memory.codes.get("patient", 0)
            self.memory.codes["patient"] = number + 1
            code = f"{'ABCDEFGHJKLMNPQRSTUVWXYZ'[number // 99]}-{number % 99 + 1}"
            if not self._is_taken(code):
                return code

    def _is_taken(self, code: str) -> bool:
        return any(patient.code == code for patient in self.memory.patients.values())


@dataclass(frozen=True)
class FakeBatches:
    memory: Memory
    machine: Machine

    def begin(self, file_hash: str, *, rested: timedelta) -> int | None:
        old = self.left_over(rested=rested)
        hidden = [number for number, batch in self.memory.batches.items() if batch.live_at is None]
        if any(self.memory.batches[one].file_hash == file_hash for one in hidden if one not in old):
            return None
        batch = self.memory.next_id("batches")
        self.memory.batches[batch] = kept(Batch(file_hash, self.machine.now()))
        return batch

    def left_over(self, *, rested: timedelta) -> Sequence[int]:
        before = self.machine.now() - rested
        return [one for one, batch in self.memory.batches.items() if batch.live_at is None and batch.begun_at <= before]

    def add(self, batch: int, newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
        if not self._is_open(batch):
            raise NotRemembered(batch)
        self._touch(batch, self.machine.now())
        return [self._added(batch, one) for one in newcomers]

    def give_up(self, batch: int) -> None:
        if self._is_open(batch):
            self._touch(batch, GIVEN_UP)

    def clear(self, batch: int, *, most: int) -> bool:
        self.give_up(batch)
        if batch not in self.memory.batches or self.memory.batches[batch].live_at is not None:
            return False
        some = [patient for patient, of in self.memory.batch_of.items() if of == batch][:most]
        for patient in some:
            self._forget(patient)
        if not some:
            del self.memory.batches[batch]
        return bool(some)

    def first_unseen(self) -> int:
        hidden = [one for one in self.memory.patients if self.memory.is_hidden(one)]
        return min(hidden) if hidden else max(self.memory.patients, default=0) + 1

    def seen(self, *, since: int) -> Sequence[Patient]:
        return [patient for patient in FakePatients(self.memory)._all() if patient.id >= since]

    def go_live(self, batch: int, *, at: datetime) -> bool:
        if not self._is_open(batch):
            return False
        self.memory.batches[batch] = kept(replace(self.memory.batches[batch], live_at=at))
        return True

    def _is_open(self, batch: int) -> bool:
        its = self.memory.batches.get(batch)
        return its is not None and its.live_at is None and its.begun_at > GIVEN_UP

    def _touch(self, batch: int, at: datetime) -> None:
        self.memory.batches[batch] = kept(replace(self.memory.batches[batch], begun_at=at))

    def _added(self, batch: int, newcomer: Newcomer) -> Newcomer:
        patient = FakePatients(self.memory).add(newcomer.patient)
        self.memory.batch_of[patient.id] = batch
        named = newcomer.of(patient)
        enrolment = FakeEnrolments(self.memory).add(named.enrolment)
        return Newcomer(patient, enrolment, FakeInvitations(self.memory).add(named.invitation))

    def _forget(self, patient: int) -> None:
        for rows in (self.memory.enrolments, self.memory.invitations):
            for number in [number for number, row in rows.items() if row.patient_id == patient]:
                del rows[number]
        del self.memory.patients[patient], self.memory.batch_of[patient]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


@dataclass(frozen=True)
class FakeEnrolments:
    memory: Memory

    def add(self, enrolment: Enrolment) -> Enrolment:
        refer(self.memory.patients, enrolment.patient_id)
        added = replace(enrolment, id=self.memory.next_id("enrolments"))
        self.memory.enrolments[added.id] = kept(added)
        return added

    def save(self, enrolment: Enrolment) -> None:
        found(self.memory.enrolments, enrolment.id)
        refer(self.memory.patients, enrolment.patient_id)
        self.memory.enrolments[enrolment.id] = kept(enrolment)

    def get(self, enrolment_id: int) -> Enrolment:
        return found(self.memory.enrolments, enrolment_id)

    def course(self, patient_id: int) -> Sequence[Enrolment]:
        return [enrolment for enrolment in self._all() if enrolment.patient_id == patient_id]

    def current(self, patient_id: int) -> Enrolment | None:
        return next((one for one in reversed(self.course(patient_id)) if one.status in RUNNING), None)

    def running(self) -> Sequence[Enrolment]:
        running = [enrolment for enrolment in self._all() if enrolment.status in RUNNING]
        return [enrolment for enrolment in running if not self.memory.is_hidden(enrolment.patient_id)]

    def awaiting(self, *, until: date) -> Sequence[Enrolment]:
        return [one for one in self.running() if one.provisional or (one.next_on is not None and one.next_on <= until)]

    def _all(self) -> Sequence[Enrolment]:
        return sorted(self.memory.enrolments.values(), key=lambda enrolment: enrolment.id)


@dataclass(frozen=True)
class FakeInvitations:
    memory: Memory

    def add(self, invitation: Invitation) -> Invitation:
        refer(self.memory.patients, invitation.patient_id)
        if any(other.token_hash == invitation.token_hash for other in self.memory.invitations.values()):
            raise ValueError("token is taken")
        added = replace(invitation, id=self.memory.next_id("invitations"))
        self.memory.invitations[added.id] = kept(added)
        return added

    def find(self, keyed_hash: str) -> Invitation | None:
        shown = (one for one in self._newest_first() if not self.memory.is_hidden(one.patient_id))
        return next((one for one in shown if keyed_hash in (one.token_hash, one.code_hash)), None)

    def redeem(self, invitation_id: int, *, by: int, at: datetime) -> bool:
        one = self.memory.invitations.get(invitation_id)
        if one is None or one.used_at is not None or one.revoked_at is not None or one.expires_at <= at:
            return False
        self.memory.invitations[one.id] = kept(replace(one, used_at=at, used_by=by))
        return True

    def revoke_all(self, patient_id: int, *, at: datetime) -> None:
        for one in self._newest_first():
            if one.patient_id == patient_id and one.used_at is None and one.revoked_at is None:
                self.memory.invitations[one.id] = kept(replace(one, revoked_at=at))

    def latest(self, patient_id: int) -> Invitation | None:
        return next((one for one in self._newest_first() if one.patient_id == patient_id), None)

    def rejected(self, chat: int, *, at: datetime) -> int:
        self.memory.rejections[self.memory.next_id("rejections")] = (chat, at)
        since = at - timedelta(hours=1)
        return sum(1 for who, when in self.memory.rejections.values() if who == chat and since < when <= at)

    def _newest_first(self) -> list[Invitation]:
        return sorted(self.memory.invitations.values(), key=lambda one: -one.id)


@dataclass(frozen=True)
class FakeTeam:
    memory: Memory

    def add(self, member: Member) -> Member:
        if self.member(member.account) is not None:
            raise ValueError("account is a member already")
        added = replace(member, id=self.memory.next_id("members"))
        self.memory.members[added.account] = kept(added)
        return added

    def save(self, member: Member) -> None:
        held = self.member(member.account)
        if held is None:
            raise NotRemembered(member.account)
        self.memory.members[member.account] = kept(replace(member, id=held.id))

    def remove(self, account: int) -> None:
        self.memory.members.pop(account, None)

    def member(self, account: int) -> Member | None:
        return self.memory.members.get(account)

    def members(self) -> Sequence[Member]:
        return sorted(self.memory.members.values(), key=lambda member: member.id)

    def hold_admins(self) -> Sequence[Member]:
        return [member for member in self.members() if member.role is Role.ADMIN]

    def desk(self) -> Desk | None:
        return self.memory.desks.get(1)

    def set_desk(self, desk: Desk) -> None:
        self.memory.desks[1] = kept(desk)

    def guests(self, chat: int) -> Sequence[Guest]:
        here = (guest for guest in self.memory.guests.values() if guest.chat == chat)
        return sorted(here, key=lambda guest: (guest.joined_at, guest.account))

    def greet(self, guest: Guest) -> bool:
        if (guest.chat, guest.account) in self.memory.guests:
            return False
        self.memory.guests[guest.chat, guest.account] = kept(guest)
        return True

    def decide(self, guest: Guest) -> bool:
        held = self.memory.guests.get((guest.chat, guest.account))
        if held is None or held.decided_by is not None:
            return False
        self.memory.guests[guest.chat, guest.account] = replace(held, decided_by=guest.decided_by, stays=guest.stays)
        return True

    def undecide(self, chat: int, account: int) -> None:
        held = self.memory.guests.get((chat, account))
        if held is not None:
            self.memory.guests[chat, account] = replace(held, decided_by=None, stays=False)

    def forget_guest(self, chat: int, account: int) -> bool:
        return self.memory.guests.pop((chat, account), None) is not None

    def add_claim(self, code_hash: str, *, expires_at: datetime) -> None:
        self.memory.claims.clear()
        self.memory.claims[code_hash] = kept(Claim(code_hash, expires_at))

    def use_claim(self, code_hash: str, *, at: datetime) -> bool:
        claim = self.memory.claims.get(code_hash)
        if claim is None or claim.used_at is not None or claim.expires_at <= at:
            return False
        if any(member.role is Role.ADMIN for member in self.members()):
            return False
        self.memory.claims[code_hash] = kept(replace(claim, used_at=at))
        return True


@dataclass
class FakeStaffLinks:
    memory: Memory

    def add(self, link: StaffLink) -> StaffLink:
        if self.find(link.token_hash) is not None:
            raise ValueError("token hash is not unique")
        added = kept(replace(link, id=self.memory.next_id("staff_links")))
        self.memory.staff_links[added.id] = added
        return added

    def show_in(self, link_id: int, delivery_id: int) -> None:
        refer(self.memory.deliveries, delivery_id)
        self.memory.staff_links[link_id] = replace(self.get(link_id), shown_in=delivery_id)

    def find(self, token_hash: str) -> StaffLink | None:
        return next((link for link in self.memory.staff_links.values() if link.token_hash == token_hash), None)

    def get(self, link_id: int) -> StaffLink:
        return found(self.memory.staff_links, link_id)

    def open(self, *, at: datetime) -> Sequence[StaffLink]:
        return [link for link in self.memory.staff_links.values() if _is_open(link, at=at)]

    def use(self, link_id: int, *, by: int, at: datetime) -> bool:
        return self._end(link_id, at=at, used_at=at, used_by=by)

    def revoke(self, link_id: int, *, at: datetime) -> bool:
        return self._end(link_id, at=at, revoked_at=at)

    def _end(self, link_id: int, *, at: datetime, **how: Any) -> bool:  # noqa: ANN401
        link = self.memory.staff_links.get(link_id)
        if link is None or not _is_open(link, at=at):
            return False
        self.memory.staff_links[link_id] = replace(link, **how)
        return True


def _is_open(link: StaffLink, *, at: datetime) -> bool:
    return link.used_at is None and link.revoked_at is None and link.expires_at > at

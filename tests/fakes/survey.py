"""Looks at the whole clinic, and the digest's days, in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.care.model.delivery import UNHEARD, Delivery, DeliveryState
from bot.care.model.digest import DigestWish
from bot.care.model.enrolment import EnrolmentStatus, Surface
from bot.care.model.in_use import InUse
from bot.care.model.inbound import BY_STAFF, InboxState
from bot.care.model.people import Patient
from bot.care.model.survey import Alerted, Given, Joined, PlanRow, StepRow
from tests.fakes.memory import Memory, kept
from tests.fakes.people import RUNNING

DROPPED = (DeliveryState.FAILED, DeliveryState.EXPIRED)


@dataclass(frozen=True)
class FakeDigests:
    memory: Memory

    def wish(self) -> DigestWish:
        return self.memory.digests.get(1, DigestWish())

    def keep(self, wish: DigestWish) -> None:
        self.memory.digests[1] = replace(self.wish(), hour=wish.hour, is_off=wish.is_off)

    def claim(self, day: date, *, at: datetime) -> bool:
        if self.wish().is_told(day):
            return False
        self.memory.digests[1] = kept(replace(self.wish(), told_on=day, told_at=at))
        return True

    def claim_closing(self, day: date) -> bool:
        told = self.wish().closing_told_on
        if told is not None and told >= day:
            return False
        self.memory.digests[1] = kept(replace(self.wish(), closing_told_on=day))
        return True


@dataclass(frozen=True)
class FakeSurvey:
    memory: Memory

    def people(self) -> Mapping[int, Patient]:
        cared_for = {one.patient_id for one in self.memory.enrolments.values() if one.status in RUNNING}
        return {number: self.memory.patients[number] for number in sorted(cared_for)}

    def planned(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        rows = (row for row in self._deliveries() if row.state not in UNHEARD)
        return _plan(row for row in rows if since <= row.due_at < until)

    def sent(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        rows = (row for row in self._deliveries() if row.state is DeliveryState.SENT)
        return _plan(row for row in rows if row.sent_at is not None and since <= row.sent_at < until)

    def of_steps(self, steps: Collection[str]) -> Sequence[StepRow]:
        return [
            StepRow(enrolment.patient_id, enrolment.id, row.step, row.due_at, row.state, row.sent_at)
            for row in sorted(self._deliveries(), key=lambda row: row.id)
            if row.step in steps and (enrolment := self.memory.enrolments[row.enrolment_id or 0]).status in RUNNING
        ]

    def coming(self, steps: Collection[str], *, limit: int) -> Sequence[StepRow]:
        rows = (row for row in self.of_steps(steps) if not row.state.final)
        return sorted(rows, key=lambda row: row.due_at)[:limit]

    def in_use(self) -> Sequence[InUse]:
        people: dict[tuple[tuple[str, ...], Surface, str], set[int]] = defaultdict(set)
        for one in (one for one in self.memory.enrolments.values() if one.status in RUNNING):
            to_come = {row.step for row in self._deliveries() if row.enrolment_id == one.id and not row.state.final}
            for step in {"", *(step for step in to_come if step)}:
                people[one.treatments, one.surface, step].add(one.patient_id)
        return [InUse(these, step, len(found), surface) for (these, surface, step), found in people.items()]

    def answers(self, *, since: datetime) -> Sequence[Given]:
        given = sorted(self.memory.answers.values(), key=lambda one: (one.at, one.id))
        return [Given(one.enrolment_id, one.step, one.at) for one in given if one.at >= since]

    def last_heard(self, *, since: datetime) -> Mapping[int, datetime]:
        said = [(one.patient_id, one.at) for one in self.memory.entries.values() if one.heard not in BY_STAFF]
        said += [(one.patient_id, one.at) for one in self.memory.answers.values()]
        return dict(sorted((one for one in said if one[1] >= since), key=lambda one: one[1]))

    def undelivered(self, *, since: datetime) -> Sequence[Delivery]:
        rows = [row for row in self._deliveries() if self._is_lost(row, since) and self._is_theirs(row)]
        return sorted(rows, key=lambda row: (row.due_at, row.id))

    def quarantined(self, *, since: datetime) -> Sequence[str]:
        unread = [
            update
            for update, state in self.memory.updates.values()
            if state is InboxState.QUARANTINED and update.received_at >= since
        ]
        return [update.order for update in sorted(unread, key=lambda update: update.id)]

    def enrolled(self, *, since: datetime, until: datetime) -> Sequence[Joined]:
        enrolments = self.memory.enrolments.values()
        kept = {one.patient_id for one in enrolments if one.status is not EnrolmentStatus.CANCELLED}
        new = [one for one in self.memory.patients.values() if since <= one.created_at < until and one.id in kept]
        in_order = sorted(new, key=lambda one: (one.created_at, one.id))
        return [
            Joined(one.created_at, one.consent is not None)
            for one in in_order
            if not one.test and not self.memory.is_hidden(one.id)
        ]

    def alerts(self, *, since: datetime, until: datetime) -> Sequence[Alerted]:
        opened = [one for one in self.memory.escalations.values() if since <= one.opened_at < until and one.confirmed]
        in_order = sorted(opened, key=lambda one: one.opened_at)
        return [Alerted(one.opened_at, one.level, one.acknowledged_at or one.closed_at) for one in in_order]

    def _deliveries(self) -> Iterable[Delivery]:
        return self.memory.deliveries.values()

    def _is_lost(self, row: Delivery, since: datetime) -> bool:
        if row.state is DeliveryState.UNCERTAIN:
            return True
        return row.state in DROPPED and row.id in self.memory.ended and self.memory.ended[row.id] >= since

    def _is_theirs(self, row: Delivery) -> bool:
        patient = self.memory.patients.get(row.patient_id or 0)
        if patient is None or patient.contact is None:
            return False
        return patient.contact.chat == row.contact.chat or bool(row.step)


def _plan(rows: Iterable[Delivery]) -> list[PlanRow]:
    return [
        PlanRow(row.patient_id, row.enrolment_id, row.step, row.due_at, row.sent_at)
        for row in sorted(rows, key=lambda row: row.due_at)
        if row.step and row.enrolment_id is not None and row.patient_id is not None
    ]

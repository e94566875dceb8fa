"""What came in and what became of it, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import OF_ANOTHER, AuditEvent, CheckInAnswer, Entry, Flow, Heard, InboxState, RawUpdate
from tests.fakes.memory import Memory, found, kept, refer


@dataclass(frozen=True)
class FakeInbox:
    memory: Memory

    def store(self, update: RawUpdate) -> bool:
        if update.id in self.memory.updates:
            return False
        self.memory.updates[update.id] = (kept(update), InboxState.WAITING)
        return True

    def waiting(self) -> Sequence[RawUpdate]:
        return [update for update, state in self._all() if state is InboxState.WAITING]

    def done(self, update_id: int, *, at: datetime, erase: bool = False) -> bool:
        update, state = self.memory.updates.get(update_id, (None, None))
        if update is None or state is InboxState.DONE:
            return False
        left = replace(update, raw="", order="") if erase else update
        self.memory.updates[update_id] = (left, InboxState.DONE)
        return True

    def failed(self, update_id: int, *, most: int) -> bool:
        update, state = self.memory.updates.get(update_id, (None, None))
        if update is None or state is not InboxState.WAITING:
            return state is InboxState.QUARANTINED
        tried = replace(update, tries=update.tries + 1)
        ends = tried.tries >= most
        self.memory.updates[update_id] = (tried, InboxState.QUARANTINED if ends else InboxState.WAITING)
        return ends

    def quarantined(self) -> Sequence[int]:
        return [update.id for update, state in self._all() if state is InboxState.QUARANTINED]

    def _all(self) -> Sequence[tuple[RawUpdate, InboxState]]:
        return [self.memory.updates[update_id] for update_id in sorted(self.memory.updates)]


@dataclass(frozen=True)
class FakeEscalations:
    memory: Memory

    def add(self, escalation: Escalation) -> Escalation:
        self._refer(escalation)
        added = replace(escalation, id=self.memory.next_id("escalations"))
        self.memory.escalations[added.id] = kept(added)
        return added

    def save(self, escalation: Escalation) -> None:
        found(self.memory.escalations, escalation.id)
        self._refer(escalation)
        self.memory.escalations[escalation.id] = kept(escalation)

    def join(self, escalation_id: int, head: int) -> bool:
        escalation = self.memory.escalations[escalation_id]
        if escalation.state is not EscalationState.OPEN:
            return False
        self.memory.escalations[escalation_id] = replace(escalation, told_with=head)
        return True

    def get(self, escalation_id: int) -> Escalation:
        return found(self.memory.escalations, escalation_id)

    def open(self) -> Sequence[Escalation]:
        rows = [one for one in self.memory.escalations.values() if one.state is not EscalationState.CLOSED]
        return sorted(rows, key=lambda one: (-(one.level.weight if one.level else -1), one.opened_at, one.id))

    def of_patient(self, patient_id: int) -> Sequence[Escalation]:
        rows = [one for one in self.memory.escalations.values() if one.patient_id == patient_id]
        return sorted(rows, key=lambda one: one.id)

    def _refer(self, escalation: Escalation) -> None:
        refer(self.memory.patients, escalation.patient_id)
        refer(self.memory.enrolments, escalation.enrolment_id)


@dataclass(frozen=True)
class FakeDiary:
    memory: Memory

    def add(self, entry: Entry) -> Entry:
        refer(self.memory.patients, entry.patient_id)
        added = replace(entry, id=self.memory.next_id("entries"))
        self.memory.entries[added.id] = kept(added)
        return added

    def of_patient(self, patient_id: int, *, limit: int = 50) -> Sequence[Entry]:
        rows = [entry for entry in self.memory.entries.values() if entry.patient_id == patient_id]
        newest_first = sorted(rows, key=lambda entry: entry.id, reverse=True)
        return newest_first[:limit][::-1]

    def later(self, patient_id: int, *, than: int, limit: int) -> Sequence[Entry]:
        mine = (one for one in self.memory.entries.values() if one.patient_id == patient_id and one.id > than)
        return sorted(mine, key=lambda one: one.id)[:limit]

    def decide(self, entry: Entry, heard: Heard) -> bool:
        before = found(self.memory.entries, entry.id)
        if before.heard is not Heard.SUGGESTED:
            return False
        self.memory.entries[entry.id] = replace(before, heard=heard)
        return True

    def held(self) -> Sequence[Entry]:
        return [one for one in self.memory.entries.values() if one.heard is Heard.SUGGESTED]

    def with_files(self, patient_id: int) -> Sequence[Entry]:
        return [one for one in self.memory.entries.values() if one.patient_id == patient_id and one.file is not None]

    def by_message(self, chat: int, message_id: int) -> Entry | None:
        rows = [one for one in self.memory.entries.values() if (one.chat, one.message_id) == (chat, message_id)]
        return max(rows, key=lambda entry: entry.id, default=None)

    def before(self, entry: Entry) -> Entry | None:
        same = (entry.patient_id, entry.chat, entry.message_id)
        earlier = [one for one in self.memory.entries.values() if one.id < entry.id]
        rows = [one for one in earlier if (one.patient_id, one.chat, one.message_id) == same]
        return max(rows, key=lambda one: one.id, default=None)


@dataclass(frozen=True)
class FakeAnswers:
    memory: Memory

    def add(self, answer: CheckInAnswer) -> bool:
        refer(self.memory.patients, answer.patient_id)
        refer(self.memory.enrolments, answer.enrolment_id)
        if any(_asked(one) == _asked(answer) for one in self.memory.answers.values()):
            return False
        added = replace(answer, id=self.memory.next_id("answers"))
        self.memory.answers[added.id] = kept(added)
        return True

    def of_enrolment(self, enrolment_id: int) -> Sequence[CheckInAnswer]:
        rows = [one for one in self.memory.answers.values() if one.enrolment_id == enrolment_id]
        return sorted((one for one in rows if OF_ANOTHER not in one.step), key=lambda one: one.id)

    def set_aside(self, patient_id: int, chat: int) -> None:
        for one in list(self.memory.answers.values()):
            if one.patient_id == patient_id and OF_ANOTHER not in one.step:
                self.memory.answers[one.id] = replace(one, step=f"{one.step}{OF_ANOTHER}{chat}")

    def give_back(self, patient_id: int, chat: int) -> None:
        for one in list(self.memory.answers.values()):
            if one.patient_id == patient_id:
                self.memory.answers[one.id] = replace(one, step=one.step.removesuffix(f"{OF_ANOTHER}{chat}"))


def _asked(answer: CheckInAnswer) -> tuple[int, str, str]:
    return answer.enrolment_id, answer.step, answer.ask


@dataclass(frozen=True)
class FakeFlows:
    memory: Memory

    def put(self, flow: Flow) -> None:
        self.memory.flows[flow.chat, flow.person] = kept(replace(flow, data=dict(flow.data)))

    def current(self, chat: int, person: int, *, at: datetime) -> Flow | None:
        flow = self.memory.flows.get((chat, person))
        return None if flow is None or flow.expires_at <= at else replace(flow, data=dict(flow.data))

    def clear(self, chat: int, person: int) -> None:
        self.memory.flows.pop((chat, person), None)


@dataclass(frozen=True)
class FakeAudit:
    """A dict cannot be tampered with, so its chain always holds."""

    memory: Memory

    def add(self, event: AuditEvent) -> None:
        self.memory.audit[len(self.memory.audit) + 1] = kept(event)

    def tail(self, limit: int) -> Sequence[AuditEvent]:
        rows = [self.memory.audit[number] for number in sorted(self.memory.audit)]
        return rows[max(0, len(rows) - limit) :]

    def verify(self) -> int | None:
        return None

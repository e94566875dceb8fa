"""Patients' own topics at the desk, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.care.model.thread import Thread
from tests.fakes.memory import Memory, kept, refer
from tests.fakes.people import RUNNING


@dataclass(frozen=True)
class FakeThreads:
    memory: Memory

    def save(self, thread: Thread, *, was: Thread | None) -> bool:
        if self.memory.threads.get(thread.patient_id) != was:
            return False
        refer(self.memory.patients, thread.patient_id)
        refer(self.memory.deliveries, thread.opening)
        refer(self.memory.deliveries, thread.summary)
        self.memory.threads[thread.patient_id] = kept(thread)
        return True

    def of(self, patient_id: int) -> Thread | None:
        return self.memory.threads.get(patient_id)

    def opened_by(self, delivery_id: int) -> Thread | None:
        return next((one for one in self.memory.threads.values() if one.opening == delivery_id), None)

    def missing(self, chat: int, *, limit: int) -> Sequence[int]:
        there = {one.patient_id for one in self._in(chat) if not one.closed}
        agreed = (one for one in self.memory.patients.values() if one.consent is not None and one.contact is not None)
        return sorted(one.id for one in agreed if one.id not in there and self._is_in_care(one.id))[:limit]

    def behind(self, chat: int, *, limit: int) -> Sequence[int]:
        return _some((one for one in self._in(chat) if self._newest(one.patient_id) > one.shown), limit)

    def unsummed(self, chat: int, *, before: datetime, limit: int) -> Sequence[int]:
        open_ = (one for one in self._in(chat) if not one.closed)
        due = (one for one in open_ if one.summed_at is None or one.summed_at <= before)
        return _some((one for one in due if self._has_sent(one)), limit)

    def ended(self, chat: int, *, before: datetime, limit: int) -> Sequence[int]:
        open_ = (one for one in self._in(chat) if not one.closed and one.thread is not None)
        heard = {entry.patient_id for entry in self.memory.entries.values() if entry.at >= before}
        over = (one for one in open_ if not self._is_in_care(one.patient_id) and one.patient_id not in heard)
        return _some(over, limit)

    def _in(self, chat: int) -> list[Thread]:
        return [one for one in self.memory.threads.values() if one.chat == chat]

    def _is_in_care(self, patient_id: int) -> bool:
        return any(one.patient_id == patient_id and one.status in RUNNING for one in self.memory.enrolments.values())

    def _newest(self, patient_id: int) -> int:
        return max((entry.id for entry in self.memory.entries.values() if entry.patient_id == patient_id), default=0)

    def _has_sent(self, thread: Thread) -> bool:
        rows = (row for row in self.memory.deliveries.values() if row.patient_id == thread.patient_id)
        sent = (row.sent_at for row in rows if row.enrolment_id is not None and row.sent_at is not None)
        return any(thread.summed_at is None or at > thread.summed_at for at in sent)


def _some(threads: Iterable[Thread], limit: int) -> list[int]:
    return [one.patient_id for one in islice(threads, limit)]

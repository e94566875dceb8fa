"""Records in memory: the port `Records` without a database, held to the same contract as the real ones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from bot.care.ports.records import Work
from tests.fakes.drills import FakeDrills
from tests.fakes.holds import FakeHolds
from tests.fakes.intake import FakeAnswers, FakeAudit, FakeDiary, FakeEscalations, FakeFlows, FakeInbox
from tests.fakes.memory import Machine, Memory
from tests.fakes.on_call import FakeOnCall
from tests.fakes.outbox import FakeOutbox
from tests.fakes.people import FakeBatches, FakeEnrolments, FakeInvitations, FakePatients, FakeStaffLinks, FakeTeam
from tests.fakes.revisions import FakeDrafts, FakeRevisions
from tests.fakes.survey import FakeDigests, FakeSurvey
from tests.fakes.threads import FakeThreads
from tests.fakes.unanswered import FakeFilings, FakeUnanswered

T = TypeVar("T")


class FakeWork:
    """One unit of work over a memory."""

    def __init__(self, memory: Memory, machine: Machine) -> None:
        self.inbox = FakeInbox(memory)
        self.patients = FakePatients(memory)
        self.batches = FakeBatches(memory, machine)
        self.enrolments = FakeEnrolments(memory)
        self.invitations = FakeInvitations(memory)
        self.outbox = FakeOutbox(memory, machine)
        self.team = FakeTeam(memory)
        self.drills = FakeDrills(memory)
        self.holds = FakeHolds(memory)
        self.on_call = FakeOnCall(memory)
        self.staff_links = FakeStaffLinks(memory)
        self.threads = FakeThreads(memory)
        self.escalations = FakeEscalations(memory)
        self.diary = FakeDiary(memory)
        self.answers = FakeAnswers(memory)
        self.flows = FakeFlows(memory)
        self.audit = FakeAudit(memory)
        self.unanswered = FakeUnanswered(memory)
        self.filings = FakeFilings(memory, machine)
        self.revisions = FakeRevisions(memory)
        self.drafts = FakeDrafts(memory, machine)
        self.digests = FakeDigests(memory)
        self.survey = FakeSurvey(memory)


@dataclass
class FakeRecords:
    """`records.work` looks and changes directly; `write` undoes a deed that fails."""

    memory: Memory = field(default_factory=Memory)
    machine: Machine = field(default_factory=Machine)

    @cached_property
    def work(self) -> Work:
        return FakeWork(self.memory, self.machine)

    async def write(self, deed: Callable[[Work], T]) -> T:
        before = self.memory.snapshot()
        try:
            return deed(self.work)
        except BaseException:
            self.memory.restore(before | {"ids": dict(self.memory.ids)})
            raise

    async def read(self, query: Callable[[Work], T]) -> T:
        return query(self.work)

"""A patient with a planned course in the in-memory records, and what the dispatcher would do with a due row."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.care.model.delivery import Delivery, DeliveryState, Result
from bot.care.model.delivery import Outcome as Sent
from bot.care.model.enrolment import Enrolment
from bot.care.model.people import Patient
from bot.care.ports.records import Work
from bot.care.services.composing import Composing, Held, Later, Ready
from bot.care.services.knowing import Knowing
from bot.care.services.planning import Planning
from bot.care.services.speaking import Speaking
from bot.care.services.telling import Telling
from tests.builders import AGREED_AT, a_patient, an_enrolment
from tests.care.plan.shelves import DATES, real_shelf
from tests.fakes.records import FakeRecords
from tests.standing_library import StandingLibrary

LEASE = timedelta(seconds=90)


@dataclass
class Course:
    """Planned as at consent; `treatment` and `more` as for `an_enrolment`."""

    patient: Patient
    enrolment: Enrolment
    work: Work = field(default_factory=lambda: FakeRecords().work)
    library: StandingLibrary = field(default_factory=lambda: StandingLibrary(real_shelf()))

    def __post_init__(self) -> None:
        self.patient = self.work.patients.add(self.patient)
        self.enrolment = self.work.enrolments.add(replace(self.enrolment, patient_id=self.patient.id))
        self.planning = Planning(self.library)
        self.composing = Composing(Knowing(Speaking(self.library, DATES), Telling(DATES)))
        self.replan(at=AGREED_AT)

    def replan(self, *, at: datetime) -> None:
        self.planning.replan(self.work, self.patient, self.enrolment, at=at)

    def change(self, *, at: datetime, enrolment: Enrolment | None = None, patient: Patient | None = None) -> None:
        self.enrolment, self.patient = enrolment or self.enrolment, patient or self.patient
        self.work.enrolments.save(self.enrolment)
        self.work.patients.save(self.patient)
        self.replan(at=at)

    def row(self, step: str) -> Delivery:
        rows = self.work.outbox.of_enrolment(self.enrolment.id)
        return next(row for row in reversed(rows) if row.step == step)

    def states(self) -> dict[str, DeliveryState]:
        return {row.step: row.state for row in self.work.outbox.of_enrolment(self.enrolment.id)}

    def compose(self, step: str, *, at: datetime | None = None) -> Ready | Held | Later:
        row = self.row(step)
        return self.composing.compose(self.work, row, at=at or row.due_at)

    def send(self, step: str, *, at: datetime | None = None) -> Ready:
        """Composed, claimed and arrived."""
        row = self.row(step)
        when = at or row.due_at
        ready = self.composing.compose(self.work, row, at=when)
        assert isinstance(ready, Ready), ready
        stamped = replace(row, content_hash=ready.content_hash, rendered_on=ready.rendered_on)
        attempt = f"attempt-{row.id}-{row.attempts}"
        self.work.outbox.begin(stamped, ready.act, attempt_id=attempt, lease=LEASE, alert=False)
        for folded in ready.folds:
            self.work.outbox.settle(folded, DeliveryState.FOLDED, at=when, reason=f"into {row.id}")
        result = Result(Sent.SENT, message_id=row.id)
        self.work.outbox.finish(row.id, attempt, DeliveryState.SENT, at=when, result=result)
        return ready


def a_course(treatment: str = "picosure", *, patient: Patient | None = None, **more: object) -> Course:
    return Course(patient or a_patient(), an_enrolment(treatment, **more))

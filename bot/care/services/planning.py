"""Keep the outbox in step with the plan: rows for what is coming, none for what no longer is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.conditions import failed_on, outdated_since
from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.flags import Flags
from bot.care.model.people import Patient
from bot.care.model.protocol import Protocol
from bot.care.model.purpose import Purpose
from bot.care.model.timetable import Kept, Planned, Timetable
from bot.care.model.windows import leading
from bot.care.ports.records import Work
from bot.care.ports.words import Library
from bot.care.services.whose import own_cases
from scheduler.localtime import local_day

NOT_KEPT = frozenset({DeliveryState.CANCELLED, DeliveryState.EXPIRED})
"""Rows of these states never reached the patient: a late variant may take their place."""
RUNNING = frozenset({EnrolmentStatus.BOOKED, EnrolmentStatus.ACTIVE})


@dataclass(frozen=True)
class Planning:
    library: Library

    def replan(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """After any change of next session, zone, hour, treatment, surface or area. Twice changes nothing twice."""
        if not self._is_offered(enrolment):
            # its rows stay: each ends when it is due, where staff see it
            return
        planned = self.timetable(work, patient, enrolment, at=at)
        for row in planned:
            work.outbox.plan(_delivery(patient, enrolment, row))
        wanted = {row.key for row in planned}
        for delivery in self._open_rows(work, enrolment, at=at):
            if (delivery.step, delivery.occurrence) not in wanted:
                work.outbox.settle(delivery.id, DeliveryState.CANCELLED, at=at, reason="no longer in the plan")

    def timetable(
        self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime, protocol: Protocol | None = None
    ) -> tuple[Planned, ...]:
        """What is planned for a patient now; nothing before they agreed or once the course is over.

        `protocol`: as if this one held for them.
        """
        if not patient.may_be_written_to or patient.consent is None or enrolment.status not in RUNNING:
            return ()
        if not self._is_offered(enrolment):
            return ()
        protocol = protocol or leading(self.library.shelf.protocols, enrolment)
        answers = work.answers.of_enrolment(enrolment.id)
        begun = max(patient.consent.at, enrolment.created_at)
        kept = _kept(work.outbox.of_enrolment(enrolment.id))
        clinic = self.library.shelf.clinic
        again_from = failed_on(protocol, answers)
        if again_from is None:
            since = outdated_since(protocol, answers, Flags.of(own_cases(work, patient)))
            again_from = None if since is None else enrolment.day(local_day(since, patient.zone))
        table = Timetable(protocol, enrolment, patient, clinic, begun, kept, again_from)
        return table.plan(at=at)

    def close(self, work: Work, enrolment: Enrolment, *, at: datetime, reason: str = "closed") -> int:
        """Cancel every unsent row of a session that a newer one replaces, or that never was; how many there were."""
        rows = [row for row in work.outbox.of_enrolment(enrolment.id) if row.step and not row.state.final]
        return sum(work.outbox.settle(row.id, DeliveryState.CANCELLED, at=at, reason=reason) for row in rows)

    def _is_offered(self, enrolment: Enrolment) -> bool:
        return enrolment.treatment in self.library.shelf.protocols

    def _open_rows(self, work: Work, enrolment: Enrolment, *, at: datetime) -> list[Delivery]:
        """Waiting rows that are still useful; what is past its use is left for the dispatcher to name expired."""
        rows = work.outbox.of_enrolment(enrolment.id)
        waiting = (row for row in rows if row.step and not row.state.final)
        return [row for row in waiting if row.useful_until is None or row.useful_until > at]


def _kept(rows: Sequence[Delivery]) -> Kept:
    return {(row.step, row.occurrence): row.due_at for row in rows if row.step and row.state not in NOT_KEPT}


def _delivery(patient: Patient, enrolment: Enrolment, row: Planned) -> Delivery:
    if patient.contact is None:
        raise ValueError("nothing is planned before a contact is known")
    return Delivery(
        lane=Lane.SCHEDULED,
        contact=patient.contact,
        due_at=row.due_at,
        useful_until=row.useful_until,
        patient_id=patient.id,
        enrolment_id=enrolment.id,
        step=row.step.id,
        occurrence=row.occurrence,
        purpose=Purpose.PLAN,
        unasked=True,
    )

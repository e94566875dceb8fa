"""Ring outside Telegram: what leaves for the second alarm channel, and what becomes known when that fails too."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.model.delivery import Act, ActKind, Delivery, Lane
from bot.care.model.escalation import Escalation
from bot.care.model.page import Page, Why
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.noticing import tell_staff
from bot.care.services.speaking import Speaking

PAGES = {
    Why.UNDELIVERED: Purpose.PAGE_UNDELIVERED,
    Why.UNTAKEN: Purpose.PAGE_UNTAKEN,
    Why.DRILL: Purpose.PAGE_DRILL,
    Why.TEST: Purpose.PAGE_TEST,
}
USEFUL_FOR = timedelta(minutes=30)
"""Older than this a page tells of what is long over, or was told again."""
SAID_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Paging:
    """`pagers`: what the clinic has set up; without any nothing leaves."""

    speaking: Speaking
    pagers: tuple[Contact, ...] = ()

    def alert(self, work: Work, escalation: Escalation, why: Why, *, at: datetime) -> None:
        if escalation.patient_id is None or escalation.level is None:
            return
        patient = work.patients.get(escalation.patient_id)
        facts = {
            "level": self.speaking.label(f"alerts/level-{escalation.level.value}"),
            "patient_code": self.speaking.marked(patient.code, patient),
            "clinic_name": self.speaking.shelf.clinic.name,
            "since": self.speaking.moment(escalation.opened_at, at=at),
        }
        page = Page(
            id=f"alert-{escalation.id}-{why}-{at:%Y%m%dT%H%M%S}",
            why=why,
            subject=self.speaking.label("paging/subject", **facts),
            text=self.speaking.label(f"paging/{why}", **facts),
            level=escalation.level.value,
            code=patient.code,
        )
        self.send(work, page, why, at=at, escalation=escalation)

    def send(
        self, work: Work, page: Page, why: Why, *, at: datetime, escalation: Escalation | None = None
    ) -> list[Delivery]:
        """To every pager; a patient's rows are found by the alert they belong to."""
        return [
            work.outbox.add(
                Delivery(
                    lane=Lane.PAGE,
                    contact=pager,
                    due_at=at,
                    act=Act(ActKind.PAGE, pager, page=page),
                    useful_until=at + USEFUL_FOR,
                    patient_id=escalation.patient_id if escalation else None,
                    escalation_id=escalation.id if escalation else None,
                    purpose=PAGES[why],
                )
            )
            for pager in self.pagers
        ]

    def lost(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """Staff hear that the second channel is not to be relied on; of one patient not more than once an hour."""
        if delivery.patient_id is not None:
            said = work.outbox.latest(delivery.patient_id, Purpose.PAGE_LOST)
            if said is not None and at - said < SAID_EVERY:
                return
        text = self.speaking.staff("paging/lost", where=self.named(delivery.contact), how=delivery.reason)
        tell_staff(work, text, at=at, patient_id=delivery.patient_id, purpose=Purpose.PAGE_LOST)

    def named(self, pager: Contact) -> str:
        return self.speaking.label(f"paging/{pager.channel}")

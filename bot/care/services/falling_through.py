"""An alert, or what belongs beside it, does not reach those it was for: whoever can help gets it privately."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.people import Contact
from bot.care.model.purpose import MUST_ARRIVE, RINGS, Purpose
from bot.care.ports.records import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post, put
from bot.care.services.ringing import everyone, for_clinicians_only, privately, reached_no_confidant, rows_of, rung


@dataclass(frozen=True)
class FallingThrough:
    knowing: Knowing

    @property
    def card(self) -> AlertCard:
        return AlertCard(self.knowing)

    def failed(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """It did not arrive, and will not; nothing follows from what staff need not see, or once the case is closed."""
        case = _open_case(work, delivery)
        if case is None:
            return
        rows = rows_of(work, case)
        if delivery.purpose in RINGS:
            self._ring_others(work, case, delivery, rung(rows), at=at)
        elif delivery.act is not None:
            others = (one for one in privately(work, case) if one.chat != delivery.contact.chat)
            repeated = [_repeat(work, case, delivery, contact, rows, at=at) for contact in others]
            if for_clinicians_only(case) and not any(repeated) and _is_lost(delivery, rows):
                self._tell_that_it_is_lost(work, case, delivery, at=at)

    def beside(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """The group it was for must not hear it now: who can help, and has not got it, gets it privately."""
        case = _open_case(work, delivery)
        if case is None or delivery.act is None:
            return
        rows = rows_of(work, case)
        for contact in privately(work, case):
            if delivery.purpose is not Purpose.ALERT:
                _repeat(work, case, delivery, contact, rows, at=at)
            elif contact.chat not in rung(rows):
                note = self.knowing.speaking.staff("alerts/closed-desk")
                self.card.send(work, case, contact, at=at, purpose=Purpose.ALERT, note=note)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _ring_others(self, work: Work, case: Escalation, lost: Delivery, told: frozenset[int], *, at: datetime) -> None:
        """Whoever was not told yet; once nobody is left of those, everybody of the team.

        What is confided goes no further as long as one clinician has it, or may yet get it.
        """
        where = self.knowing.speaking.staff("alerts/the-desk" if lost.contact.is_group else "alerts/a-member")
        note = self.knowing.speaking.staff("alerts/fell-through", where=where)
        others = [contact for contact in privately(work, case) if contact.chat not in told]
        everybody = [contact for contact in everyone(work) if contact.chat not in told]
        if for_clinicians_only(case) and not reached_no_confidant(work, case):
            everybody = []
        for contact in others or everybody:
            self.card.send(work, case, contact, at=at, purpose=Purpose.ALERT, note=note)

    def _tell_that_it_is_lost(self, work: Work, case: Escalation, lost: Delivery, *, at: datetime) -> None:
        """Nobody else may read it: everybody hears that there is something, and whom to phone."""
        patient = work.patients.get(case.patient_id or 0)
        phone = patient.phone or self.knowing.speaking.staff("alerts/no-phone")
        text = self.knowing.speaking.staff("alerts/private-lost", patient_code=patient.code, phone=phone)
        for contact in everyone(work):
            if contact.chat != lost.contact.chat:
                post(
                    work, contact, text, at=at, lane=Lane.URGENT, purpose=Purpose.PROMISE_BROKEN, patient_id=patient.id
                )


def _open_case(work: Work, delivery: Delivery) -> Escalation | None:
    """What it is about, where somebody must see it all the same."""
    if delivery.escalation_id is None or delivery.purpose not in MUST_ARRIVE:
        return None
    case = work.escalations.get(delivery.escalation_id)
    return None if case.state is EscalationState.CLOSED else case


def _repeat(
    work: Work, case: Escalation, lost: Delivery, to: Contact, rows: Sequence[Delivery], *, at: datetime
) -> bool:
    """The same to somebody else, to whom it did not go already; `rows`: all that left because of the case."""
    if lost.act is None or any(_says_the_same(row, lost, to) for row in rows):
        return False
    put(
        work,
        replace(lost.act, to=to, reply_to=None),
        at=at,
        lane=Lane.BESIDE,
        purpose=lost.purpose,
        patient_id=case.patient_id,
        escalation_id=case.id,
    )
    return True


def _is_lost(delivery: Delivery, rows: Iterable[Delivery]) -> bool:
    """Whether it arrived at none of those to whom it went as well, nor will."""
    elsewhere = (row for row in rows if row.id != delivery.id and _says_the_same(row, delivery, row.contact))
    return all(row.state.final and row.state is not DeliveryState.SENT for row in elsewhere)


def _says_the_same(row: Delivery, other: Delivery, to: Contact) -> bool:
    if row.contact != to or row.purpose is not other.purpose or row.act is None or other.act is None:
        return False
    return (row.act.text, row.act.source) == (other.act.text, other.act.source)

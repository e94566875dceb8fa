"""What follows when a delivery has ended: nobody is left unreachable, and no alert lost, without a person seeing it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.people import Patient
from bot.care.ports import Library, Work
from bot.care.services.escalating import Escalating
from bot.care.services.posting import post
from bot.care.services.ringing import MUST_ARRIVE
from bot.care.services.unclear import Unclear

SILENT = frozenset({DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN})


@dataclass(frozen=True)
class Aftermath:
    library: Library
    escalating: Escalating
    unclear: Unclear

    def ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        if delivery.purpose in MUST_ARRIVE and delivery.state in SILENT:
            self.escalating.failed(work, delivery, at=at)
            return
        patient = work.patients.by_chat(delivery.contact.chat)
        if patient is None:
            return
        if delivery.state is DeliveryState.UNREACHABLE and patient.unreachable_since is None:
            work.patients.save(replace(patient, unreachable_since=at))
            self._tell_desk(work, patient, "unreachable", at=at)
        elif delivery.state is DeliveryState.UNCERTAIN:
            self.unclear.tell(work, patient, delivery, at=at)
        elif delivery.state is DeliveryState.FAILED:
            self._tell_desk(work, patient, "failed", at=at)

    def _tell_desk(self, work: Work, patient: Patient, what: str, *, at: datetime) -> None:
        desk = work.team.desk()
        if desk is None:
            return
        shelf = self.library.shelf
        facts = {"first_name": patient.first_name, "patient_code": patient.code}
        text = shelf.say(f"phrases/delivery/{what}", shelf.clinic.languages[0], facts)
        post(work, desk.contact, text, at=at, lane=Lane.REPLY, purpose="notice", patient_id=patient.id)

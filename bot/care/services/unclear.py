"""What staff decide about a message whose two tries ended unclear: it arrived, send it again, or let it be."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Delivery, DeliveryState, Keyboard
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Patient
from bot.care.ports import Clock, Work
from bot.care.services.admitting import Admitting, noted
from bot.care.services.noticing import tell_staff
from bot.care.services.posting import show
from bot.care.services.speaking import Speaking

ARRIVED, AGAIN, DROP = "arrived", "send-again", "drop"


@dataclass(frozen=True)
class Unclear:
    clock: Clock
    speaking: Speaking
    admitting: Admitting

    def tell(self, work: Work, patient: Patient, delivery: Delivery, *, at: datetime) -> None:
        """To staff, with a button for each end it may have."""
        text = self.speaking.about("delivery/uncertain", patient)
        tell_staff(work, text, at=at, patient_id=patient.id, keyboard=self._keyboard(delivery))

    def decide(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "decide-unclear", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        delivery_id, choice = int(tap.args[0]), tap.args[1]
        if self._done(work, delivery_id, choice, at=now):
            work.audit.add(noted(member, f"unclear-{choice}", f"delivery:{delivery_id}", at=now))
        show(work, tap, self.speaking.staff(f"delivery/{choice}-done", member_name=member.name), at=now)

    def _done(self, work: Work, delivery_id: int, choice: str, *, at: datetime) -> bool:
        if choice == AGAIN:
            return work.outbox.reopen(delivery_id, at=at)
        state = DeliveryState.SENT if choice == ARRIVED else DeliveryState.CANCELLED
        return work.outbox.settle(delivery_id, state, at=at, reason=f"staff: {choice}")

    def _keyboard(self, delivery: Delivery) -> Keyboard:
        return tuple(
            (Button(self.speaking.label(f"delivery/{choice}"), "unclear", (str(delivery.id), choice)),)
            for choice in (ARRIVED, AGAIN, DROP)
        )

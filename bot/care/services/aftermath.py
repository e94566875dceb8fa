"""What follows when a delivery has ended: nobody is left unreachable, and no alert lost, without a person seeing it."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.people import Patient
from bot.care.model.purpose import BY_STAFF, MUST_ARRIVE, NOTICES, Purpose
from bot.care.model.sent_file import Unfit
from bot.care.ports.records import Work
from bot.care.services.digesting import Digesting
from bot.care.services.escalating import Escalating
from bot.care.services.forum import Forum
from bot.care.services.group_seat import not_taken_out
from bot.care.services.guarding import Guarding
from bot.care.services.leaving import Leaving
from bot.care.services.passing_on import PassingOn
from bot.care.services.staff_reply import StaffReply
from bot.care.services.staff_words import StaffWords
from bot.care.services.unclear import Unclear

SILENT = frozenset({DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN})
PAGE_LOST = SILENT | {DeliveryState.EXPIRED}
CONCERNS_ALL = frozenset({DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN})
"""Ends of a reply that not only its writer must know of."""
NOT_THERE = frozenset({DeliveryState.FAILED, DeliveryState.UNREACHABLE})


@dataclass(frozen=True)
class Aftermath:
    escalating: Escalating
    leaving: Leaving
    unclear: Unclear
    forum: Forum
    replying: StaffReply
    digesting: Digesting
    guarding: Guarding

    def ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        if delivery.purpose in MUST_ARRIVE and self._alert_ended(work, delivery, at=at):
            return
        if delivery.purpose in (Purpose.TOPIC, Purpose.SUMMARY, Purpose.RELAY):
            self.forum.ended(work, delivery, at=at)
            return
        if delivery.purpose in BY_STAFF:
            self.replying.ended(work, delivery, at=at)
            if delivery.state not in CONCERNS_ALL:
                return
        if self._is_staffs_own(work, delivery, at=at):
            return
        if delivery.lane is Lane.PAGE:
            self._page_ended(work, delivery, at=at)
            return
        patient = work.patients.by_chat(delivery.contact.chat)
        # a notice to staff who are in care themselves brings no notice of its own
        if patient is None or delivery.purpose in NOTICES:
            return
        self._patients_ended(work, patient, delivery, at=at)

    def held(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        self.guarding.hold(work, delivery, at=at)

    def _patients_ended(self, work: Work, patient: Patient, delivery: Delivery, *, at: datetime) -> None:
        match delivery.state:
            case DeliveryState.UNREACHABLE:
                self.leaving.lost(work, patient, at=at)
            case DeliveryState.SENT if delivery.message_id:
                # a new message is proof that their chat is open, whether or not Telegram's own word of it came
                self.leaving.found(work, patient, at=at)
            case DeliveryState.UNCERTAIN | DeliveryState.FAILED:
                self.unclear.tell(work, patient, delivery, at=at)

    def _alert_ended(self, work: Work, delivery: Delivery, *, at: datetime) -> bool:
        """True where something had to follow."""
        if delivery.state is DeliveryState.SENT and delivery.reason == Unfit.UNREADABLE:
            PassingOn(self.escalating.knowing, self.escalating).own_up(work, delivery, at=at)
            return True
        if delivery.state in SILENT:
            self.escalating.failed(work, delivery, at=at)
            return True
        return False

    def _is_staffs_own(self, work: Work, delivery: Delivery, *, at: datetime) -> bool:
        """True for what is done for staff alone and was seen to."""
        match delivery.purpose:
            case Purpose.DIGEST | Purpose.BEFORE_CLOSING if delivery.state in NOT_THERE:
                self.digesting.lost(work, delivery, at=at)
            case Purpose.LINKS if delivery.state in SILENT:
                self.unclear.tell_of_links(work, delivery, at=at)
            case Purpose.GUEST_REMOVAL:
                self.guarding.ban_ended(work, delivery, at=at)
            case Purpose.DESK_REMOVAL:
                if delivery.state in SILENT and not self.guarding.stayed(work, delivery):
                    not_taken_out(work, StaffWords(self.leaving.speaking), delivery, at=at)
            case Purpose.DESK_RETURN:
                pass
            case _:
                return False
        return True

    def _page_ended(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        if delivery.state in PAGE_LOST:
            self.escalating.paging.lost(work, delivery, at=at)

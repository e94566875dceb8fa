"""What staff decide about a message that may not, or did not, arrive: it arrived, send it again, or let it be."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.care.model import again
from bot.care.model.delivery import Button, Delivery, DeliveryState, Keyboard
from bot.care.model.hours import is_open
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Member, Patient
from bot.care.model.protocol import Anchor, Step
from bot.care.model.purpose import Purpose
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, noted
from bot.care.services.noticing import people_contacts, tell_staff
from bot.care.services.posting import post, show
from bot.care.services.speaking import Speaking
from scheduler.localtime import instant, local_day

ARRIVED, AGAIN, DROP = "arrived", "send-again", "drop"


@dataclass(frozen=True)
class Unclear:
    clock: Clock
    speaking: Speaking
    admitting: Admitting

    def tell(self, work: Work, patient: Patient, delivery: Delivery, *, at: datetime) -> None:
        """To staff at once, with a button for each end it may have; of what warns or asks for signs, also whom to
        phone."""
        is_vital = again.is_vital(self.step(work, delivery))
        text = self.speaking.about(
            f"delivery/{delivery.state.value}{'-vital' if is_vital else ''}",
            patient,
            what=self.named(work, delivery),
            phone=patient.phone or self.speaking.staff("alerts/no-phone"),
        )
        # what is for the same day waits quietly for the clinic to open
        silent = is_vital and not is_open(self.speaking.shelf.clinic, at)
        keyboard = self._keyboard(work, delivery, at=at)
        tell_staff(work, text, at=at, patient_id=patient.id, keyboard=keyboard, silent=silent)

    def tell_of_links(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """To the chat that asked for the sheet or, where nothing arrives any more, to people."""
        sheet = delivery.act.sheet if delivery.act is not None else None
        if sheet is None:
            return
        is_cut_off = delivery.state is DeliveryState.UNREACHABLE
        text = self.speaking.staff(
            f"importing/links-{delivery.state.value}", value=sheet.file, count=f"{len(sheet.cards):,}"
        )
        keyboard = () if is_cut_off else self._keyboard(work, delivery, at=at)
        for contact in people_contacts(work) if is_cut_off else [delivery.contact]:
            post(work, contact, text, at=at, keyboard=keyboard, purpose=Purpose.NOTICE)

    def decide(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "decide-unclear", at=now)
        if member is None or not work.outbox.use_tap(tap.token, at=now):
            return
        show(work, tap, self.decided(work, member, int(tap.args[0]), tap.args[1], at=now), at=now)

    def decided(self, work: Work, member: Member, delivery_id: int, choice: str, *, at: datetime) -> Html:
        """Does it, and says what was done."""
        row = work.outbox.get(delivery_id)
        if row.state not in again.UNDECIDED:
            return self.speaking.staff("delivery/decided-already")
        if choice == AGAIN and not self.may_go_again(work, row, at=at):
            return self.speaking.staff("delivery/too-late")
        self._do(work, row, choice, at=at)
        work.audit.add(noted(member, f"unclear-{choice}", f"delivery:{delivery_id}", at=at))
        return self.speaking.staff(f"delivery/{choice}-done", member_name=member.name)

    def choices(self, work: Work, row: Delivery, *, at: datetime) -> list[str]:
        """Which ends it may have: what surely did not leave has not arrived."""
        arrived = [ARRIVED] if row.state is DeliveryState.UNCERTAIN else []
        return [*arrived, *([AGAIN] if self.may_go_again(work, row, at=at) else []), DROP]

    def may_go_again(self, work: Work, row: Delivery, *, at: datetime) -> bool:
        """What is planned never goes to somebody who stopped or cannot be reached, and nothing to a chat that was the
        patient's once."""
        if row.patient_id is None:
            return True
        patient = work.patients.get(row.patient_id)
        if _was_theirs(work, row, patient):
            return False
        if not row.step:
            return True
        if not patient.may_be_written_to or patient.unreachable_since is not None:
            return False
        return again.may_go_again(row, self.step(work, row), patient.zone, at=at)

    def named(self, work: Work, row: Delivery) -> Html:
        """What it was, in staff's words."""
        step = self.step(work, row)
        if step is None:
            return self.speaking.staff("digest/lost-something")
        name = "after" if step.anchor is Anchor.SESSION else "before"
        return self.speaking.staff(f"seeing/step-{name}", day=str(step.day), value=step.id)

    def step(self, work: Work, row: Delivery) -> Step | None:
        """The step of a plan's row, as long as it is in the protocol."""
        if row.enrolment_id is None or not row.step:
            return None
        protocol = followed(self.speaking.shelf.protocols, work.enrolments.get(row.enrolment_id))
        return protocol.step(row.step) if protocol is not None else None

    def _do(self, work: Work, row: Delivery, choice: str, *, at: datetime) -> None:
        if choice == AGAIN:
            work.outbox.reopen(row.id, at=at, until=self._until(work, row, at=at))
        elif row.state is DeliveryState.UNCERTAIN:
            state = DeliveryState.SENT if choice == ARRIVED else DeliveryState.CANCELLED
            work.outbox.settle(row.id, state, at=at, reason=f"staff: {choice}")

    def _until(self, work: Work, row: Delivery, *, at: datetime) -> datetime | None:
        """The end of the patient's day: the words of a plan are true on one."""
        if not row.step or row.patient_id is None:
            return None
        zone = work.patients.get(row.patient_id).zone
        return instant(local_day(at, zone) + timedelta(days=1), time(), zone)

    def _keyboard(self, work: Work, row: Delivery, *, at: datetime) -> Keyboard:
        return tuple(
            (Button(self.speaking.label(f"delivery/{choice}"), "unclear", (str(row.id), choice)),)
            for choice in self.choices(work, row, at=at)
        )


def _was_theirs(work: Work, row: Delivery, patient: Patient) -> bool:
    """Neither the patient's chat of today nor one of staff: they have another account now."""
    is_staffs = row.contact.is_group or work.team.member(row.contact.chat) is not None
    return row.contact != patient.contact and not is_staffs

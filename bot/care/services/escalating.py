"""Hand a patient to a person: raise an alert, see that somebody takes it, let them answer and close it."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Delivery, Keyboard, MessageRef
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Contact, Member
from bot.care.model.permissions import may
from bot.care.model.purpose import Purpose
from bot.care.model.raising import is_flag
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.alert_card import AlertCard
from bot.care.services.alert_list import AlertList
from bot.care.services.alerting import Alerting
from bot.care.services.closing_note import ClosingNote
from bot.care.services.closing_words import tell_of_closing
from bot.care.services.falling_through import FallingThrough
from bot.care.services.knowing import Knowing
from bot.care.services.overdue import Overdue
from bot.care.services.paging import Paging
from bot.care.services.planning import Planning
from bot.care.services.posting import post, put, tell
from bot.care.services.promising import Promising
from bot.care.services.ringing import may_hear
from bot.care.services.together import covered


@dataclass(frozen=True)
class Escalating:
    clock: Clock
    knowing: Knowing
    admitting: Admitting
    pagers: tuple[Contact, ...] = ()
    """The second alarm channel."""

    @property
    def paging(self) -> Paging:
        return Paging(self.knowing.speaking, self.pagers)

    @property
    def card(self) -> AlertCard:
        return AlertCard(self.knowing)

    @property
    def alerting(self) -> Alerting:
        return Alerting(self.knowing)

    @property
    def falling_through(self) -> FallingThrough:
        return FallingThrough(self.knowing)

    def failed(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        """An alert did not arrive: whoever can help and was not told yet is told privately."""
        self.falling_through.failed(work, delivery, at=at)

    # --- what staff do with it ---------------------------------------------------------------------------------------

    def acknowledge(self, work: Work, who: Sender, tap: Tap) -> None:
        """*I have it*: everybody sees who, and the patient is told."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "acknowledge", at=now)
        if member is None:
            return
        case = work.escalations.get(int(tap.args[0]))
        if self._is_theirs(work, who, member, case, at=now):
            self.take(work, case, member, at=now)
            self._renew_list(work, tap, at=now)

    def take(
        self, work: Work, escalation: Escalation, member: Member, *, at: datetime, quietly: bool = False
    ) -> Escalation:
        """Only the first one takes it, with all on its card; `quietly` when the patient hears from them anyway."""
        mine = [one for one in covered(work, escalation) if one.state is EscalationState.OPEN]
        theirs = [one.acknowledge(member.account, at=at) for one in mine if may_hear(work, one, member)]
        for taken in theirs:
            work.escalations.save(taken)
            work.audit.add(noted(member, "acknowledge", f"escalation:{taken.id}", at=at))
        if theirs and not quietly:
            self._tell_patient(work, theirs[0], member, at=at)
        for taken in theirs:
            self._show(work, taken, member, at=at)
        return work.escalations.get(escalation.id)

    def called(self, work: Work, who: Sender, tap: Tap) -> None:
        """*I have called*: whoever did has it, also one that had gone back to everybody."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "acknowledge", at=now)
        if member is None:
            return
        case = work.escalations.get(int(tap.args[0]))
        if not self._is_theirs(work, who, member, case, at=now):
            return
        case = self.take(work, case, member, at=now, quietly=True)
        if case.state is not EscalationState.ACKNOWLEDGED:
            return
        taken = (one for one in covered(work, case) if one.state is EscalationState.ACKNOWLEDGED)
        for phoned in [one.call(at=now) for one in taken]:
            work.escalations.save(phoned)
            work.audit.add(noted(member, "called", f"escalation:{phoned.id}", at=now))
            self._show(work, phoned, member, at=now)

    def close(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Close*: asks how it ended."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "close-alert", at=now)
        if member is None or tap.message_id is None:
            return
        escalation = work.escalations.get(int(tap.args[0]))
        if not self._is_theirs(work, who, member, escalation, at=now):
            return
        if is_flag(escalation.reason) and not may(member, "close-red-flag"):
            post(work, here(who), self.knowing.speaking.staff("alerts/only-clinical"), at=now, purpose=Purpose.REFUSAL)
            return
        if escalation.state is EscalationState.CLOSED:
            self._renew_list(work, tap, at=now)
            return
        self._change_buttons(work, tap, self.card.outcomes(escalation), at=now)

    def close_not(self, work: Work, who: Sender, tap: Tap) -> None:
        """*Not yet*: the buttons that were there come back."""
        now = self.clock.now()
        if self.admitting.admit(work, who, "close-alert", at=now) is None or tap.message_id is None:
            return
        if self._is_list(work, tap):
            self._renew_list(work, tap, at=now)
            return
        escalation = work.escalations.get(int(tap.args[0]))
        self._change_buttons(work, tap, self.card.keyboard(escalation), at=now)

    def closed(self, work: Work, who: Sender, tap: Tap) -> None:
        """Only a person closes; how it ended is kept."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "close-alert", at=now)
        escalation = work.escalations.get(int(tap.args[0]))
        if member is None or escalation.state is EscalationState.CLOSED:
            return
        if is_flag(escalation.reason) and not may(member, "close-red-flag"):
            return
        if not self._is_theirs(work, who, member, escalation, at=now):
            return
        closing = Closing[tap.args[1]]
        for one in covered(work, escalation):
            if one.state is not EscalationState.CLOSED:
                work.escalations.save(one.close(member.account, closing, at=now))
                work.audit.add(noted(member, "close", f"escalation:{one.id}", at=now, detail=closing.value))
        ended = work.escalations.get(escalation.id)
        tell_of_closing(work, self.knowing, ended, member, at=now)
        self._ask_again(work, ended, at=now)
        for one in covered(work, ended):
            if one.closed_at == now:
                self._show(work, one, member, at=now)
        self._renew_list(work, tap, at=now)
        ClosingNote(self.card).ask(work, who, ended, at=now)

    def _ask_again(self, work: Work, ended: Escalation, *, at: datetime) -> None:
        """What was calm before the flag is asked for anew from tomorrow on."""
        enrolment = work.enrolments.current(ended.patient_id) if ended.patient_id is not None else None
        if enrolment is not None and ended.level is not None:
            planning = Planning(self.knowing.speaking.library)
            planning.replan(work, work.patients.get(enrolment.patient_id), enrolment, at=at)

    def confirm_date(self, work: Work, who: Sender, tap: Tap) -> str | None:
        """Whoever moves the appointment has the case; the code of the patient it is about."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "reschedule", at=now)
        if member is None:
            return None
        case = self.take(work, work.escalations.get(int(tap.args[0])), member, at=now, quietly=True)
        return work.patients.get(case.patient_id).code if case.patient_id is not None else None

    def alerts(self, work: Work, who: Sender) -> None:
        """`/alerts`: what is open, worst first."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "alerts", at=now)
        if member is not None:
            AlertList(self.card).show(work, here(who), at=now)
            work.audit.add(noted(member, "alerts", "open", at=now))

    # --- what time does with it --------------------------------------------------------------------------------------

    def overdue(self, work: Work, *, at: datetime) -> None:
        """All that is due by `at`: unanswered questions, climbing, "nobody has answered", promises not kept."""
        for keeper in self._timed:
            keeper.run(work, at=at)

    def next_moment(self, work: Work, *, after: datetime) -> datetime | None:
        """The next instant at which `overdue` would do something."""
        moments = (keeper.next_moment(work, after=after) for keeper in self._timed)
        return min((moment for moment in moments if moment is not None), default=None)

    @property
    def _timed(self) -> tuple[Overdue, Promising]:
        return Overdue(self.card, self.paging), Promising(self.card)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _is_theirs(self, work: Work, who: Sender, member: Member, case: Escalation, *, at: datetime) -> bool:
        """An alert stays in the chat of somebody who became something else since."""
        if may_hear(work, case, member):
            return True
        post(work, here(who), self.knowing.speaking.staff("alerts/only-clinicians"), at=at, purpose=Purpose.REFUSAL)
        return False

    def _tell_patient(self, work: Work, escalation: Escalation, member: Member, *, at: datetime) -> None:
        if escalation.patient_id is None:
            return
        patient = work.patients.get(escalation.patient_id)
        clinic = self.knowing.shelf.clinic.name
        text = self.knowing.speaking.phrase("alerts/seen", patient, member_name=member.name, clinic_name=clinic)
        tell(work, patient, text, at=at, purpose=Purpose.SEEN, escalation_id=escalation.id)

    def _show(self, work: Work, escalation: Escalation, member: Member, *, at: datetime) -> None:
        self.card.renew(work, escalation, self.card.standing(escalation, member.name), at=at)

    def _change_buttons(self, work: Work, tap: Tap, keyboard: Keyboard, *, at: datetime) -> None:
        """The message keeps its words."""
        if tap.message_id is None:
            return
        target = MessageRef(tap.chat, tap.message_id)
        act = Act(ActKind.EDIT, Contact(tap.chat), target=target, keyboard=keyboard)
        put(work, act, at=at, purpose=Purpose.LIST if self._is_list(work, tap) else Purpose.EDIT)

    def _renew_list(self, work: Work, tap: Tap, *, at: datetime) -> None:
        """A list of alerts that was tapped shows what holds now."""
        if self._is_list(work, tap) and tap.message_id is not None:
            AlertList(self.card).renew(work, MessageRef(tap.chat, tap.message_id), at=at)

    def _is_list(self, work: Work, tap: Tap) -> bool:
        return work.outbox.get(tap.delivery_id).purpose is Purpose.LIST

"""Show staff what is open, worst first, with a button for each."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard, MessageRef
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.people import Contact, Patient
from bot.care.model.words import Html
from bot.care.ports import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.posting import edit, post
from bot.care.services.ringing import for_clinicians_only

SHOWN = 10
LIST = "list"


@dataclass(frozen=True)
class AlertList:
    card: AlertCard

    def show(self, work: Work, to: Contact, *, at: datetime) -> None:
        text, keyboard = self._page(work, in_group=to.is_group)
        post(work, to, text, at=at, keyboard=keyboard, purpose=LIST)

    def renew(self, work: Work, message: MessageRef, *, at: datetime) -> None:
        text, keyboard = self._page(work, in_group=Contact(message.chat).is_group)
        edit(work, message, text, at=at, keyboard=keyboard, purpose=LIST)

    def _page(self, work: Work, *, in_group: bool) -> tuple[Html, Keyboard]:
        found = [(one, work.patients.get(one.patient_id)) for one in work.escalations.open() if one.patient_id]
        if in_group:
            found = [(one, patient) for one, patient in found if not for_clinicians_only(one)]
        staff = self.card.knowing.speaking.staff
        if not found:
            return staff("alerts/list-empty"), ()
        lines = [self._line(work, one, patient) for one, patient in found[:SHOWN]]
        if len(found) > SHOWN:
            lines.append(staff("alerts/list-more", count=str(len(found) - SHOWN)))
        keyboard = tuple((self._button(one, patient),) for one, patient in found[:SHOWN])
        return staff("alerts/list", items=Html("\n".join(lines))), keyboard

    def _line(self, work: Work, escalation: Escalation, patient: Patient) -> Html:
        staff = self.card.knowing.speaking.staff
        since = escalation.opened_at.astimezone(self.card.knowing.shelf.clinic.zone)
        level = staff(f"alerts/level-{escalation.level.value if escalation.level else 'none'}")
        return staff(
            "alerts/list-line",
            level=level,
            patient_code=patient.code,
            first_name=patient.first_name,
            sign=self.card.sign(escalation),
            since=f"{since:%d.%m. %H:%M}",
            standing=self._standing(work, escalation),
        )

    def _standing(self, work: Work, escalation: Escalation) -> Html:
        owner = work.team.member(escalation.owner) if escalation.owner is not None else None
        if owner is not None:
            return self.card.standing(escalation, owner.name)
        return self.card.knowing.speaking.staff(
            "alerts/list-open" if escalation.confirmed else "alerts/list-unconfirmed"
        )

    def _button(self, escalation: Escalation, patient: Patient) -> Button:
        is_open = escalation.state is EscalationState.OPEN
        name, deed = ("list-take", "acknowledge") if is_open else ("list-close", "close")
        return Button(
            self.card.knowing.speaking.label(f"alerts/{name}", patient_code=patient.code), deed, (str(escalation.id),)
        )

"""Show staff what is open, worst first, numbered, with a button for each."""

from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard, MessageRef
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.texts import cut, flat
from bot.care.model.triage import weight
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.alert_card import AlertCard
from bot.care.services.posting import edit, post
from bot.care.services.ringing import for_reader

SHOWN = 15
"""Those left out move up as the ones above are taken and closed."""
MOST_SIGN = 24
"""UTF-16 units of a sign on a button."""


@dataclass(frozen=True)
class AlertList:
    card: AlertCard

    def show(self, work: Work, to: Contact, *, at: datetime) -> None:
        text, keyboard = self._page(work, to)
        post(work, to, text, at=at, keyboard=keyboard, purpose=Purpose.LIST)

    def renew(self, work: Work, message: MessageRef, *, at: datetime) -> None:
        text, keyboard = self._page(work, Contact(message.chat))
        edit(work, message, text, at=at, keyboard=keyboard, purpose=Purpose.LIST)

    def _page(self, work: Work, to: Contact) -> tuple[Html, Keyboard]:
        """Without what is not for whoever reads there."""
        opened = sorted(for_reader(work, work.escalations.open(), to), key=_worst_untaken_first)
        found = [(one, work.patients.get(one.patient_id)) for one in opened if one.patient_id]
        staff = self.card.knowing.speaking.staff
        if not found:
            return staff("alerts/list-empty"), ()
        numbered = [(str(n), one, patient) for n, (one, patient) in enumerate(found[:SHOWN], 1)]
        lines = [self._line(work, *case) for case in numbered]
        if len(found) > SHOWN:
            lines.append(staff("alerts/list-more", count=str(len(found) - SHOWN)))
        keyboard = tuple((self._button(number, one, patient),) for number, one, patient in numbered)
        return staff("alerts/list", items=Html("\n".join(lines)), count=str(len(found))), keyboard

    def _line(self, work: Work, number: str, escalation: Escalation, patient: Patient) -> Html:
        staff = self.card.knowing.speaking.staff
        since = escalation.opened_at.astimezone(self.card.knowing.shelf.clinic.zone)
        level = staff(f"alerts/level-{escalation.level.value if escalation.level else 'none'}")
        return staff(
            "alerts/list-line",
            count=number,
            level=level,
            patient_code=patient.code,
            first_name=self.card.knowing.speaking.marked(patient.first_name, patient),
            sign=self.card.sign(escalation),
            since=f"{since:%d.%m. %H:%M}",
            standing=self.standing(work, escalation),
        )

    def standing(self, work: Work, escalation: Escalation) -> Html:
        """Who has it, if anybody."""
        owner = work.team.member(escalation.owner) if escalation.owner is not None else None
        if owner is not None:
            return self.card.standing(escalation, owner.name)
        return self.card.knowing.speaking.staff(
            "alerts/list-open" if escalation.confirmed else "alerts/list-unconfirmed"
        )

    def _button(self, number: str, escalation: Escalation, patient: Patient) -> Button:
        """By number and sign: one patient may have several alerts open."""
        is_open = escalation.state is EscalationState.OPEN
        name, deed = ("list-take", "acknowledge") if is_open else ("list-close", "close")
        sign = cut(flat(self.card.sign(escalation)), most=MOST_SIGN)
        label = self.card.knowing.speaking.label(f"alerts/{name}", count=number, patient_code=patient.code, sign=sign)
        return Button(label, deed, (str(escalation.id),))


def _worst_untaken_first(escalation: Escalation) -> tuple[int, bool, datetime, int]:
    """Within one level what nobody has leads, so that a long list never hides it behind what is being looked after."""
    return -weight(escalation.level), escalation.state is not EscalationState.OPEN, escalation.opened_at, escalation.id

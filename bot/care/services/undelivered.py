"""What did not arrive at patients, with what staff may still do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.again import is_vital
from bot.care.model.delivery import ActKind, Button, Delivery, DeliveryState, Keyboard
from bot.care.model.digest import MOST_LINES, Section
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.unclear import Unclear

UNCERTAIN = DeliveryState.UNCERTAIN
MESSAGES = (ActKind.SEND, ActKind.COPY)


@dataclass(frozen=True)
class Undelivered:
    unclear: Unclear

    def since(self, work: Work, since: datetime) -> list[Delivery]:
        """Whatever is still unclear, and what was refused or came too late since then; messages only.

        First what is unclear, then what would have warned or asked for danger signs.
        """
        rows = work.survey.undelivered(since=since)
        found = [row for row in rows if row.act is None or row.act.kind in MESSAGES]
        return sorted(found, key=lambda row: (row.state is not UNCERTAIN, not is_vital(self.unclear.step(work, row))))

    def section(self, work: Work, rows: Sequence[Delivery]) -> Section:
        lines = [self._line(work, number, row) for number, row in enumerate(rows[:MOST_LINES], 1)]
        return Section(self._say("lost", count=str(len(rows))), lines, len(rows), self._more)

    def keyboard(self, work: Work, rows: Sequence[Delivery], *, at: datetime) -> Keyboard:
        """A row of buttons for each, by its number."""
        return tuple(self._buttons(work, str(number), row, at=at) for number, row in enumerate(rows, 1))

    def _line(self, work: Work, number: int, row: Delivery) -> Html:
        patient = work.patients.get(row.patient_id or 0)
        return self.unclear.speaking.about(
            "digest/lost-line",
            patient,
            count=str(number),
            what=self.unclear.named(work, row),
            state=self.unclear.speaking.staff(f"seeing/state-of-{row.state.value}"),
            phone=patient.phone or self._say("no-phone"),
        )

    def _buttons(self, work: Work, number: str, row: Delivery, *, at: datetime) -> tuple[Button, ...]:
        return tuple(
            Button(self._say(f"button-{one}", count=number), "digest-decide", (str(row.id), one, number))
            for one in self.unclear.choices(work, row, at=at)
        )

    def _more(self, left: int) -> Html:
        return self._say("lost-more", count=str(left))

    def _say(self, name: str, /, **facts: str) -> Html:
        return self.unclear.speaking.staff(f"digest/{name}", **facts)

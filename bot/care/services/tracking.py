"""How pain and redness went since the session, as a small picture for whoever looks at a patient's card."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.care.model.chart import Bar, Chart, Panel, Series
from bot.care.model.delivery import Act, ActKind, Button
from bot.care.model.inbound import CheckInAnswer, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.protocol import AskKind
from bot.care.model.purpose import Purpose
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.posting import post, put
from bot.care.services.speaking import Speaking

MOST_DAYS = 8
"""As many as a phone shows beside each other."""
SCALES = {AskKind.PAIN: 10, AskKind.REDNESS: 4}
NONE = "-"


@dataclass(frozen=True)
class Tracking:
    clock: Clock
    speaking: Speaking
    admitting: Admitting

    def button(self, work: Work, patient: Patient) -> Button | None:
        """Where a number was answered."""
        if not self._days(self._given(work, patient)):
            return None
        return Button(self.speaking.label("tracking/button"), "track", (str(patient.id),))

    def show(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, "patient", at=now)
        if member is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        given = self._given(work, patient)
        work.audit.add(noted(member, "track", f"patient:{patient.code}", at=now))
        days = self._days(given)
        if not days:
            post(work, here(who), self.speaking.about("tracking/nothing", patient), at=now)
            return
        act = Act(ActKind.SEND, here(who), self._caption(patient, given, days), chart=self._chart(patient, given, days))
        put(work, act, at=now, purpose=Purpose.CHART)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _given(self, work: Work, patient: Patient) -> dict[AskKind, dict[int, str]]:
        """By kind, the last answer of each day of this course."""
        current = work.enrolments.current(patient.id)
        protocol = None if current is None else followed(self.speaking.shelf.protocols, current)
        if current is None or protocol is None:
            return {}
        kinds = {(step.id, ask.id): ask.kind for step in protocol.steps for ask in step.asks}
        answers = work.answers.of_enrolment(current.id)
        return {kind: _of_kind(answers, kinds, kind) for kind in SCALES}

    def _days(self, given: dict[AskKind, dict[int, str]]) -> list[int]:
        return sorted({day for values in given.values() for day in values})[-MOST_DAYS:]

    def _chart(self, patient: Patient, given: dict[AskKind, dict[int, str]], days: Sequence[int]) -> Chart:
        """Without the name: a picture travels further than words."""
        panels = tuple(self._panel(kind, values, days) for kind, values in given.items() if values)
        columns = tuple(self.speaking.label("tracking/day", day=str(day)) for day in days)
        return Chart(self.speaking.label("tracking/title"), patient.code, columns, panels)

    def _panel(self, kind: AskKind, values: dict[int, str], days: Sequence[int]) -> Panel:
        bars = tuple(_bar(values.get(day)) for day in days)
        return Panel(self._label(kind), (Series(self._scale(kind), bars),), full=SCALES[kind])

    def _caption(self, patient: Patient, given: dict[AskKind, dict[int, str]], days: Sequence[int]) -> Html:
        """The same in words, for who cannot see the picture."""
        lines = [
            self.speaking.staff(
                "tracking/line",
                what=self._label(kind),
                listed=", ".join(f"{self._day(day)} {values[day]}" for day in days if day in values),
            )
            for kind, values in given.items()
            if values
        ]
        return self.speaking.about("tracking/caption", patient, listed=Html("\n".join(lines)))

    def _day(self, day: int) -> str:
        return self.speaking.label("tracking/day", day=str(day))

    def _scale(self, kind: AskKind) -> str:
        return self.speaking.label(f"tracking/scale-{kind.name.lower()}")

    def _label(self, kind: AskKind) -> str:
        return self.speaking.label(f"tracking/{kind.name.lower()}")


def _of_kind(answers: Sequence[CheckInAnswer], kinds: dict[tuple[str, str], AskKind], kind: AskKind) -> dict[int, str]:
    return {
        one.day: one.value for one in answers if kinds.get((one.step_id, one.ask)) is kind and one.value.isdecimal()
    }


def _bar(value: str | None) -> Bar:
    return Bar(0.0, NONE) if value is None else Bar(float(value), value)

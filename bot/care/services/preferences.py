"""The hours, the clock and the language a patient chooses."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.escalating import Escalating
from bot.care.services.knowing import Knowing
from bot.care.services.planning import Planning
from bot.care.services.posting import show, tell

MORNINGS = (time(9), time(9, 30), time(10), time(10, 30), time(11), time(12))
EVENINGS = (time(17), time(18), time(19), time(20), time(20, 30))
HOURS = {"morning": MORNINGS, "evening": EVENINGS}
"""Hours offered; all inside the sending hours, 09:00-20:30."""
IN_A_ROW = 3


@dataclass(frozen=True)
class Preferences:
    clock: Clock
    knowing: Knowing
    escalating: Escalating
    planning: Planning

    def show(self, work: Work, who: Sender) -> None:
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is not None:
            tell(work, patient, self._settings(work, patient, at=now), at=now, keyboard=self._choices(patient))

    def choose_hour(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: `morning` or `evening`. Offers the hours."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None or tap.args[0] not in HOURS:
            return
        part = tap.args[0]
        buttons = [Button(f"{hour:%H:%M}", "set-hour", (part, hour.isoformat("minutes"))) for hour in HOURS[part]]
        rows: Keyboard = tuple(tuple(buttons[n : n + IN_A_ROW]) for n in range(0, len(buttons), IN_A_ROW))
        show(work, tap, self.knowing.speaking.phrase(f"selfcare/ask-{part}", patient), at=now, keyboard=rows)

    def set_hour(self, work: Work, who: Sender, tap: Tap) -> None:
        part, wanted = tap.args
        hour = time.fromisoformat(wanted)
        if hour in HOURS.get(part, ()):
            self._change(work, who, tap, **{part: hour})

    def choose_language(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        languages = self.knowing.shelf.clinic.languages
        rows = tuple(
            (Button(self.knowing.speaking.label("selfcare/own-name", language), "set-language", (language,)),)
            for language in languages
        )
        show(work, tap, self.knowing.speaking.phrase("selfcare/ask-language", patient), at=now, keyboard=rows)

    def set_language(self, work: Work, who: Sender, tap: Tap) -> None:
        if tap.args[0] in self.knowing.shelf.clinic.languages:
            self._change(work, who, tap, language=tap.args[0])

    def _change(self, work: Work, who: Sender, tap: Tap, **changes: str | time) -> None:
        """Saved, and everything that has not left yet is planned anew."""
        now = self.clock.now()
        patient = self.escalating.admitting.patient_here(work, who, at=now)
        if patient is None:
            return
        changed: Patient = replace(patient, **changes)  # type: ignore[arg-type]
        work.patients.save(changed)
        what = ", ".join(changes)
        work.audit.add(AuditEvent(now, f"patient:{patient.code}", "settings", f"patient:{patient.code}", what))
        enrolment = work.enrolments.current(patient.id)
        if enrolment is not None:
            self.planning.replan(work, changed, enrolment, at=now)
        show(work, tap, self._settings(work, changed, at=now), at=now, keyboard=self._choices(changed))

    def _settings(self, work: Work, patient: Patient, *, at: datetime) -> Html:
        hours = {"morning": f"{patient.morning:%H:%M}", "evening": f"{patient.evening:%H:%M}"}
        city = patient.zone.key.rpartition("/")[2].replace("_", " ")
        language = self.knowing.speaking.label("selfcare/own-name", patient.language)
        return self.knowing.say(
            work, patient, "phrases/selfcare/settings", at=at, city=city, own_language=language, **hours
        )

    def _choices(self, patient: Patient) -> Keyboard:
        hours = [Button(self._label(patient, f"selfcare/change-{part}"), "choose-hour", (part,)) for part in HOURS]
        place = Button(self._label(patient, "selfcare/change-place"), "place")
        language = Button(self._label(patient, "selfcare/change-language"), "choose-language")
        health = Button(self._label(patient, "selfcare/change-health"), "health-again")
        several = len(self.knowing.shelf.clinic.languages) > 1
        return (tuple(hours), (place, language) if several else (place,), (health,))

    def _label(self, patient: Patient, name: str) -> str:
        return self.knowing.speaking.label(name, patient.language)

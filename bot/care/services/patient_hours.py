"""The hours at which a patient hears of the plan, changed by staff: whoever phones and asks for it later."""

from dataclasses import dataclass, replace
from datetime import time

from bot.care.model.inbound import Sender, Tap
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, noted
from bot.care.services.confirming import Confirming
from bot.care.services.planning import Planning
from bot.care.services.posting import show, tell
from bot.care.services.preferences import HOURS
from bot.care.services.speaking import Speaking

DEED = "patient-hours"


@dataclass(frozen=True)
class PatientHours:
    clock: Clock
    speaking: Speaking
    admitting: Admitting
    confirming: Confirming
    planning: Planning

    def ask(self, work: Work, who: Sender, tap: Tap) -> None:
        """From the card: the hours there are, and which messages move with them."""
        now = self.clock.now()
        if self.admitting.admit(work, who, DEED, at=now) is None:
            return
        patient = work.patients.get(int(tap.args[0]))
        own = {"morning": patient.morning, "evening": patient.evening}
        offered = {
            self.speaking.label(f"hours/{part}", when=self._hour(hour)): (str(patient.id), part, hour.isoformat())
            for part, hours in HOURS.items()
            for hour in hours
            if hour != own[part]
        }
        facts = {part: self._hour(hour) for part, hour in own.items()}
        text = self.speaking.about("hours/ask", patient, **facts)
        self.confirming.offer(work, who, text, "patient-hours-yes", offered, at=now)

    def change(self, work: Work, who: Sender, tap: Tap) -> None:
        now = self.clock.now()
        member = self.admitting.admit(work, who, DEED, at=now)
        args = None if member is None else self.confirming.accept(work, who, tap, at=now)
        if member is None or args is None:
            return
        number, part, wanted = args
        patient, hour = work.patients.get(int(number)), time.fromisoformat(wanted)
        changed = replace(patient, morning=hour) if part == "morning" else replace(patient, evening=hour)
        work.patients.save(changed)
        enrolment = work.enrolments.current(patient.id)
        if enrolment is not None:
            self.planning.replan(work, changed, enrolment, at=now)
        work.audit.add(noted(member, DEED, f"patient:{patient.code}", at=now, detail=f"{part} {wanted}"))
        facts = {"morning": self._hour(changed.morning), "evening": self._hour(changed.evening)}
        show(work, tap, self.speaking.about("hours/changed", changed, **facts), at=now)
        if changed.may_be_written_to:
            facts |= {"member_name": member.name, "clinic_name": self.speaking.shelf.clinic.name}
            tell(work, changed, self.speaking.say("hours/patient-changed", changed.language, **facts), at=now)

    def _hour(self, hour: time) -> str:
        return self.speaking.dates.say_time(hour, self.speaking.staff_language)

"""Let staff see and change a patient's health facts, and warn them where a fact stands against a session."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.care.model.enrolment import Enrolment
from bot.care.model.health_line import read_health, said
from bot.care.model.health_questions import in_hold
from bot.care.model.inbound import Sender
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.admitting import Admitting, here, noted
from bot.care.services.alerting import Alerting
from bot.care.services.continuing import Continuing
from bot.care.services.finding import Finding
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.knowing import Knowing
from bot.care.services.posting import post
from scheduler.localtime import local_day

HOLD = "isotretinoin"
"""Why an alert is raised about a session that was done inside the hold."""


@dataclass(frozen=True)
class HealthNoting:
    clock: Clock
    knowing: Knowing
    admitting: Admitting
    finding: Finding
    continuing: Continuing

    def command(self, work: Work, who: Sender, words: str) -> None:
        """`/health CODE` shows them, `/health CODE isotretinoin=2026-08-31 ...` changes them."""
        now = self.clock.now()
        member = self.admitting.admit(work, who, "health", at=now)
        code, _, rest = words.strip().partition(" ")
        if member is None:
            return
        patient = self.finding.patient(work, who, code, at=now) if code else None
        enrolment = None if patient is None else work.enrolments.current(patient.id)
        if not code:
            post(work, here(who), self._usage(), at=now)
        if patient is None:
            return
        if enrolment is None:
            post(work, here(who), self.knowing.speaking.about("enrolling/no-course", patient), at=now)
            return
        health, wrong = read_health(enrolment.health, rest, today=local_day(now, patient.zone))
        if wrong:
            post(work, here(who), self._usage(wrong), at=now)
            return
        changed = replace(enrolment, health=health)
        if changed != enrolment:
            self.continuing.change(work, patient, changed, at=now)
            work.audit.add(noted(member, "health", f"patient:{patient.code}", at=now))
        name = "staff-changed" if rest.strip() else "staff-now"
        text = self.knowing.speaking.about(f"health/{name}", patient, listed=self._listed(changed), text=self._usage())
        post(work, here(who), text, at=now)

    @property
    def _hold(self) -> int:
        return self.knowing.shelf.clinic.setting("isotretinoin-hold")

    def warning(self, patient: Patient, enrolment: Enrolment, session: date | None, *, at: datetime) -> Html:
        """Before a date is confirmed: a clinician decides about it; empty when nothing stands against it."""
        if session is None or not in_hold(enrolment.health, session, self._hold):
            return Html()
        day = weekday_and_day(self.knowing.speaking, session, at=at)
        return self.knowing.speaking.about("health/staff-hold-ahead", patient, next_session=day)

    def done(self, work: Work, patient: Patient, begun: Enrolment, *, at: datetime) -> None:
        """A session that was done inside the hold is a clinician's to look at (S003-20)."""
        if begun.session_on is None or not in_hold(begun.health, begun.session_on, self._hold):
            return
        day = weekday_and_day(self.knowing.speaking, begun.session_on, at=at)
        words = self.knowing.speaking.staff("health/staff-done-in-hold", session_date=day)
        Alerting(self.knowing).raise_alert(work, patient, level=None, reason=HOLD, words=words, at=at)

    def _listed(self, enrolment: Enrolment) -> Html:
        unknown = self.knowing.speaking.staff("health/staff-unknown")
        pairs = said(enrolment.health).items()
        lines = [self.knowing.speaking.staff("health/staff-pair", what=what, value=v or unknown) for what, v in pairs]
        return Html("\n".join(lines))

    def _usage(self, wrong: tuple[str, ...] = ()) -> Html:
        lines = [self.knowing.speaking.staff("health/staff-bad", typed=one) for one in wrong]
        return self.knowing.speaking.staff("health/staff-usage", problems=Html("\n".join(lines)))

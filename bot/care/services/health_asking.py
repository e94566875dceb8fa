"""Ask the few health questions by buttons, one message that changes from question to question."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.health_questions import ANSWERS, ORDER, SKIP, in_hold, last_months, next_question, with_answer
from bot.care.model.inbound import AuditEvent, Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.noticing import tell_staff
from bot.care.services.planning import Planning
from bot.care.services.posting import show, tell
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

AFTER_FIRST_MESSAGE = timedelta(seconds=15)
"""The day's own message leaves first."""
MONTHS_IN_A_ROW = 2


@dataclass(frozen=True)
class HealthAsking:
    clock: Clock
    speaking: Speaking
    planning: Planning

    def begin(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """The first question, just after the message that is due now."""
        self._ask(work, patient, enrolment, at=at + AFTER_FIRST_MESSAGE)

    def again(self, work: Work, who: Sender) -> None:
        """`/health`: the same questions, to change what was said."""
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        enrolment = None if patient is None else work.enrolments.current(patient.id)
        if patient is not None and enrolment is not None:
            self._ask(work, patient, enrolment, at=now)

    def answer(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: enrolment, question, answer; `all` for the question ends the asking."""
        now = self.clock.now()
        enrolment = work.enrolments.get(int(tap.args[0]))
        patient = work.patients.get(enrolment.patient_id)
        is_theirs = patient.contact is not None and patient.contact.chat == who.chat
        if not is_theirs or not work.outbox.use_tap(tap.token, at=now):
            return
        question, answer = tap.args[1:]
        if question == "all":
            self._end(work, patient, tap, at=now)
            return
        self._take(work, patient, enrolment, question, answer, at=now)
        following = next_question(question, answer)
        if following is None:
            self._end(work, patient, tap, at=now)
            return
        show(
            work,
            tap,
            self._question(patient, following),
            at=now,
            keyboard=self._keyboard(patient, enrolment, following, local_day(now, patient.zone)),
        )

    def phone_shared(self, work: Work, who: Sender, phone: str, *, owner: int | None) -> None:
        """Telegram's contact button; somebody else's number is not taken."""
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        if patient is None:
            return
        name = "phone-thanks" if owner == who.account else "phone-not-yours"
        if owner == who.account:
            work.patients.save(replace(patient, phone=phone if phone.startswith("+") else f"+{phone}"))
            work.audit.add(AuditEvent(now, f"patient:{patient.code}", "phone", f"patient:{patient.code}"))
        tell(work, patient, self.speaking.say(f"health/{name}", patient.language), at=now)

    @property
    def _hold(self) -> int:
        return self.speaking.shelf.clinic.setting("isotretinoin-hold")

    def _ask(self, work: Work, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        first = ORDER[0]
        intro = self.speaking.say("health/intro", patient.language)
        text = f"{intro}\n\n{self._question(patient, first)}"
        keyboard = self._keyboard(patient, enrolment, first, local_day(at, patient.zone))
        tell(work, patient, text, at=at, keyboard=keyboard, purpose=Purpose.HEALTH)

    def _take(
        self, work: Work, patient: Patient, enrolment: Enrolment, question: str, answer: str, *, at: datetime
    ) -> None:
        if question == "photos":
            if patient.consent is not None and answer != SKIP:
                work.patients.save(replace(patient, consent=replace(patient.consent, photos=answer == "yes")))
            return
        today = local_day(at, patient.zone)
        health = with_answer(enrolment.health, question, answer, today=today, hold=self._hold)
        if health != enrolment.health:
            changed = replace(enrolment, health=health)
            work.enrolments.save(changed)
            work.audit.add(AuditEvent(at, f"patient:{patient.code}", "health", f"patient:{patient.code}", question))
            self.planning.replan(work, patient, changed, at=at)
        self._worry(work, patient, replace(enrolment, health=health), question, answer, at=at)

    def _worry(
        self, work: Work, patient: Patient, enrolment: Enrolment, question: str, answer: str, *, at: datetime
    ) -> None:
        """What a person of the clinic has to look at, because it decides about a session or a product."""
        name = ""
        if question == "pregnancy" and answer in ("yes", "prefer-not"):
            name = f"staff-pregnancy-{answer}"
        elif question == "cold-sores" and answer == "yes":
            name = "staff-cold-sores"
        elif question in ("isotretinoin", "last-dose") and answer != "recent":
            days = [day for day in (enrolment.session_on, enrolment.next_on) if day is not None]
            name = "staff-isotretinoin" if any(in_hold(enrolment.health, day, self._hold) for day in days) else ""
        if name == "staff-isotretinoin":
            text = self.speaking.phrase("health/timing-checked", patient)
            tell(work, patient, text, at=at, purpose=Purpose.HEALTH)
        if name:
            tell_staff(work, self.speaking.about(f"health/{name}", patient), at=at, patient_id=patient.id)

    def _question(self, patient: Patient, question: str) -> str:
        days = str(self.speaking.shelf.clinic.setting("photos"))
        return self.speaking.say(f"health/{question}", patient.language, photo_days=days)

    def _keyboard(self, patient: Patient, enrolment: Enrolment, question: str, today: date) -> Keyboard:
        answers = [
            Button(label, "health", (str(enrolment.id), question, answer))
            for answer, label in self._answers(patient, question, today)
        ]
        paired = [tuple(answers[n : n + MONTHS_IN_A_ROW]) for n in range(0, len(answers), MONTHS_IN_A_ROW)]
        rows = paired if question == "last-dose" else [(answer,) for answer in answers]
        skip = Button(
            self.speaking.label("health/skip", patient.language), "health", (str(enrolment.id), question, SKIP)
        )
        stop = Button(
            self.speaking.label("health/skip-all", patient.language), "health", (str(enrolment.id), "all", SKIP)
        )
        return (*rows, (skip, stop))

    def _answers(self, patient: Patient, question: str, today: date) -> list[tuple[str, str]]:
        if question == "last-dose":
            return [(end.isoformat(), f"{end:%m/%Y}") for end in last_months(today, self._hold)]
        return [(one, self.speaking.label(f"health/{question}-{one}", patient.language)) for one in ANSWERS[question]]

    def _end(self, work: Work, patient: Patient, tap: Tap, *, at: datetime) -> None:
        show(work, tap, self.speaking.say("health/thanks", patient.language), at=at)
        if patient.phone:
            return
        button = Button(self.speaking.label("health/share-phone", patient.language), contact=True)
        text = self.speaking.say("health/ask-phone", patient.language)
        tell(work, patient, text, at=at, keyboard=((button,),))

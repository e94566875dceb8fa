"""Give the next session another date: what was stopped for it stays off, and what should have been is asked about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment, Retinol
from bot.care.model.inbound import Entry, Heard, Sender, Tap
from bot.care.model.moves import BY_ITSELF, late_for, stays_off
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.things import Thing
from bot.care.model.windows import days_before
from bot.care.model.words import Html
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.asking import person_button
from bot.care.services.continuing import Continuing
from bot.care.services.escalating import Escalating
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.posting import show, tell
from bot.care.services.speaking import Speaking
from scheduler.localtime import SENDING_HOURS, local_day, next_inside

DAYS_OFFERED = 7
LAST_USE = "last-use"
"""Why staff are told: the reason of the alert, and the topic of the diary's line."""
OTHER_ANSWERS = ("earlier", "not")


@dataclass(frozen=True)
class SessionMoving:
    clock: Clock
    speaking: Speaking
    continuing: Continuing
    escalating: Escalating

    def move(self, work: Work, patient: Patient, old: Enrolment, day: date | None, *, at: datetime) -> Enrolment:
        """Everything that depends on the date is planned anew; `day=None`: there is none at the moment."""
        today, protocols = local_day(at, patient.zone), self.speaking.shelf.protocols
        if old.treatment not in protocols:
            moved = old.move_next(day)
            self.continuing.change(work, patient, moved, at=at)
            return moved
        moved = stays_off(old, old.move_next(day), protocols, today)
        self.continuing.change(work, patient, moved, at=at)
        late = late_for(old, moved, protocols, today)
        if late:
            self._flag(work, patient, moved, late, at=at)
        self._tell_patient(work, patient, moved, late, at=at)
        return moved

    def used(self, work: Work, who: Sender, tap: Tap) -> None:
        """Args: enrolment, and a day, `earlier` or `not`: when the patient last used retinol. Staff decide."""
        now = self.clock.now()
        patient = work.patients.by_chat(who.chat)
        if patient is None or work.enrolments.get(int(tap.args[0])).patient_id != patient.id:
            return
        if not work.outbox.use_tap(tap.token, at=now):
            return
        told = self.speaking.phrase("sessions/last-use-noted", patient, answer=tap.label)
        show(work, tap, told, at=now, keyboard=((self._person(patient),),))
        work.diary.add(Entry(patient.id, now, Heard.CHECK_IN, tap.label, who.chat, tap.message_id or 0, LAST_USE))
        words = self.speaking.staff("sessions/last-use-answer", answer=self._day_used(tap.args[1], at=now))
        self._alert(work, patient, words, told, at=now)

    def _flag(self, work: Work, patient: Patient, moved: Enrolment, late: tuple[Thing, ...], *, at: datetime) -> None:
        """Staff decide whether the session can be: the bot does not reassure."""
        lines = [self._late(moved, thing, at=at) for thing in late]
        self._alert(work, patient, Html("; ".join(line for line in lines if line)), "", at=at)

    def _late(self, moved: Enrolment, thing: Thing, *, at: datetime) -> Html:
        if moved.next_on is None:
            return Html()
        off_from = moved.next_on - timedelta(days=days_before(self.speaking.shelf.protocols, moved, thing))
        return self.speaking.staff(
            "sessions/should-be-off",
            thing=self.speaking.staff(f"things/{thing.value}"),
            change_day=weekday_and_day(self.speaking, off_from, at=at),
            next_session=weekday_and_day(self.speaking, moved.next_on, at=at),
        )

    def _alert(self, work: Work, patient: Patient, words: str, told: str, *, at: datetime) -> None:
        self.escalating.alerting.raise_alert(work, patient, level=None, reason=LAST_USE, words=words, told=told, at=at)

    def _tell_patient(
        self, work: Work, patient: Patient, moved: Enrolment, late: tuple[Thing, ...], *, at: datetime
    ) -> None:
        """The patient hears of a new date by day; a date they did not know of would be a surprise."""
        if not patient.may_be_written_to:
            return
        keyboard: Keyboard = ()
        if moved.next_on is None:
            parts = [self.speaking.say("sessions/patient-no-date", patient.language)]
        else:
            said = self.speaking.day(moved.next_on, at=at, language=patient.language)
            parts = [self.speaking.say("sessions/patient-moved", patient.language, next_session=said)]
        if any(own.by == BY_ITSELF for own in moved.overrides):
            parts.append(self.speaking.say("sessions/patient-stay-off", patient.language))
        if Thing.RETINOL in late and moved.health.retinol is not Retinol.NOTHING:
            parts.append(self.speaking.say("sessions/patient-last-use", patient.language))
            keyboard = self._days(patient, moved, at=at)
        due_at = next_inside(at, SENDING_HOURS, patient.zone)
        tell(work, patient, Html("\n\n".join(parts)), at=due_at, keyboard=keyboard, purpose=Purpose.MOVED)

    def _days(self, patient: Patient, moved: Enrolment, *, at: datetime) -> Keyboard:
        today = local_day(at, patient.zone)
        days = [today - timedelta(days=n) for n in range(DAYS_OFFERED)]
        number = str(moved.id)
        dated = [
            Button(self.speaking.day(day, at=at, language=patient.language), "last-use", (number, day.isoformat()))
            for day in days
        ]
        others = tuple(
            (Button(self.speaking.label(f"sessions/last-use-{one}", patient.language), "last-use", (number, one)),)
            for one in OTHER_ANSWERS
        )
        rows = tuple(tuple(dated[n : n + 2]) for n in range(0, len(dated), 2))
        return (*rows, *others, (self._person(patient),))

    def _day_used(self, answer: str, *, at: datetime) -> str:
        if answer in OTHER_ANSWERS:
            return self.speaking.label(f"sessions/last-use-{answer}")
        return weekday_and_day(self.speaking, date.fromisoformat(answer), at=at)

    def _person(self, patient: Patient) -> Button:
        return person_button(self.escalating.knowing, patient)

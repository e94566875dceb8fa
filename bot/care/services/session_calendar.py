"""Move the next session by tapping a day: one message that turns months, says what follows, and does it."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.hours import opening
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.form_reading import weekday_and_day
from bot.care.services.posting import post, show
from bot.care.services.session_asking import SessionAsking
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

LONGEST = timedelta(days=365)
"""Further away a date is typed."""
WEEK = 7
BLANK, CLOSED = "·", "✕"
"""Of another month, and a day that cannot be; Telegram takes no button without a letter."""


@dataclass(frozen=True)
class SessionCalendar:
    speaking: Speaking
    asking: SessionAsking

    def open(self, work: Work, who: Sender, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """The month of the session as it is planned."""
        month = self._month(enrolment.next_on or self._first(enrolment, at=at), enrolment, at=at)
        text, keyboard = self._page(who, patient, enrolment, month, at=at)
        post(work, here(who), text, at=at, keyboard=keyboard)

    def turn(self, work: Work, who: Sender, tap: Tap, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        month = self._month(date.fromisoformat(tap.args[1]), enrolment, at=at)
        text, keyboard = self._page(who, patient, enrolment, month, at=at)
        show(work, tap, text, at=at, keyboard=keyboard)

    def pick(self, work: Work, who: Sender, tap: Tap, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """What the day would change takes the place of the calendar, with a way back to it."""
        day = date.fromisoformat(tap.args[1])
        if not self._is_open(day, enrolment, at=at):
            self.turn(work, who, tap, patient, enrolment, at=at)
            return
        text = self.asking.move(work, patient, enrolment, day, at=at)
        back = Button(self.speaking.label("calendar/back"), "calendar", (str(patient.id), day.isoformat()))
        yes, leave = self.asking.move_buttons(who, patient, enrolment, day, at=at)
        show(work, tap, text, at=at, keyboard=(yes, (back,), leave))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _page(
        self, who: Sender, patient: Patient, enrolment: Enrolment, month: date, *, at: datetime
    ) -> tuple[Html, Keyboard]:
        name = self.speaking.label(f"calendar/month-{month.month}", value=str(month.year))
        planned = weekday_and_day(self.speaking, enrolment.next_on, at=at) if enrolment.next_on else ""
        text = self.speaking.about("calendar/page", patient, when=name, old_date=planned or self._none())
        days = list(Calendar().itermonthdates(month.year, month.month))
        rows = [
            tuple(self._day(patient, enrolment, day, month, at=at) for day in days[n : n + WEEK])
            for n in range(0, len(days), WEEK)
        ]
        weekdays = tuple(self._blank(patient, self._weekday(day)) for day in days[:WEEK])
        leave = self.asking.confirming.leaving(who, at=at)
        return text, (weekdays, *rows, self._turns(patient, enrolment, month, at=at), leave)

    def _day(self, patient: Patient, enrolment: Enrolment, day: date, month: date, *, at: datetime) -> Button:
        if day.month != month.month or not self._is_open(day, enrolment, at=at):
            return self._blank(patient, BLANK if day.month != month.month else CLOSED)
        label = f"[{day.day}]" if day == enrolment.next_on else str(day.day)
        return Button(label, "calendar-day", (str(patient.id), day.isoformat()))

    def _turns(self, patient: Patient, enrolment: Enrolment, month: date, *, at: datetime) -> tuple[Button, ...]:
        """Where there is a day to tap."""
        others = (("◀", month - timedelta(days=1)), ("▶", month + timedelta(days=31)))
        return tuple(
            Button(label, "calendar", (str(patient.id), other.isoformat()))
            for label, other in others
            if self._month(other, enrolment, at=at) == other.replace(day=1)
        )

    def _month(self, day: date, enrolment: Enrolment, *, at: datetime) -> date:
        """The first of its month; of the nearest one that has a day to tap."""
        first = self._first(enrolment, at=at)
        return min(max(day, first), first + LONGEST).replace(day=1)

    def _is_open(self, day: date, enrolment: Enrolment, *, at: datetime) -> bool:
        """Still to come, after the last session, and the clinic is open."""
        first = self._first(enrolment, at=at)
        return first <= day <= first + LONGEST and opening(self.speaking.shelf.clinic, day) is not None

    def _first(self, enrolment: Enrolment, *, at: datetime) -> date:
        today = local_day(at, self.speaking.shelf.clinic.zone)
        last = enrolment.session_on
        return today if last is None else max(today, last + timedelta(days=1))

    def _blank(self, patient: Patient, label: str) -> Button:
        """Telegram's rows are as wide as their buttons: a place without a day needs one that does nothing."""
        return Button(label, "calendar-blank", (str(patient.id),))

    def _weekday(self, day: date) -> str:
        return self.speaking.dates.say_weekday(day, self.speaking.staff_language)[:2]

    def _none(self) -> str:
        return self.speaking.staff("sessions/no-date")

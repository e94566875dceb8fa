"""Turn a protocol and an enrolment into dated steps: what falls due when, and how long it stays useful."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.conditions import is_gate
from bot.care.model.enrolment import Enrolment
from bot.care.model.hours import opening
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Moment, Protocol, Step
from scheduler.localtime import SENDING_HOURS, instant, local_day, local_hour, next_inside

BEFORE_CLOSING = timedelta(hours=3)
"""A check-in that may raise a flag leaves while somebody can still act on it (facts 0)."""
MOST_A_DAY = 2
GATE_MORNINGS = 7
"""For how many mornings a failed gate is planned ahead; each answer plans anew."""
FIRST_MORNING = time(9, 30)

Kept = Mapping[tuple[str, str], datetime]
"""(step, occurrence) of rows that exist already -> when they were or will be due."""


@dataclass(frozen=True)
class Planned:
    """One step on its day. `occurrence` is the anchor's own date in ISO; a daily step's is its own."""

    step: Step
    due_at: datetime
    useful_until: datetime
    occurrence: str

    @property
    def key(self) -> tuple[str, str]:
        return self.step.id, self.occurrence


@dataclass(frozen=True)
class Timetable:
    """All that dates depend on. `begun` is when the patient could first be written to about this session."""

    protocol: Protocol
    enrolment: Enrolment
    patient: Patient
    clinic: Clinic
    begun: datetime
    kept: Kept
    failed_on: int | None = None
    """The day whose answer keeps the healed gate shut."""

    def plan(self, *, at: datetime) -> tuple[Planned, ...]:
        """Every step still useful at `at`, in order of sending. Planning again gives the same rows again."""
        after = [planned for step in self._session_steps() for planned in self._after(step)]
        rows = _with_company([*after, *self._gates(after), *self._before(at=at)], self.begun, self.patient)
        rows = _asked_before(rows, self.patient)
        rows = self._at_once(_merged(rows, self.patient), at=at)
        useful = (row for row in rows if at < row.useful_until and row.due_at <= row.useful_until)
        return tuple(sorted(useful, key=lambda row: (row.due_at, row.step.rank, row.step.id)))

    # --- after the session ---

    def _session_steps(self) -> list[Step]:
        steps = [step for step in self.protocol.steps if step.anchor is Anchor.SESSION and not step.daily]
        return steps if self.enrolment.session_on is not None else []

    def _after(self, step: Step) -> list[Planned]:
        session_on = self.enrolment.session_on
        if session_on is None or not self._is_before_next(session_on + timedelta(days=step.day)):
            return []
        until = self._until(step, session_on + timedelta(days=step.until.day))
        if step.late_of is not None and not self._was_missed(step.late_of, session_on):
            return []
        due = self._due(step, session_on + timedelta(days=step.day))
        row = Planned(step, max(due, self.begun), until, session_on.isoformat())
        return [row] if row.due_at <= until else []

    def _was_missed(self, step_id: str, session_on: date) -> bool:
        step = self.protocol.step(step_id)
        return step is not None and self._until(step, session_on + timedelta(days=step.until.day)) < self.begun

    def _gates(self, planned: Iterable[Planned]) -> list[Planned]:
        """A failed gate is asked again each morning on which no other gate is asked."""
        session_on = self.enrolment.session_on
        if session_on is None or self.failed_on is None:
            return []
        asked = (row for row in planned if is_gate(row.step) and row.step.repeats is None)
        taken = {local_day(row.due_at, self.patient.zone) for row in asked}
        steps = [step for step in self.protocol.steps if step.daily]
        mornings = [session_on + timedelta(days=self.failed_on + n) for n in range(1, GATE_MORNINGS + 1)]
        free = [day for day in mornings if day not in taken and self._is_before_next(day)]
        return [self._gate(step, day) for step in steps for day in free if (day - session_on).days >= step.day]

    def _gate(self, step: Step, day: date) -> Planned:
        until = instant(day, step.until.at, self.patient.zone)
        return Planned(step, self._due(step, day), until, day.isoformat())

    def _is_before_next(self, day: date) -> bool:
        # on the next session's day a new day 0 begins; until it is known to have taken place nothing is allowed again
        return self.enrolment.next_on is None or day < self.enrolment.next_on

    # --- before the next session ---

    def _before(self, *, at: datetime) -> list[Planned]:
        next_on = self.enrolment.next_on
        if next_on is None:
            return []
        steps = [step for step in self.protocol.steps if step.anchor is Anchor.NEXT_SESSION]
        now = max(at, self.begun)
        return [self._reminder(step, next_on, now) for step in steps if self._is_wanted(step, next_on, now)]

    def _is_wanted(self, step: Step, next_on: date, now: datetime) -> bool:
        """Of a reminder and its late variant exactly one: which of them depends on whether its day was over."""
        day, first = self._day_before(step, next_on)
        key = (step.id, next_on.isoformat())
        was_over = day < max(first, local_day(now, self.patient.zone))
        if step.late_of is not None:
            return key in self.kept or (was_over and (step.late_of, key[1]) not in self.kept)
        if was_over and key not in self.kept:
            return day >= first and not self._has_late(step)
        return day >= first

    def _reminder(self, step: Step, next_on: date, now: datetime) -> Planned:
        key = (step.id, next_on.isoformat())
        day, first = self._day_before(step, next_on)
        due = max(self._due(step, max(day, first)), self.begun)
        if step.late_of is not None or due < now:
            due = self.kept.get(key, due)
        return Planned(step, due, self._until(step, next_on - timedelta(days=step.until.day)), key[1])

    def _day_before(self, step: Step, next_on: date) -> tuple[date, date]:
        """A reminder's own day, and the first day on which one may leave: never on day 0 itself."""
        session_on = self.enrolment.session_on
        first = date.min if session_on is None else session_on + timedelta(days=1)
        return next_on - timedelta(days=step.day), first

    def _has_late(self, step: Step) -> bool:
        return any(other.late_of == step.id for other in self.protocol.steps)

    def _at_once(self, rows: list[Planned], *, at: datetime) -> list[Planned]:
        """Reminders whose hour was over before they could be planned join today's next message, else leave now."""
        now = max(at, self.begun)
        return [self._moved(row, rows, now) if self._is_overdue(row, now) else row for row in rows]

    def _is_overdue(self, row: Planned, now: datetime) -> bool:
        return row.step.anchor is Anchor.NEXT_SESSION and row.due_at < now and row.key not in self.kept

    def _moved(self, row: Planned, rows: list[Planned], now: datetime) -> Planned:
        zone = self.patient.zone
        today = local_day(now, zone)
        dues = sorted({other.due_at for other in rows if local_day(other.due_at, zone) == today})
        coming = next((due for due in dues if due >= now and not self._is_overdue_at(due, rows, now)), None)
        if coming is not None:
            return replace(row, due_at=coming)
        gone = {other.due_at for other in rows if other.due_at < now and not self._is_overdue(other, now)}
        if len([due for due in gone if local_day(due, zone) == today]) < MOST_A_DAY:
            return replace(row, due_at=next_inside(now, SENDING_HOURS, zone))
        return replace(row, due_at=instant(today + timedelta(days=1), SENDING_HOURS.opens, zone))

    def _is_overdue_at(self, due: datetime, rows: list[Planned], now: datetime) -> bool:
        return all(self._is_overdue(other, now) for other in rows if other.due_at == due)

    # --- hours ---

    def _due(self, step: Step, day: date) -> datetime:
        zone = self.patient.zone
        if step.moment is Moment.SESSION_END:
            return instant(day, self.enrolment.ended, zone)
        due = instant(day, SENDING_HOURS.nearest(_hour(step, self.patient)), zone)
        return self._early_enough(step, day, due) if step.alarm else due

    def _early_enough(self, step: Step, day: date, due: datetime) -> datetime:
        """Never later than three hours before closing; where the clinic is closed that day, at the protocol's hour."""
        zone = self.patient.zone
        earliest = instant(day, SENDING_HOURS.opens, zone)
        today = opening(self.clinic, local_day(due, self.clinic.zone))
        if today is None:
            return min(due, max(instant(day, step.at or FIRST_MORNING, zone), earliest))
        return max(earliest, min(due, today.closes - BEFORE_CLOSING))

    def _until(self, step: Step, day: date) -> datetime:
        zone, next_on = self.patient.zone, self.enrolment.next_on
        until = instant(day, step.until.at, zone)
        if step.until.before_appointment is not None and next_on is not None and self.enrolment.next_at is not None:
            appointment = instant(next_on, self.enrolment.next_at, zone)
            return appointment - timedelta(hours=step.until.before_appointment)
        if step.until.before_next is None or next_on is None:
            return until
        return min(until, instant(next_on - timedelta(days=step.until.before_next), SENDING_HOURS.closes, zone))


def _hour(step: Step, patient: Patient) -> time:
    """The patient's own hour once they chose one; else the protocol's."""
    own, usual = (
        (patient.morning, Patient.morning) if step.moment is Moment.MORNING else (patient.evening, Patient.evening)
    )
    if step.at is not None and (step.moment is Moment.FIXED or own == usual):
        return step.at
    return own


def _with_company(rows: list[Planned], begun: datetime, patient: Patient) -> list[Planned]:
    """Who comes late gets the day's step together with the warning list, not an hour after it."""
    if not any(row.step.late_of and row.step.anchor is Anchor.SESSION and row.due_at == begun for row in rows):
        return rows
    today = local_day(begun, patient.zone)
    return [
        replace(row, due_at=begun)
        if row.step.moment is Moment.MORNING and local_day(row.due_at, patient.zone) == today
        else row
        for row in rows
    ]


def _asked_before(rows: list[Planned], patient: Patient) -> list[Planned]:
    """Without what repeats a question on the very day on which whoever comes late is first asked it."""
    days = {row.step.id: local_day(row.due_at, patient.zone) for row in rows}
    return [
        row
        for row in rows
        if row.step.repeats not in days or days[row.step.repeats] < local_day(row.due_at, patient.zone)
    ]


def _merged(rows: list[Planned], patient: Patient) -> list[Planned]:
    """Steps of one part of one day leave together, at the earliest of their hours: at most two messages a day."""
    earliest: dict[tuple[date, str], datetime] = {}
    for row in rows:
        part = _part(row, patient)
        earliest[part] = min(earliest.get(part, row.due_at), row.due_at)
    return [replace(row, due_at=earliest[_part(row, patient)]) for row in rows]


def _part(row: Planned, patient: Patient) -> tuple[date, str]:
    day = local_day(row.due_at, patient.zone)
    if row.step.moment is Moment.SESSION_END or not SENDING_HOURS.hold(local_hour(row.due_at, patient.zone)):
        return day, row.due_at.isoformat()
    return day, "morning" if row.step.moment is Moment.MORNING else "evening"

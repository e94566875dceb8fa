"""Say what a change of a session would do, before anybody confirms it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.care.model.dates_typed import as_step, read_staff_date
from bot.care.model.delivery import Button, DeliveryState, Keyboard
from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.enrolment_form import DEFAULT_END
from bot.care.model.inbound import Sender
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.admitting import here
from bot.care.services.confirming import Confirming
from bot.care.services.form_reading import closed_on, weekday_and_day
from bot.care.services.health_noting import HealthNoting
from bot.care.services.inviting import Inviting
from bot.care.services.planning import Planning
from bot.care.services.posting import post
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day, local_hour


@dataclass(frozen=True)
class SessionAsking:
    speaking: Speaking
    confirming: Confirming
    inviting: Inviting
    noting: HealthNoting
    planning: Planning

    def offer(self, work: Work, who: Sender, patient: Patient, enrolment: Enrolment, *, at: datetime) -> None:
        """Took place, did not, new date."""
        keyboard: Keyboard = tuple(
            (Button(self.speaking.label(f"sessions/button-{one}"), "session", (str(patient.id), one)),)
            for one in ("done", "not", "date")
        )
        text = self.speaking.about("sessions/which", patient, summary=self.inviting.summary(enrolment, at=at))
        post(work, here(who), text, at=at, keyboard=keyboard)

    def show_correctable(
        self, work: Work, who: Sender, patient: Patient, enrolment: Enrolment, *, at: datetime
    ) -> None:
        """What is recorded, and what may be typed for each instead."""
        confirmed = "confirmed" if enrolment.surface_confirmed else "unconfirmed"
        now = {
            "treatment": self.speaking.treatment(enrolment),
            "surface": self.speaking.staff(f"sessions/surface-{enrolment.surface}"),
            "area": self.speaking.staff(f"sessions/area-{enrolment.area}"),
            "date": self._said(enrolment.session_on, at=at),
            "ended": f"{enrolment.ended:%H:%M}",
        }
        known = {
            "treatment": ", ".join(sorted(self.speaking.shelf.protocols)),
            "surface": ", ".join(Surface),
            "area": ", ".join(Area),
        }
        lines = [
            self.speaking.staff(f"sessions/may-change-{what}", old_value=value, known=known.get(what, ""))
            for what, value in now.items()
        ]
        text = self.speaking.about(
            "sessions/may-change",
            patient,
            listed=Html("\n".join(lines)),
            surface_name=enrolment.surface.value,
            confirmed=self.speaking.staff(f"sessions/surface-is-{confirmed}"),
        )
        post(work, here(who), text, at=at)

    def ask_done(
        self, work: Work, who: Sender, patient: Patient, enrolment: Enrolment, typed: str, *, at: datetime
    ) -> None:
        """Without a typed day: the planned one once it has come, else today."""
        today, now = self._today(at), local_hour(at, self.speaking.shelf.clinic.zone)
        day = read_staff_date(typed, today=today) if typed else _done_on(enrolment, today)
        if day is None or day > today or _is_not_after(day, enrolment):
            post(
                work,
                here(who),
                self.speaking.about("sessions/bad-done", patient, typed=typed or self._said(day, at=at)),
                at=at,
            )
            return
        ended = now.replace(second=0, microsecond=0) if day == today else DEFAULT_END
        text = self.speaking.about(
            "sessions/confirm-done",
            patient,
            session_date=self._said(day, at=at),
            treatment_name=self.speaking.treatment(enrolment),
            unsent=str(unsent(work, enrolment)),
            remarks=self._early(patient, enrolment, day, at=at),
        )
        args = (str(patient.id), str(enrolment.id), day.isoformat(), ended.isoformat())
        self.confirming.ask(work, who, text, "session-done", *args, at=at)

    def ask_for(self, work: Work, who: Sender, case: tuple[Patient, Enrolment], typed: str, *, at: datetime) -> None:
        """A typed new date."""
        patient, enrolment = case
        today = self._today(at)
        day = read_staff_date(typed, today=today, counted_from=enrolment.session_on)
        if day is None:
            step = as_step(typed)
            name = "date-as-step" if step else "bad-date"
            post(work, here(who), self.speaking.about(f"sessions/{name}", patient, typed=typed, iso=step), at=at)
        elif day < today or _is_not_after(day, enrolment):
            post(work, here(who), self.speaking.about("sessions/past", patient, typed=typed), at=at)
        else:
            counted = self._counted(enrolment, at=at) if typed.startswith("+") else Html()
            self.ask_move(work, who, patient, enrolment, day, at=at, remarks=counted)

    def ask_move(
        self,
        work: Work,
        who: Sender,
        patient: Patient,
        enrolment: Enrolment,
        day: date | None,
        *,
        at: datetime,
        remarks: str = "",
    ) -> None:
        """Says from when to when, how many messages that changes, and whether it is too soon or a closed day."""
        if day is None and enrolment.next_on is None:
            post(work, here(who), self.speaking.about("sessions/none-planned", patient), at=at)
            return
        text = self.move(work, patient, enrolment, day, at=at, remarks=remarks)
        # an empty argument stands for "no date"
        args = (str(patient.id), str(enrolment.id), day.isoformat() if day else "")
        self.confirming.ask(work, who, text, "session-move", *args, at=at)

    def move(
        self, work: Work, patient: Patient, enrolment: Enrolment, day: date | None, *, at: datetime, remarks: str = ""
    ) -> Html:
        """What a new date, or none, would change."""
        held = self.noting.warning(patient, enrolment, day, at=at)
        closed = self.speaking.remarks("enrolling_notes", closed_on(self.speaking, day, at=at))
        return self.speaking.about(
            f"sessions/confirm-{'cancel' if day is None else 'move'}",
            patient,
            old_date=self._said(enrolment.next_on, at=at),
            new_date=self._said(day, at=at),
            unsent=str(unsent(work, enrolment)),
            listed=self._planned(work, patient, enrolment, day, at=at),
            remarks=Html("\n".join(one for one in (remarks, self._too_soon(enrolment, day), closed, held) if one)),
        )

    def move_buttons(
        self, who: Sender, patient: Patient, enrolment: Enrolment, day: date, *, at: datetime
    ) -> tuple[tuple[Button, ...], ...]:
        args = (str(patient.id), str(enrolment.id), day.isoformat())
        return self.confirming.choices(who, "session-move", *args, at=at)

    def _planned(self, work: Work, patient: Patient, enrolment: Enrolment, day: date | None, *, at: datetime) -> Html:
        """The days on which messages about the new date would leave."""
        rows = self.planning.timetable(work, patient, enrolment.move_next(day), at=at) if day is not None else ()
        days = sorted({local_day(row.due_at, patient.zone) for row in rows if row.step.anchor is Anchor.NEXT_SESSION})
        if not days:
            return Html()
        said = ", ".join(self.speaking.day(one, at=at) for one in days)
        return self.speaking.staff("sessions/replanned", listed=said)

    def _said(self, day: date | None, *, at: datetime) -> str:
        return self.speaking.staff("sessions/no-date") if day is None else weekday_and_day(self.speaking, day, at=at)

    def _counted(self, enrolment: Enrolment, *, at: datetime) -> Html:
        if enrolment.session_on is None:
            return Html()
        return self.speaking.staff("sessions/counted", session_date=self._said(enrolment.session_on, at=at))

    def _early(self, patient: Patient, enrolment: Enrolment, day: date, *, at: datetime) -> Html:
        """A question of its own when two sessions would be nearer to each other than the treatment allows."""
        protocol = followed(self.speaking.shelf.protocols, enrolment)
        least = protocol.least_interval if protocol is not None else 0
        last = enrolment.session_on
        if last is None or (day - last).days >= least:
            return Html()
        said = {"session_date": self._said(day, at=at), "old_date": self._said(last, at=at)}
        return self.speaking.about("sessions/confirm-done-early", patient, limit=str(least), **said)

    def _too_soon(self, enrolment: Enrolment, day: date | None) -> Html:
        protocol = followed(self.speaking.shelf.protocols, enrolment)
        least = protocol.least_interval if protocol is not None else 0
        if day is None or enrolment.session_on is None or (day - enrolment.session_on).days >= least:
            return Html()
        return self.speaking.staff("enrolling_notes/next-too-soon", days=str(least))

    def _today(self, at: datetime) -> date:
        return local_day(at, self.speaking.shelf.clinic.zone)


def _is_not_after(day: date, enrolment: Enrolment) -> bool:
    return enrolment.session_on is not None and day <= enrolment.session_on


def _done_on(enrolment: Enrolment, today: date) -> date:
    planned = enrolment.next_on
    return planned if planned is not None and planned <= today else today


def unsent(work: Work, enrolment: Enrolment) -> int:
    """How many messages of the plan still wait."""
    rows = work.outbox.of_enrolment(enrolment.id)
    return sum(1 for row in rows if row.state is DeliveryState.SCHEDULED)

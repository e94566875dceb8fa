"""A line a patient, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Enrolment
from bot.care.model.escalation import flagged
from bot.care.model.people import Patient
from bot.care.model.roll import Need
from bot.care.model.standing import Signs, State, states_of
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.rolling import take_roll
from bot.care.services.speaking import Speaking

ON_A_PAGE = 10


@dataclass(frozen=True)
class Page:
    text: Html
    keyboard: Keyboard


@dataclass(frozen=True)
class Listing:
    speaking: Speaking

    def page(self, work: Work, number: int, need: Need | None = None, *, at: datetime) -> Page:
        """Newest enrolments first, or those with a need as they come up; `number` counts from 0."""
        running = self._running(work, need, at=at)
        if not running:
            return Page(self.speaking.staff(f"seeing/nobody-{need}" if need else "seeing/list-empty"), ())
        pages = (len(running) - 1) // ON_A_PAGE + 1
        number = min(max(number, 0), pages - 1)
        shown = running[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
        flags = flagged(work.escalations.open())
        lines = [self._line(work, enrolment, flags, at=at) for enrolment in shown]
        if need is not None and number < pages - 1:
            # typed, not tapped: looking at everybody is for readers, and a tap is handled by the writer
            lines.append(self.speaking.staff("seeing/more", what=need.value, page=str(number + 2)))
        text = self.speaking.staff(
            f"seeing/list-{need}" if need else "seeing/list",
            listed=Html("\n".join(lines)),
            count=str(len(running)),
            page=str(number + 1),
            pages=str(pages),
        )
        return Page(text, () if need else self._turns(number, pages))

    def _running(self, work: Work, need: Need | None, *, at: datetime) -> Sequence[Enrolment]:
        if need is not None:
            return [one.enrolment for one in take_roll(work, self.speaking.shelf, at=at).who(need)]
        return sorted(work.enrolments.running(), key=lambda enrolment: -enrolment.id)

    def state(self, work: Work, patient: Patient, enrolment: Enrolment, *, is_flagged: bool, at: datetime) -> Html:
        """In words: whether anything reaches the patient, then an open flag."""
        if work.enrolments.current(patient.id) is None:
            return self.speaking.staff("seeing/state-no-course")
        states = states_of(patient, self._signs(work, patient, enrolment), is_flagged=is_flagged, at=at)
        names = [waiting(work, patient, at=at) if state is State.WAITING else state.value for state in states]
        return Html(", ".join(self.speaking.staff(f"seeing/state-{name}") for name in names))

    def _signs(self, work: Work, patient: Patient, enrolment: Enrolment) -> Signs:
        protocol = followed(self.speaking.shelf.protocols, enrolment)
        check_ins = protocol.asking if protocol else frozenset()
        return Signs(
            work.outbox.of_enrolment(enrolment.id),
            work.answers.of_enrolment(enrolment.id),
            work.diary.of_patient(patient.id, limit=20),
            check_ins,
        )

    def _line(self, work: Work, enrolment: Enrolment, flags: frozenset[int], *, at: datetime) -> Html:
        patient = work.patients.get(enrolment.patient_id)
        state = self.state(work, patient, enrolment, is_flagged=patient.id in flags, at=at)
        return self.speaking.about(
            "seeing/line",
            patient,
            day_words=self.speaking.course_day(patient, enrolment, at=at),
            treatment_name=self.speaking.treatment(enrolment),
            state=state,
        )

    def _turns(self, number: int, pages: int) -> Keyboard:
        turns = []
        if number > 0:
            turns.append(Button(self.speaking.label("seeing/earlier"), "patients-page", (str(number - 1),)))
        if number < pages - 1:
            turns.append(Button(self.speaking.label("seeing/later"), "patients-page", (str(number + 1),)))
        return (tuple(turns),) if turns else ()


def waiting(work: Work, patient: Patient, *, at: datetime) -> str:
    """Only a link that still works is waited for."""
    if patient.no_telegram_at is not None:
        return "no-telegram"
    latest = work.invitations.latest(patient.id)
    if latest is None or latest.revoked_at is not None:
        return "no-link"
    if latest.used_at is not None:
        return "opened"
    return "waiting" if at < latest.expires_at else "no-link"

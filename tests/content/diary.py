"""Live through a course as one patient who answers everything well, and keep every word she reads."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby

from bot.care.model.conditions import Known, is_met, kept_as, next_ask
from bot.care.model.enrolment import Area, Enrolment, HealthFacts
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.people import Consent, Contact, Patient
from bot.care.model.protocol import Anchor, Ask, AskKind, Step
from bot.care.model.texts import flat
from bot.care.model.timetable import Planned, Timetable
from bot.care.model.windows import leading
from bot.care.model.words import Facts
from bot.care.services.merging import Part, asked, merge
from bot.care.services.questions import OK, SKIP, Questions, words_of
from bot.care.services.telling import Telling
from bot.library.shelf import ContentShelf
from scheduler.localtime import instant, local_day
from tests.builders import a_clinic
from tests.care.plan.shelves import DATES, real_shelf

SESSION = date(2026, 9, 11)
"""A Friday; nothing here depends on what the clinic has written into its own `clinic.toml`."""
ENDED = time(12, 30)
INTERVALS = {"picosure": 28, "pico": 28, "acne-scar-laser": 28, "resurfacing": 56, "acne-laser": 28}
SCORES = {AskKind.PAIN: {1: "4", 2: "3"}, AskKind.REDNESS: {1: "3", 28: "2"}, AskKind.RESULT: {}}
"""What a skin that heals as it should is rated, by day."""
LATER = {AskKind.PAIN: "1", AskKind.REDNESS: "1", AskKind.RESULT: "8"}


@dataclass(frozen=True)
class Read:
    """One message and its buttons; `tapped` is what the patient answered, empty when nothing was asked."""

    at: datetime
    steps: str
    text: str
    buttons: tuple[str, ...]
    tapped: str = ""
    is_reply: bool = False


@dataclass(frozen=True)
class Diary:
    treatment: str
    next_on: date | None = None

    @cached_property
    def shelf(self) -> ContentShelf:
        return replace(real_shelf(), clinic=a_clinic(on_call_phone="+44 20 7946 0199"))

    @cached_property
    def begun(self) -> datetime:
        return instant(SESSION, ENDED, self.shelf.clinic.zone)

    @cached_property
    def patient(self) -> Patient:
        agreed = Consent(self.begun, "", "en", photos=True)
        clinic = self.shelf.clinic
        return Patient("A-1", "Anna", "en", clinic.zone, clinic.country, self.begun, contact=Contact(1), consent=agreed)

    @cached_property
    def enrolment(self) -> Enrolment:
        """She uses retinol, and nothing about her health stands in its way."""
        return Enrolment(
            patient_id=0,
            treatment=self.treatment,
            surface=self.shelf.protocols[self.treatment].surface,
            area=Area.FACE,
            created_at=self.begun,
            created_by=0,
            session_on=SESSION,
            ended=ENDED,
            next_on=self.next_on,
            health=HealthFacts(cold_sores=False, isotretinoin="never", pregnancy=False, retinol_user=True),
        )

    def read(self, answers: list[CheckInAnswer] | None = None, *, until: datetime | None = None) -> Iterator[Read]:
        """Message by message; `answers` is filled with what she taps."""
        given = [] if answers is None else answers
        for due_at, group in groupby(self._rows(), key=lambda row: row.due_at):
            rows = [row for row in group if is_met(row.step, self._known(due_at, given))]
            if rows and (until is None or due_at <= until):
                yield from self._message([row.step for row in rows], due_at, given)

    def steps(self) -> set[str]:
        return {row.step.id for row in self._rows()}

    def read_when_needed(self, otherwise: Container[str]) -> Iterator[Read]:
        """The words of further steps, each with its first question: who heals well and answers never gets them."""
        for step in leading(self.shelf.protocols, self.enrolment).steps:
            if step.id not in otherwise:
                yield from list(self._message([step], self._moment_of(step), []))[:1]

    def facts(self, at: datetime, answers: Sequence[CheckInAnswer] = ()) -> Facts:
        return Telling(DATES).facts(self.patient, [self.enrolment], self.shelf, at=at, answers=answers)

    def answered_by(self, at: datetime) -> Sequence[CheckInAnswer]:
        answers: list[CheckInAnswer] = []
        list(self.read(answers, until=at))
        return answers

    # --- inside ------------------------------------------------------------------------------------------------------

    def _rows(self) -> Sequence[Planned]:
        protocol = leading(self.shelf.protocols, self.enrolment)
        table = Timetable(protocol, self.enrolment, self.patient, self.shelf.clinic, self.begun, kept={})
        return [row for row in table.plan(at=self.begun) if row.step.repeats is None and not row.step.daily]

    def _known(self, at: datetime, answers: Sequence[CheckInAnswer]) -> Known:
        on = local_day(at, self.patient.zone)
        return Known([self.enrolment], self.patient, self.shelf.protocols, on, tuple(answers))

    def _moment_of(self, step: Step) -> datetime:
        """A morning on which it may be said."""
        if step.anchor is Anchor.NEXT_SESSION and self.next_on is not None:
            day = self.next_on - timedelta(days=step.day - 1)
        else:
            day = SESSION + timedelta(days=max(step.day, 2))
        return instant(day, self.patient.morning, self.patient.zone)

    def _message(self, steps: Sequence[Step], at: datetime, answers: list[CheckInAnswer]) -> Iterator[Read]:
        """The merged words with the first question, then a reply or the next question after every tap."""
        names = ", ".join(step.id for step in steps)
        parts = [self._part(n, step, at, answers) for n, step in enumerate(steps)]
        found = self._next(steps, at, answers)
        text = merge(parts, question=self._question(found, at, answers)).text
        if found is None:
            yield Read(at, names, flat(text), self._labels(None, at, answers))
        while found is not None:
            shown = flat(asked(text, self._question(found, at, answers)))
            value = _answer(found[1], self._known(at, answers).day)
            yield Read(at, names, shown.strip(), self._labels(found, at, answers), self._label(found, value, at))
            names = ""
            answers.append(self._given(found, value, at, answers))
            text = self._reply(found, value, at, answers)
            following = self._next(steps, at, answers)
            if following is None and text:
                yield Read(at, "", flat(text), (), is_reply=True)
            found = following

    def _next(self, steps: Sequence[Step], at: datetime, answers: Sequence[CheckInAnswer]) -> tuple[Step, Ask] | None:
        known = self._known(at, answers)
        coming = ((step, next_ask(step, known)) for step in steps)
        return next(((step, ask) for step, ask in coming if ask is not None), None)

    def _questions(self, at: datetime, answers: Sequence[CheckInAnswer]) -> Questions:
        protocol = leading(self.shelf.protocols, self.enrolment)
        return Questions(self.shelf, "en", self.facts(at, answers), protocol, 0)

    def _question(self, found: tuple[Step, Ask] | None, at: datetime, answers: Sequence[CheckInAnswer]) -> str:
        return self._questions(at, answers).words(*found) if found else ""

    def _labels(
        self, found: tuple[Step, Ask] | None, at: datetime, answers: Sequence[CheckInAnswer]
    ) -> tuple[str, ...]:
        questions = self._questions(at, answers)
        keyboard = questions.keyboard(*found) if found else questions.person()
        return tuple(button.label for line in keyboard for button in line)

    def _label(self, found: tuple[Step, Ask], value: str, at: datetime) -> str:
        keyboard = self._questions(at, ()).keyboard(*found)
        return next(button.label for line in keyboard for button in line if button.args and button.args[-1] == value)

    def _given(
        self, found: tuple[Step, Ask], value: str, at: datetime, answers: Sequence[CheckInAnswer]
    ) -> CheckInAnswer:
        step, ask = found
        day = self._known(at, answers).day
        # one moment later for each, so that the order of answers is plain
        when = at + timedelta(seconds=len(answers))
        return CheckInAnswer(0, self.enrolment.id, kept_as(step, day, self.enrolment.next_on), ask.id, value, when, day)

    def _reply(self, found: tuple[Step, Ask], value: str, at: datetime, answers: Sequence[CheckInAnswer]) -> str:
        step, ask = found
        protocol = leading(self.shelf.protocols, self.enrolment)
        own = f"steps/{words_of(protocol, step)}/reply/{ask.id}/{value}"
        general = f"phrases/answering/{'got-it' if ask.kind is AskKind.ACK else 'thanks'}"
        has_own = self.shelf.has(own, "en")
        if not has_own and self._next([step], at, answers) is not None:
            return ""
        return self.shelf.say(own if has_own else general, "en", self.facts(at, answers))

    def _part(self, n: int, step: Step, at: datetime, answers: Sequence[CheckInAnswer]) -> Part:
        key = f"steps/{words_of(leading(self.shelf.protocols, self.enrolment), step)}"
        facts = self.facts(at, answers)
        brief = self.shelf.say(f"{key}/safety", "en", facts) if self.shelf.has(f"{key}/safety", "en") else ""
        return Part(n, self.shelf.say(key, "en", facts), brief)


def _answer(ask: Ask, day: int) -> str:
    """The first worded answer is the good one; photos and dates are left for another time."""
    match ask.kind:
        case AskKind.CHOICE:
            return ask.answers[0].id
        case AskKind.ACK:
            return OK
        case AskKind.PHOTO | AskKind.DATE:
            return SKIP
        case _:
            return SCORES[ask.kind].get(day, LATER[ask.kind])

"""Walk through a random course in its own time: the real plan and the real words, kept in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.care.model.conditions import Known, next_ask
from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Result
from bot.care.model.delivery import Outcome as Sent
from bot.care.model.enrolment import Enrolment, EnrolmentStatus
from bot.care.model.escalation import Closing, Escalation, EscalationState
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.people import Consent, Contact, Patient
from bot.care.model.protocol import Ask, AskKind, Step
from bot.care.model.scores import judge
from bot.care.model.words import Facts
from bot.care.ports.records import Work
from bot.care.services.composing import Composing, Later, Ready
from bot.care.services.continuing import Continuing
from bot.care.services.giving_way import gives_way
from bot.care.services.knowing import Knowing
from bot.care.services.planning import Planning
from bot.care.services.rechecking import Held, Row, Scene, barred, objection
from bot.care.services.speaking import Speaking
from bot.care.services.telling import Telling
from scheduler.localtime import instant, local_day
from tests.care.courses.drawing import Change, Event, Story
from tests.care.plan.shelves import DATES, real_shelf
from tests.fakes.records import FakeRecords
from tests.standing_library import StandingLibrary

LEASE = timedelta(seconds=90)
LAST_DAY = 200
MOST_ROUNDS = 600
NOTHING = Act(ActKind.SEND, Contact(1001), "")


@dataclass(frozen=True)
class Message:
    """One message that the bot began; `text=None` when nobody looked at its words."""

    at: datetime
    day: date
    course: tuple[Enrolment, ...]
    steps: tuple[Step, ...]
    """The row that was sent first, then what it carries."""
    asked: tuple[str, ...]
    known: Known
    text: str | None = None


@dataclass(frozen=True)
class Moment:
    """Where the patient stands once she has answered: what else could be said to her then."""

    message: Message
    """What she answered, with the day of her answer: midnight may lie between."""
    known: Known
    facts: Facts
    replies: tuple[str, ...]


@dataclass
class Walk:
    """`look` says of which messages, by their number, the words are written."""

    story: Story
    look: Callable[[int], bool]
    messages: list[Message] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = Random(self.story.seed)
        self.work: Work = FakeRecords().work
        library = StandingLibrary(real_shelf())
        self.planning, self.telling = Planning(library), Telling(DATES)
        self.knowing = Knowing(Speaking(library, DATES), self.telling)
        self.composing = Composing(self.knowing)
        self.continuing = Continuing(self.planning)
        self.patient, self.enrolment = self._enrol()

    def run(self) -> None:
        story = self.story
        now = self.begun
        self.planning.replan(self.work, self.patient, self.enrolment, at=now)
        events = sorted(story.events, key=lambda event: event.after)
        for _ in range(MOST_ROUNDS):
            row = self._next_row()
            event_at = self._instant(events[0]) if events else None
            if event_at is not None and (row is None or event_at <= row.due_at):
                now = max(now, event_at)
                self._happen(events.pop(0), at=now)
                continue
            if row is None:
                return
            now = max(now, row.due_at + self._delay())
            if (local_day(now, self.patient.zone) - story.session_on).days > LAST_DAY:
                return
            self._leave(row, at=now)
        raise AssertionError("the plan never ends")

    def course(self) -> tuple[Enrolment, ...]:
        return tuple(self.knowing.course(self.work, self.patient, session=self.enrolment.id))

    # --- the beginning ---

    def _enrol(self) -> tuple[Patient, Enrolment]:
        story = self.story
        self.begun = instant(story.session_on, story.ended, story.zone) + story.late
        patient = self.work.patients.add(
            Patient(
                "",
                "Anna",
                "en",
                story.zone,
                "GB",
                created_at=self.begun,
                contact=Contact(1001),
                consent=Consent(self.begun, "v1", "en", photos=story.photos),
            )
        )
        on = story.first_on
        newest: Enrolment | None = None
        for treated in story.sessions:
            newest = Enrolment(
                patient.id,
                treated.treatment,
                treated.surface,
                treated.area,
                self.begun,
                7,
                also=treated.also,
                session_on=on,
                ended=story.ended,
                health=story.health,
                status=EnrolmentStatus.CLOSED,
            )
            newest = self.work.enrolments.add(newest)
            on += timedelta(days=treated.interval)
        if newest is None:
            raise AssertionError("nobody was treated")
        next_on = None if story.next_in is None else story.session_on + timedelta(days=story.next_in)
        newest = replace(newest, status=EnrolmentStatus.ACTIVE, next_on=next_on, overrides=story.overrides)
        self.work.enrolments.save(newest)
        return patient, newest

    # --- what happens on the way ---

    def _instant(self, event: Event) -> datetime:
        newest = self.enrolment.session_on or self.story.session_on
        return max(instant(newest + timedelta(days=event.after), time(12), self.patient.zone), self.begun)

    def _happen(self, event: Event, *, at: datetime) -> None:
        today = local_day(at, self.patient.zone)
        match event.change:
            case Change.MOVED:
                self._change(self.enrolment.move_next(today + timedelta(days=max(1, abs(event.days)))), at=at)
            case Change.CANCELLED:
                self._change(self.enrolment.move_next(None), at=at)
            case Change.TOOK_PLACE:
                self._take_place(today, at=at)
            case Change.CASES_CLOSED:
                for case in self.work.escalations.of_patient(self.patient.id):
                    self.work.escalations.save(case.close(7, Closing.SEEN, at=at))
                self.planning.replan(self.work, self.patient, self.enrolment, at=at)
            case Change.PAUSED:
                self._save(replace(self.patient, paused_until=today + timedelta(days=1 + abs(event.days) % 14)), at=at)
            case Change.HOUR:
                hour = time(9 + abs(event.days) % 12)
                self._save(replace(self.patient, morning=hour, evening=hour), at=at)

    def _change(self, enrolment: Enrolment, *, at: datetime) -> None:
        self.enrolment = enrolment
        self.continuing.change(self.work, self.patient, enrolment, at=at)

    def _take_place(self, today: date, *, at: datetime) -> None:
        if self.enrolment.session_on is not None and today <= self.enrolment.session_on:
            return
        ended = at.astimezone(self.patient.zone).time().replace(second=0, microsecond=0)
        self.enrolment = self.continuing.take_place(
            self.work, self.patient, self.enrolment, today, ended=ended, by=7, at=at
        )

    def _save(self, patient: Patient, *, at: datetime) -> None:
        self.patient = patient
        self.work.patients.save(patient)
        self.planning.replan(self.work, patient, self.enrolment, at=at)

    def _delay(self) -> timedelta:
        """Now and then the bot was down when a row fell due."""
        return timedelta(hours=self.rng.choice((1, 5, 14, 30, 80))) if self.rng.random() < 0.03 else timedelta()

    # --- one row ---

    def _rows(self) -> Sequence[Delivery]:
        return self.work.outbox.of_enrolment(self.enrolment.id)

    def _next_row(self) -> Delivery | None:
        waiting = (row for row in self._rows() if row.state is DeliveryState.SCHEDULED)
        return min(waiting, key=lambda row: (row.due_at, row.id), default=None)

    def _leave(self, row: Delivery, *, at: datetime) -> None:
        if row.useful_until is not None and at > row.useful_until:
            self.work.outbox.settle(row.id, DeliveryState.EXPIRED, at=at, reason="no longer useful")
            return
        looked = self.look(len(self.messages))
        known = self._known(at=at)
        found = self.composing.compose(self.work, row, at=at) if looked else self._light(row, known, at=at)
        match found:
            case Later():
                self.work.outbox.postpone(row.id, to=found.due_at)
            case Held():
                self.work.outbox.settle(row.id, found.state, at=at, reason=found.reason)
            case Ready():
                self._sent(row, found, known, at=at, looked=looked)

    def _light(self, row: Delivery, known: Known, *, at: datetime) -> Ready | Held | Later:
        """As the message would leave, without its words."""
        bar = barred(self.patient, self.enrolment)
        step = known.protocol.step(row.step)
        if bar is not None or step is None:
            return bar or Held(DeliveryState.CANCELLED, "no longer in the protocol")
        scene = Scene(self.knowing.shelf, known, self._rows(), {}, at)
        against = objection(Row(row, step), scene) or gives_way(Row(row, step), scene)
        if against is not None:
            return against
        due = (other for other in scene.rows if other.state is DeliveryState.SCHEDULED and other.due_at <= at)
        useful = [other for other in due if other.id != row.id and (other.useful_until or at) >= at]
        steps = [(other, known.protocol.step(other.step)) for other in useful]
        joined = [other.id for other, step in steps if step and objection(Row(other, step), scene) is None]
        return Ready(NOTHING, "", known.on.isoformat(), tuple(joined))

    def _sent(self, row: Delivery, ready: Ready, known: Known, *, at: datetime, looked: bool) -> None:
        attempt = f"{row.id}-{row.attempts}"
        self.work.outbox.begin(row, ready.act, attempt_id=attempt, lease=LEASE, alert=False)
        for folded in ready.folds:
            self.work.outbox.settle(folded, DeliveryState.FOLDED, at=at, reason=f"into {row.id}")
        result = Result(Sent.SENT, message_id=row.id)
        self.work.outbox.finish(row.id, attempt, DeliveryState.SENT, at=at, result=result)
        names = [row.step, *(self.work.outbox.get(each).step for each in ready.folds)]
        steps = tuple(step for name in names if (step := known.protocol.step(name)) is not None)
        asks = [(step, ask) for step in steps if (ask := next_ask(step, known)) is not None]
        text = ready.act.text if looked else None
        asked = tuple(f"{step.id}/{ask.id}" for step, ask in asks)
        message = Message(at, known.on, self.course(), steps, asked, known, text)
        self.messages.append(message)
        replies = [key for step in steps for key in self._answer(step, at=at + timedelta(minutes=5))]
        if looked:
            self._look_around(message, replies, at=at + timedelta(minutes=10))

    def _look_around(self, message: Message, replies: Sequence[str], *, at: datetime) -> None:
        facts, known = self.knowing.facts(self.work, self.patient, at=at), self._known(at=at)
        said = [self.knowing.shelf.say(key, "en", facts) for key in replies if self.knowing.shelf.has(key, "en")]
        self.moments.append(Moment(replace(message, day=known.on), known, facts, tuple(said)))

    # --- what the patient answers ---

    def _answer(self, step: Step, *, at: datetime) -> list[str]:
        """The keys of the words that would answer her."""
        replies = []
        while (ask := next_ask(step, known := self._known(at=at))) is not None:
            if self.rng.random() * 10 < self.story.silent:
                break
            value = self._choose(ask)
            self._take(step, ask, value, known, at=at)
            replies.append(f"steps/{step.words or f'{known.protocol.id}/{step.id}'}/reply/{ask.id}/{value}")
        return replies

    def _choose(self, ask: Ask) -> str:
        well = self.rng.random() * 10 < self.story.calm
        match ask.kind:
            case AskKind.CHOICE:
                return ask.answers[0].id if well else self.rng.choice(ask.answers).id
            case AskKind.PAIN | AskKind.RESULT:
                return str(self.rng.randint(0, 3) if well else self.rng.randint(0, 10))
            case AskKind.REDNESS:
                return str(self.rng.randint(0, 1) if well else self.rng.randint(0, 4))
            case _:
                return "skip"

    def _take(self, step: Step, ask: Ask, value: str, known: Known, *, at: datetime) -> None:
        scores_or_choice = value != "skip"
        finding = (
            judge(known.protocol, step, ask, value, known.answers, day=known.day, next_on=known.enrolment.next_on)
            if scores_or_choice
            else None
        )
        self.work.answers.add(
            CheckInAnswer(self.patient.id, self.enrolment.id, known.kept_as(step), ask.id, value, at, known.day)
        )
        if finding is not None and finding.flag is not None:
            case = Escalation(self.patient.id, at, finding.level, finding.flag, value, enrolment_id=self.enrolment.id)
            self.work.escalations.add(case)
        if any(one.gate is not None for one in ask.answers if one.id == value):
            self.planning.replan(self.work, self.patient, self.enrolment, at=at)

    def _known(self, *, at: datetime) -> Known:
        return self.knowing.known(self.work, self.patient, self.course(), at=at)

    def flag_open(self) -> bool:
        cases = self.work.escalations.of_patient(self.patient.id)
        return any(case.level is not None and case.state is not EscalationState.CLOSED for case in cases)


def utc(at: datetime) -> datetime:
    return at.astimezone(UTC)

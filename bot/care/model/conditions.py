"""Whether a step or one of its questions is put to this patient now; conditions are names in protocol files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.care.model.enrolment import Area, Enrolment
from bot.care.model.flags import NO_FLAGS, Flags
from bot.care.model.inbound import EACH_TIME, CheckInAnswer
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Ask, AskKind, Protocol, Step
from bot.care.model.things import Thing
from bot.care.model.windows import Gate, Protocols, State, leading, standing

COMMON_PAIN = range(4, 7)
"""Pain on the first day that is asked about again on the second (E32)."""
SCORES_WORTH_A_PHOTO = {AskKind.PAIN: 4, AskKind.REDNESS: 2}
LONG_INTERVAL = 42
"""Days from which on the reminder four weeks before a session is new to the patient (E10)."""


@dataclass(frozen=True)
class Known:
    """All that conditions look at. `course` is oldest first and never empty; its last session is the one meant."""

    course: Sequence[Enrolment]
    patient: Patient
    protocols: Protocols
    on: date
    """The patient's own calendar day."""
    answers: Sequence[CheckInAnswer] = ()
    sent: frozenset[str] = frozenset()
    """Ids of the steps that have left."""
    flags: Flags = NO_FLAGS

    @property
    def enrolment(self) -> Enrolment:
        return self.course[-1]

    @property
    def day(self) -> int:
        """Days after the session; before a first one, minus the days that are left."""
        since = self.enrolment.day(self.on)
        return since if since is not None else -(self.enrolment.days_to_next(self.on) or 0)

    @property
    def protocol(self) -> Protocol:
        return leading(self.protocols, self.enrolment)

    def kept_as(self, step: Step) -> str:
        return kept_as(step, self.day, self.enrolment.next_on)

    @property
    def gate(self) -> Gate:
        return gate(self.protocol, self.answers, self.flags)


def gate(protocol: Protocol, answers: Iterable[CheckInAnswer], flags: Flags = NO_FLAGS) -> Gate:
    """What the last answer says that says anything about closed skin; with a flag open only a clinician lifts it.

    What was calm before a flag was closed says nothing of the skin after it: the next answer does.
    """
    said = _gates(protocol, answers)
    if not said:
        return Gate.UNANSWERED
    passed, last = said[-1]
    if not passed or (flags.open and not all(was_calm for was_calm, _ in said)):
        return Gate.NOT_CALM
    return Gate.UNANSWERED if flags.open or flags.outdate(last.at) else Gate.CALM


def outdated_since(protocol: Protocol, answers: Iterable[CheckInAnswer], flags: Flags) -> datetime | None:
    """When a flag was closed that a calm answer says nothing after: it is asked for again from the next morning on."""
    said = _gates(protocol, answers)
    if not said or not said[-1][0] or flags.open or not flags.outdate(said[-1][1].at):
        return None
    return flags.closed_at


def is_sent_away(known: Known) -> bool:
    """Since this session began they were sent to emergency care, and have not said since that the skin is calm."""
    sent_at, session_on = known.flags.sent_away_at, known.enrolment.session_on
    if sent_at is None or session_on is None or sent_at.date() < session_on:
        return False
    return not any(calm and answer.at > sent_at for calm, answer in _gates(known.protocol, known.answers))


def failed_on(protocol: Protocol, answers: Iterable[CheckInAnswer]) -> int | None:
    """The day (after the session) of the answer that keeps the gate shut; None when none does."""
    said = _gates(protocol, answers)
    return None if not said or said[-1][0] else said[-1][1].day


def kept_as(step: Step, day: int, next_on: date | None) -> str:
    """The name under which answers to a step are kept.

    A question put again each morning has an answer a day, one about the next session an answer a date: what was said
    before a session that was moved is said of another day.
    """
    if step.daily:
        return f"{step.id}{EACH_TIME}{day}"
    return f"{step.id}{EACH_TIME}{next_on}" if step.anchor is Anchor.NEXT_SESSION and next_on else step.id


def is_met(step: Step, known: Known) -> bool:
    """All of a step's conditions hold, and the answer it follows does not stand against it."""
    return all(CONDITIONS[name](known, step) for name in step.only_if) and _may_follow(step, known)


def next_ask(step: Step, known: Known) -> Ask | None:
    """The question to put next: the first one without an answer, a follow-up only after the answer that names it."""
    # yesterday's answer to a daily question is none to today's
    given = {answer.ask: answer.value for answer in known.answers if answer.step == known.kept_as(step)}
    chosen = (answer for ask in step.asks for answer in ask.answers if given.get(ask.id) == answer.id)
    wanted = {answer.then for answer in chosen if answer.then and answer.holds(day=known.day)}
    open_asks = (ask for ask in step.asks if ask.id not in given and (not ask.follow_up or ask.id in wanted))
    ranked = sorted(open_asks, key=lambda ask: not ask.follow_up)
    return next((ask for ask in ranked if all(CONDITIONS[name](known, step) for name in ask.only_if)), None)


def is_gate(step: Step) -> bool:
    """One of its answers opens what the healed gate keeps shut."""
    return any(answer.gate is True for ask in step.asks for answer in ask.answers)


def _gates(protocol: Protocol, answers: Iterable[CheckInAnswer]) -> list[tuple[bool, CheckInAnswer]]:
    """Whether each answer that says anything about it said closed and calm; oldest first."""
    said = [(_meaning(protocol, answer), answer) for answer in sorted(answers, key=lambda each: each.at)]
    return [(meaning, answer) for meaning, answer in said if meaning is not None]


def _meaning(protocol: Protocol, given: CheckInAnswer) -> bool | None:
    step = protocol.step(given.step_id)
    asks = step.asks if step is not None else ()
    return next(
        (answer.gate for ask in asks if ask.id == given.ask for answer in ask.answers if answer.id == given.value), None
    )


def _may_follow(step: Step, known: Known) -> bool:
    if step.follows is None:
        return True
    earlier = [answer for answer in known.answers if answer.step_id == step.follows]
    return not known.flags.open and gate(known.protocol, earlier) is not Gate.NOT_CALM


def _pain_was_common(known: Known, _: Step) -> bool:
    asks = {(step.id, ask.id) for step in known.protocol.steps for ask in step.asks if ask.kind is AskKind.PAIN}
    return any(
        answer.day == 1 and (answer.step_id, answer.ask) in asks and int(answer.value) in COMMON_PAIN
        for answer in known.answers
        if answer.value.isdecimal()
    )


def _is_unanswered(known: Known, step: Step) -> bool:
    return step.repeats in known.sent and all(answer.step_id != step.repeats for answer in known.answers)


def _was_bad(known: Known, step: Step) -> bool:
    return any(_is_bad(step, answer) for answer in known.answers if answer.step == known.kept_as(step))


def _is_bad(step: Step, given: CheckInAnswer) -> bool:
    ask = next((ask for ask in step.asks if ask.id == given.ask), None)
    if ask is None:
        return False
    if ask.kind in SCORES_WORTH_A_PHOTO:
        return given.value.isdecimal() and int(given.value) >= SCORES_WORTH_A_PHOTO[ask.kind]
    bad = (answer for answer in ask.answers if answer.raises is not None and answer.holds(day=given.day))
    return any(answer.id == given.value for answer in bad)


def _is_long_interval(known: Known, _: Step) -> bool:
    last, coming = known.enrolment.session_on, known.enrolment.next_on
    return last is None or (coming is not None and (coming - last).days >= LONG_INTERVAL)


def _no_session_that_day(known: Known, _: Step) -> bool:
    return known.enrolment.next_on != known.on


def _photos_agreed(known: Known, _: Step) -> bool:
    return known.patient.consent is not None and known.patient.consent.photos


def _retinol_open(known: Known, _: Step) -> bool:
    return standing(known.course, known.protocols, Thing.RETINOL, known.on, gate=known.gate).state is State.OPEN


def _is_gate_asked_again(known: Known, _: Step) -> bool:
    """The last answer was not calm, or calm no longer says anything."""
    is_outdated = outdated_since(known.protocol, known.answers, known.flags) is not None
    return is_outdated or known.gate is Gate.NOT_CALM


CONDITIONS: Mapping[str, Callable[[Known, Step], bool]] = {
    "pain-was-4-to-6": _pain_was_common,
    "unanswered": _is_unanswered,
    "gate-failed": _is_gate_asked_again,
    "bad-answer": _was_bad,
    "photos-agreed": _photos_agreed,
    "face": lambda known, _: known.enrolment.area is Area.FACE,
    "off-face": lambda known, _: known.enrolment.area is not Area.FACE,
    "next-unknown": lambda known, _: known.enrolment.next_on is None,
    "first-or-long-interval": _is_long_interval,
    "no-session-that-day": _no_session_that_day,
    # a newer session closes this enrolment and cancels its rows; the name stands in files so that readers know
    "no-newer-session": lambda known, _: known.enrolment.next_on is None or known.on < known.enrolment.next_on,
    "retinol-open": _retinol_open,
}
"""The names that `only_if` may hold."""

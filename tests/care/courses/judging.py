"""What must hold of every course, whatever happens in it; each rule names what breaks it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time

from bot.care.model.conditions import Known
from bot.care.model.delivery import DeliveryState
from bot.care.model.enrolment import Retinol
from bot.care.model.protocol import Anchor, AskKind, Moment
from bot.care.model.things import Thing
from tests.care.courses.claims import Claim, claims, sentences
from tests.care.courses.tables import NEVER_TOLD, NOT_OF_THE_SKIN, Truth
from tests.care.courses.walking import Message, Walk
from tests.care.courses.walking import Moment as Standing

MOST_A_DAY = 2
EVENING = time(17)
REPEATED = (
    "Reply HELP for a person",
    "If so: ",
    "If you see that: ",
    # what comes first of all
    "First of all: ",
    "If that was to call ",
    "Anything else that you have not done",
    "Until you have heard from your team",
    "This is not about medicines",
    "What you were told there",
    "If you did not go",
    "Please ask your team",
)
"""The way to a person, and what to do at once, stand in every message."""
COUNTDOWN = "your session on"
"""Every message opens with the day in words."""
SHORT = 25
"""Below so many characters a sentence is a greeting or a label."""


def faults(walk: Walk) -> list[str]:
    rules = (_too_many, _asked_twice, _said_twice, _allowed, _safety_first, _on_its_evening, _useful, _idempotent)
    return [f"{rule.__name__}: {fault}" for rule in rules for fault in rule(walk)]


def _too_many(walk: Walk) -> Iterator[str]:
    """Day 0 answers the patient's own tap and her session's end; all else is at most two a day."""
    days = Counter(message.day for message in walk.messages if not _is_day_0(message))
    yield from (f"{count} messages on {day}" for day, count in days.items() if count > MOST_A_DAY)


def _asked_twice(walk: Walk) -> Iterator[str]:
    asked = Counter((message.day, message.course[-1].id, ask) for message in walk.messages for ask in message.asked)
    yield from (f"{ask} twice on {day}" for (day, _, ask), count in asked.items() if count > 1)
    for day in {message.day for message in walk.messages}:
        kinds = Counter(_kinds(walk, day))
        yield from (f"{kind} twice on {day}" for kind, count in kinds.items() if count > 1)


def _kinds(walk: Walk, day: date) -> Iterator[AskKind]:
    """Scores that messages of a day ask for; worded questions differ from each other."""
    for message in walk.messages:
        if message.day == day:
            names = dict(each.split("/") for each in message.asked)
            found = (ask for step in message.steps for ask in step.asks if names.get(step.id) == ask.id)
            yield from (ask.kind for ask in found if ask.kind in (AskKind.PAIN, AskKind.REDNESS, AskKind.RESULT))


def _said_twice(walk: Walk) -> Iterator[str]:
    for day in {message.day for message in walk.messages}:
        texts = [message.text for message in walk.messages if message.day == day and message.text]
        said = Counter(sentence for text in texts for sentence in sentences(text) if len(sentence) >= SHORT)
        yield from (
            f"on {day}: {sentence!r}"
            for sentence, count in said.items()
            if count > 1 and not sentence.startswith(REPEATED) and COUNTDOWN not in sentence
        )


def _allowed(walk: Walk) -> Iterator[str]:
    shelf = walk.knowing.shelf
    for message in walk.messages:
        if message.text is not None:
            yield from _wrongly_allowed(message.text, message, _Gate.of(message), f"{_names(message)} on {message.day}")
    for moment in walk.moments:
        texts: dict[str, str] = {
            f"faq/{topic}": shelf.say(f"faq/{topic}", "en", moment.facts) for topic in shelf.topics("en")
        }
        texts |= {f"reply {n}": reply for n, reply in enumerate(moment.replies)}
        texts["off list"] = f"Off today: {moment.facts['restriction_ends']}"
        gate = _Gate.at(moment)
        for name, text in texts.items():
            yield from _wrongly_allowed(text, moment.message, gate, f"{name} on {moment.message.day}")


def _wrongly_allowed(text: str, message: Message, gate: "_Gate", where: str) -> Iterator[str]:
    truth = Truth(message.course)
    for claim in claims(text, message.day):
        why = _why_not(claim, message, truth, gate)
        if why:
            yield f"{where}: {claim.thing} on {claim.on}, {why}: {claim.words!r}"


def _why_not(claim: Claim, message: Message, truth: Truth, gate: "_Gate") -> str:
    today = claim.on == message.day
    if claim.thing in NEVER_TOLD:
        return "which nobody is ever told"
    if truth.forbids(claim.thing, claim.on, said_on=message.day):
        return "off by the tables"
    if claim.thing is Thing.RETINOL and today and message.course[-1].health.retinol is Retinol.NO_START:
        return "not for this patient"
    if claim.thing in NOT_OF_THE_SKIN or not today:
        return ""
    if gate.shut and not _is_sunscreen_on_unbroken_skin(claim, message):
        return "against her last answer"
    return "" if gate.calm or claim.conditional or claim.thing is Thing.SUN else "without an answer"


def _is_sunscreen_on_unbroken_skin(claim: Claim, message: Message) -> bool:
    """Skin that was never opened needs its sunscreen also while it is not calm (C15)."""
    return claim.thing is Thing.SUNSCREEN and message.known.protocol.surface == "intact"


class _Gate:
    """What the patient said of her skin, read from the answers themselves."""

    def __init__(self, known: Known) -> None:
        answers, flags = _said(known), known.flags
        said = [gate for gate, _ in answers]
        self.shut = bool(said) and (not said[-1] or (flags.open and not all(said)))
        is_recent = flags.closed_at is None or not answers or answers[-1][1] > flags.closed_at
        self.calm = bool(said) and said[-1] and not flags.open and is_recent

    @classmethod
    def of(cls, message: Message) -> "_Gate":
        return cls(message.known)

    @classmethod
    def at(cls, moment: Standing) -> "_Gate":
        return cls(moment.known)


def _said(known: Known) -> list[tuple[bool, datetime]]:
    meaning = {
        (step.id, ask.id, answer.id): answer.gate
        for step in known.protocol.steps
        for ask in step.asks
        for answer in ask.answers
    }
    given = sorted(known.answers, key=lambda one: one.at)
    found = ((meaning.get((one.step_id, one.ask, one.value)), one.at) for one in given)
    return [(gate, at) for gate, at in found if gate is not None]


def _safety_first(walk: Walk) -> Iterator[str]:
    """What the day's check-in says comes before what the next session needs, and both before good news."""
    shelf = walk.knowing.shelf
    for message in walk.messages:
        if message.text is None or len(message.steps) < 2:
            continue
        facts = walk.knowing.facts(walk.work, walk.patient, at=message.at)
        openings = []
        for step in sorted(message.steps, key=lambda step: step.rank):
            words = shelf.say(f"steps/{step.words or f'{message.known.protocol.id}/{step.id}'}", "en", facts)
            opening = [sentence for sentence in sentences(words) if sentence in sentences(message.text)]
            openings += [message.text.find(opening[0])] if opening else []
        if openings != sorted(openings):
            yield f"{_names(message)} on {message.day}"


def _on_its_evening(walk: Walk) -> Iterator[str]:
    for message in walk.messages:
        for step in message.steps:
            if step.moment is not Moment.EVENING or step.anchor is not Anchor.SESSION:
                continue
            at = message.at.astimezone(walk.patient.zone)
            if message.known.day != step.day:
                yield f"{step.id} on day {message.known.day}"
            if at.time() < time(9):
                yield f"{step.id} at {at:%H:%M}"
        if message.text is not None:
            tonight = [claim for claim in claims(message.text, message.day) if claim.tonight]
            if tonight and not any(step.moment is Moment.EVENING for step in message.steps):
                yield f"{_names(message)}: {tonight[0].words!r}"


def _useful(walk: Walk) -> Iterator[str]:
    for row in walk.work.outbox.of_patient(walk.patient.id):
        if not row.step:
            continue
        if row.useful_until is None:
            yield f"{row.step} has no end"
        elif row.sent_at is not None and row.sent_at > row.useful_until:
            yield f"{row.step} was sent at {row.sent_at}, useful until {row.useful_until}"


def _idempotent(walk: Walk) -> Iterator[str]:
    at = walk.messages[len(walk.messages) // 2].at if walk.messages else walk.begun
    before = [row for row in walk.work.outbox.of_patient(walk.patient.id) if row.state is DeliveryState.SCHEDULED]
    for _ in range(2):
        walk.planning.replan(walk.work, walk.patient, walk.enrolment, at=at)
    once = walk.work.outbox.of_patient(walk.patient.id)
    walk.planning.replan(walk.work, walk.patient, walk.enrolment, at=at)
    if list(walk.work.outbox.of_patient(walk.patient.id)) != list(once):
        yield f"planned again at {at} it is another plan"
    keys = Counter((row.enrolment_id, row.step, row.occurrence) for row in once if row.step)
    yield from (f"{key} has {count} rows" for key, count in keys.items() if count > 1)
    if any(row.state is DeliveryState.SENDING for row in before):
        yield "a row is stuck"


def _is_day_0(message: Message) -> bool:
    return any(step.moment is Moment.SESSION_END for step in message.steps)


def _names(message: Message) -> str:
    return "+".join(step.id for step in message.steps)

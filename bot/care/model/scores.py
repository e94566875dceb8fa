"""What a check-in answer means: thresholds of pain, redness and contentment, and worded signs (facts 5.2, 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.care.model.conditions import kept_as
from bot.care.model.enrolment import Area, Surface
from bot.care.model.expected import Expectation, expectation
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.protocol import Answer, Ask, AskKind, Protocol, Step
from bot.care.model.raising import level_of, raised
from bot.care.model.triage import Level

STRONG_PAIN = 7
"""Urgent on any day (E32)."""
MID_PAIN = 4
RISE = 2
"""Points above the last score after the first day."""
SEVERE, STILL_STRONG = 4, 3
CONTENT = 4
"""Below it a review appointment is offered."""
SCALES = {AskKind.PAIN: range(11), AskKind.RESULT: range(11), AskKind.REDNESS: range(5)}


@dataclass(frozen=True)
class Finding:
    """`flag`: a red flag with its level. Else `refers`: a person is told; `review`: a review is offered;
    `common`: pain that is usual today and asked about again tomorrow."""

    flag: str | None = None
    level: Level | None = None
    together: bool = False
    """A second bad answer in one step: one level up."""
    refers: bool = False
    review: bool = False
    common: bool = False
    precises: datetime | None = None
    """When the answer was given that this one only makes precise: what that one raised is the same sign."""


NOTHING = Finding()


def is_valid(ask: Ask, value: str) -> bool:
    """A button may be old: only values that the question still has count."""
    if ask.kind in SCALES:
        return value.isdecimal() and int(value) in SCALES[ask.kind]
    if ask.kind is AskKind.CHOICE:
        return any(answer.id == value for answer in ask.answers)
    return True


def judge(
    protocol: Protocol,
    step: Step,
    ask: Ask,
    value: str,
    earlier: Sequence[CheckInAnswer],
    *,
    day: int,
    next_on: date | None = None,
) -> Finding:
    """What an answer raises; `earlier` are the enrolment's answers before it, `day` is when it was given."""
    # an answer is never measured against an earlier one to the very same question
    kept = kept_as(step, day, next_on)
    others = [one for one in earlier if (one.step, one.ask) != (kept, ask.id)]
    found = _judge(protocol, ask, value, others, day=day)
    if found.flag is None:
        return found
    level = level_of(found.flag)
    given = [one for one in others if one.step == kept]
    weighed = replace(found, level=level, precises=_made_precise(step, ask, given))
    if not _is_second(protocol, step, ask, value, others, given=given):
        return weighed
    return replace(weighed, level=raised(level), together=True)


def _judge(protocol: Protocol, ask: Ask, value: str, earlier: Sequence[CheckInAnswer], *, day: int) -> Finding:
    match ask.kind:
        case AskKind.PAIN:
            return _pain(protocol, int(value), _last_pain(protocol, earlier), day=day)
        case AskKind.REDNESS:
            return _redness(protocol, int(value), _redness_on_first_day(protocol, earlier), day=day)
        case AskKind.RESULT:
            return Finding(review=int(value) < CONTENT)
        case AskKind.CHOICE:
            answer = _answer(ask, value)
            return _worded(answer, day=day) if answer else NOTHING
        case _:
            return NOTHING


def _worded(answer: Answer, *, day: int) -> Finding:
    return Finding(answer.raises if answer.holds(day=day) else None, refers=answer.refers)


def _pain(protocol: Protocol, now: int, before: int | None, *, day: int) -> Finding:
    rising = before is not None and day > 1 and now - before >= RISE
    if now >= STRONG_PAIN or rising:
        return Finding("RF-U5")
    if now < MID_PAIN:
        return NOTHING
    return Finding(common=True) if _is_expected(protocol, "pain", day) else Finding("RF-S15")


def _redness(protocol: Protocol, now: int, first: int | None, *, day: int) -> Finding:
    """From its day on what is left must be fading; on skin that was removed only what is still strong counts."""
    if first is not None and now > first and not _is_expected(protocol, "redness-rising", day):
        return Finding("RF-U1")
    if day > 1 and now >= SEVERE:
        return Finding("RF-S1")
    if _is_expected(protocol, "redness", day):
        return NOTHING
    if protocol.surface is Surface.REMOVED:
        return Finding("RF-S1") if now >= STILL_STRONG else NOTHING
    fading = now == 0 or (now == 1 and (first is None or now < first))
    return NOTHING if fading else Finding("RF-S1")


def _is_expected(protocol: Protocol, symptom: str, day: int) -> bool:
    """A check-in gives no days more, wherever the skin is."""
    return expectation(protocol, symptom, day, Area.FACE) is Expectation.EXPECTED


def _last_pain(protocol: Protocol, earlier: Sequence[CheckInAnswer]) -> int | None:
    return _last(protocol, earlier, AskKind.PAIN)


def _redness_on_first_day(protocol: Protocol, earlier: Sequence[CheckInAnswer]) -> int | None:
    return _last(protocol, [answer for answer in earlier if answer.day <= 2], AskKind.REDNESS)


def _last(protocol: Protocol, earlier: Sequence[CheckInAnswer], kind: AskKind) -> int | None:
    asked = {(step.id, ask.id) for step in protocol.steps for ask in step.asks if ask.kind is kind}
    scores = [one for one in earlier if (one.step_id, one.ask) in asked and one.value.isdecimal()]
    return int(max(scores, key=lambda one: one.at).value) if scores else None


def _is_second(
    protocol: Protocol,
    step: Step,
    ask: Ask,
    value: str,
    earlier: Sequence[CheckInAnswer],
    *,
    given: Sequence[CheckInAnswer],
) -> bool:
    """Another answer of this step, of those `given`, was bad as well.

    What a follow-up only makes precise is one bad answer.
    """
    held_of = {one.ask: one for one in given if one.ask != ask.id}
    for other in step.asks:
        held = held_of.get(other.id)
        if held is None or held.value == value or not is_valid(other, held.value):
            continue
        if _is_made_precise(other, held.value, ask):
            continue
        before = [one for one in earlier if one.at < held.at]
        if _judge(protocol, other, held.value, before, day=held.day).flag is not None:
            return True
    return False


def _made_precise(step: Step, ask: Ask, given: Sequence[CheckInAnswer]) -> datetime | None:
    held = {one.ask: one for one in given}
    asked = [other for other in step.asks if other.id in held]
    return next((held[other.id].at for other in asked if _is_made_precise(other, held[other.id].value, ask)), None)


def _is_made_precise(other: Ask, value: str, ask: Ask) -> bool:
    """`ask` follows up this very answer and asks which it is; with a harmless way out it asks for something more."""
    answer = _answer(other, value)
    if answer is None or answer.then != ask.id:
        return False
    return all(one.raises is not None or one.refers for one in ask.answers)


def _answer(ask: Ask, value: str) -> Answer | None:
    return next((answer for answer in ask.answers if answer.id == value), None)

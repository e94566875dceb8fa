"""When one step of a plan leaves and what it asks, as somebody may change it."""

from dataclasses import dataclass, replace
from datetime import time
from typing import Self

from bot.care.model.asked import asked, asking
from bot.care.model.enrolment import Enrolment, KeptTiming
from bot.care.model.protocol import Late, Moment, Protocol, Step, Until
from bot.care.model.revision import Retimed

NONE = "-"


@dataclass(frozen=True)
class Timing:
    """When it leaves, and what it asks.

    `at=None`: the patient's own hour, or the session's end. `asks=None`: whatever the step asks.
    """

    day: int
    at: time | None
    late: Late
    asks: tuple[str, ...] | None = None

    def __str__(self) -> str:
        when = f"{self.day} {NONE if self.at is None else self.at.isoformat()} {self.late}"
        return when if self.asks is None else f"{when} {','.join(self.asks) or NONE}"

    @classmethod
    def named(cls, said: str) -> Self:
        """Whatever else stands behind it is left out."""
        day, at, late, *more = said.split(" ")
        asks = _asks_in(more[0]) if more else None
        return cls(int(day), None if at == NONE else time.fromisoformat(at), Late(late), asks)

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(step.day, step.at, step.late, asking(step))

    @property
    def alone(self) -> Self:
        """Without what is asked: that is the same for everybody."""
        return replace(self, asks=None)

    def is_of(self, step: Step) -> bool:
        return self.alone == Timing.of(step).alone and self.asks_as(step)

    def asks_as(self, step: Step) -> bool:
        """What is asked stays the same."""
        return self.asks is None or self.asks == asking(step)


@dataclass(frozen=True)
class Place:
    """All that says when a step leaves, to the letter.

    `until=None`, as for what was kept before this was written down: how long it is useful goes with its day, and what
    leans on it goes along.
    """

    timing: Timing
    moment: Moment | None = None
    until: Until | None = None

    def __str__(self) -> str:
        if self.moment is None or self.until is None:
            return str(self.timing)
        hours = (
            NONE if hours is None else str(hours) for hours in (self.until.before_next, self.until.before_appointment)
        )
        return " ".join((str(self.timing), self.moment, str(self.until.day), self.until.at.isoformat(), *hours))

    @classmethod
    def named(cls, said: str) -> Self:
        timing, more = Timing.named(said).alone, said.split(" ")[3:]
        if len(more) != OF_A_PLACE:
            return cls(timing)
        moment, day, at, *hours = more
        before_next, before_appointment = (None if each == NONE else int(each) for each in hours)
        return cls(timing, Moment(moment), Until(int(day), time.fromisoformat(at), before_next, before_appointment))

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(Timing.of(step).alone, step.moment, step.until)

    def is_useful_as(self, other: Self) -> bool:
        """Until as many days after its own, and until the same hour: what moves along with its day is no news."""
        if self.until is None or other.until is None:
            return True
        days = other.timing.day - self.timing.day
        return replace(self.until, day=self.until.day + days) == other.until

    def put(self, step: Step) -> Step:
        timing, moment, until = self.timing, self.moment or step.moment, self.until or step.until
        return replace(step, day=timing.day, at=timing.at, late=timing.late, moment=moment, until=until)


OF_A_PLACE = 5
"""Words that a place has more than a timing."""


def retimings(old: Protocol, new: Protocol) -> tuple[Retimed, ...]:
    """Every step of both that leaves at another time, is of use until another, or has another rule for the late."""
    pairs = ((Place.of(step), new.step(step.id), step.id) for step in old.steps)
    both = ((name, place, Place.of(after)) for place, after, name in pairs if after is not None)
    return tuple(Retimed(name, str(place), str(after)) for name, place, after in both if place != after)


def placed(protocol: Protocol, step_id: str, place: Place) -> Protocol:
    """With this step there. Where its place is known to the letter nothing else moves."""
    if place.until is None:
        return retimed(protocol, step_id, place.timing)
    return replace(protocol, steps=tuple(place.put(one) if one.id == step_id else one for one in protocol.steps))


def retimed(protocol: Protocol, step_id: str, timing: Timing) -> Protocol:
    """With the step on its new day, and whatever leans on it moved by as many days.

    How long it is useful moves along, and so do a repetition of its question and the line after its answer; whoever
    comes late gets the late variant from the new day on. What stands for it and asks the same goes on asking the same.
    Raises `ValueError` for a question that the step cannot be given.
    """
    step = protocol.step(step_id)
    if step is None:
        return protocol
    return replace(protocol, steps=tuple(_retimed(one, step, timing) for one in protocol.steps))


def as_kept(protocol: Protocol, enrolment: Enrolment) -> Protocol:
    """With every step where it stays for this patient."""
    own = [kept for kept in enrolment.kept_timings if kept.treatment == protocol.id]
    # what leans on a step moves with it: a second time nothing moves but what was kept itself
    for kept in (*own, *own):
        protocol = placed(protocol, kept.step, Place.named(kept.timing))
    return protocol


def staying(enrolment: Enrolment, old: Protocol, new: Protocol) -> Enrolment:
    """With every step kept where it was for this patient, which need not be where the old plan has it."""
    was, would = as_kept(old, enrolment), as_kept(new, enrolment)
    for step in was.steps:
        after = would.step(step.id)
        if after is not None and Place.of(after) != Place.of(step):
            kept = KeptTiming(new.id, step.id, str(Place.of(step)))
            enrolment = enrolment.follow_timing(new.id, step.id).keep_timing(kept)
    return enrolment


def following(enrolment: Enrolment, protocol: Protocol, *step_ids: str) -> Enrolment:
    """With these steps, and what leans on them, where the plan has them."""
    for step in protocol.steps:
        if not {step.id, step.repeats, step.follows, step.late_of}.isdisjoint(step_ids):
            enrolment = enrolment.follow_timing(protocol.id, step.id)
    return enrolment


def _asks_in(said: str) -> tuple[str, ...] | None:
    if said == NONE:
        return ()
    return tuple(said.split(",")) if ":" in said else None


def _retimed(one: Step, step: Step, timing: Timing) -> Step:
    days = timing.day - step.day
    if timing.asks is not None and (one is step or _stands_for(one, step)):
        one = replace(one, asks=asked(one, timing.asks))
    if one.id == step.id:
        return replace(_moved(one, days), at=timing.at, late=timing.late)
    if step.id in (one.repeats, one.follows):
        return _moved(one, days)
    return replace(one, day=one.day + days) if one.late_of == step.id else one


def _stands_for(one: Step, step: Step) -> bool:
    return step.id in (one.repeats, one.late_of) and one.asks == step.asks


def _moved(step: Step, days: int) -> Step:
    until = replace(step.until, day=max(0, step.until.day + days))
    return replace(step, day=max(0, step.day + days), until=until)

"""When one step of a plan leaves and what it asks, as somebody may change it."""

from dataclasses import dataclass, replace
from datetime import time
from typing import Self

from bot.care.model.asked import asked, asking
from bot.care.model.enrolment import Enrolment
from bot.care.model.protocol import Late, Protocol, Step

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
        protocol = retimed(protocol, kept.step, Timing.named(kept.timing))
    return protocol


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

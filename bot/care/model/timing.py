"""When one step of a plan leaves, as somebody may change it: its day, its hour, and what becomes of it when late."""

from dataclasses import dataclass, replace
from datetime import time
from typing import Self

from bot.care.model.enrolment import Enrolment
from bot.care.model.protocol import Late, Protocol, Step

NONE = "-"


@dataclass(frozen=True)
class Timing:
    """`at=None`: the patient's own hour, or the session's end."""

    day: int
    at: time | None
    late: Late

    def __str__(self) -> str:
        return f"{self.day} {NONE if self.at is None else self.at.isoformat()} {self.late}"

    @classmethod
    def named(cls, said: str) -> Self:
        day, at, late = said.split(" ")[:3]
        return cls(int(day), None if at == NONE else time.fromisoformat(at), Late(late))

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(step.day, step.at, step.late)


def retimed(protocol: Protocol, step_id: str, timing: Timing) -> Protocol:
    """With the step on its new day, and whatever leans on it moved by as many days.

    How long it is useful moves along, and so do a repetition of its question and the line after its answer; whoever
    comes late gets the late variant from the new day on.
    """
    step = protocol.step(step_id)
    if step is None:
        return protocol
    days = timing.day - step.day
    return replace(protocol, steps=tuple(_retimed(one, step_id, timing, days) for one in protocol.steps))


def as_kept(protocol: Protocol, enrolment: Enrolment) -> Protocol:
    """With every step where it stays for this patient."""
    own = [kept for kept in enrolment.kept_timings if kept.treatment == protocol.id]
    # what leans on a step moves with it: a second time nothing moves but what was kept itself
    for kept in (*own, *own):
        protocol = retimed(protocol, kept.step, Timing.named(kept.timing))
    return protocol


def _retimed(step: Step, step_id: str, timing: Timing, days: int) -> Step:
    if step.id == step_id:
        return replace(_moved(step, days), at=timing.at, late=timing.late)
    if step_id in (step.repeats, step.follows):
        return _moved(step, days)
    return replace(step, day=step.day + days) if step.late_of == step_id else step


def _moved(step: Step, days: int) -> Step:
    until = replace(step.until, day=max(0, step.until.day + days))
    return replace(step, day=max(0, step.day + days), until=until)

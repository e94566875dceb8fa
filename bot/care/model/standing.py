"""How a patient stands, in a few words, for a list that staff read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.inbound import BY_STAFF, CheckInAnswer, Entry
from bot.care.model.people import Patient
from scheduler.localtime import local_day

TIME_TO_ANSWER = timedelta(hours=24)
UNANSWERED = 2
"""So many check-ins in a row without a sign of life are silence."""


class State(StrEnum):
    FLAGGED = "flagged"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"
    """No consent yet."""
    STOPPED = "stopped"
    PAUSED = "paused"
    SILENT = "silent"
    ACTIVE = "active"


@dataclass(frozen=True)
class Signs:
    """What is known of a patient's answers; `check_ins` are the ids of steps that ask something."""

    rows: Sequence[Delivery]
    answers: Sequence[CheckInAnswer]
    entries: Sequence[Entry]
    check_ins: frozenset[str]


def states_of(patient: Patient, signs: Signs, *, is_flagged: bool, at: datetime) -> tuple[State, ...]:
    """What the record says leads: an alert for somebody who hears nothing from us is a call, not a message."""
    state = state_by_record(
        is_unreachable=patient.unreachable_since is not None,
        agreed=patient.consent is not None,
        has_stopped=patient.stopped_at is not None,
        paused_until=patient.paused_until,
        today=local_day(at, patient.zone),
    )
    if state is State.ACTIVE and is_silent(signs, at=at):
        state = State.SILENT
    if not is_flagged:
        return (state,)
    return (State.FLAGGED,) if state is State.ACTIVE else (state, State.FLAGGED)


def state_by_record(
    *, is_unreachable: bool, agreed: bool, has_stopped: bool, paused_until: date | None, today: date
) -> State:
    """The most pressing of what the patient's own record tells, without alerts and answers."""
    if is_unreachable:
        return State.UNREACHABLE
    if not agreed:
        return State.WAITING
    if has_stopped:
        return State.STOPPED
    return State.PAUSED if paused_until is not None and paused_until > today else State.ACTIVE


def is_silent(signs: Signs, *, at: datetime) -> bool:
    """The last two check-ins are a day old or more, and nothing was heard since the first of them."""
    asked = (row.sent_at for row in signs.rows if row.state is DeliveryState.SENT and row.step in signs.check_ins)
    said = (entry.at for entry in signs.entries if entry.heard not in BY_STAFF)
    heard = [*(answer.at for answer in signs.answers), *said]
    return has_gone_quiet((sent_at for sent_at in asked if sent_at is not None), max(heard, default=None), at=at)


def has_gone_quiet(asked: Iterable[datetime], heard: datetime | None, *, at: datetime) -> bool:
    """`asked`: when each check-in left; `heard`: the newest sign of life."""
    old = sorted(sent_at for sent_at in asked if at - sent_at >= TIME_TO_ANSWER)
    return len(old) >= UNANSWERED and (heard is None or heard < old[-UNANSWERED])

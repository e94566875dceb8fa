"""What becomes of a delivery after one attempt: the only retry layer, decided by cause."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bot.care.model.delivery import ActKind, Delivery, DeliveryState, Outcome, Result
from scheduler.backoff import wait

REPEATABLE = frozenset({ActKind.EDIT, ActKind.DELETE, ActKind.PIN, ActKind.REACT, ActKind.TOPIC_CLOSE, ActKind.LEAVE})
"""Acts that change nothing when done twice: an unclear end is simply tried again."""

LONGEST_WAIT = timedelta(seconds=8)
"""Not sent at all means Telegram cannot be reached: come back soon after it can."""

PAUSE_SLACK = 0.1
"""Later than Telegram asked by up to a tenth, so that replicas do not all return at once."""


@dataclass(frozen=True)
class Verdict:
    """`ambiguous`: it may have arrived. `counted`: the attempt says something about this message, not the line."""

    state: DeliveryState
    retry_in: timedelta | None = None
    ambiguous: bool = False
    counted: bool = True


def verdict(delivery: Delivery, result: Result, *, rng: Random) -> Verdict:
    match result.outcome:
        case Outcome.SENT:
            return Verdict(DeliveryState.SENT)
        case Outcome.NOT_SENT:
            return _again(min(wait(delivery.attempts, rng=rng), LONGEST_WAIT), counted=True)
        case Outcome.NOT_BEGUN:
            return _again(timedelta(0), counted=False)
        case Outcome.AMBIGUOUS:
            return _unclear(delivery, rng=rng)
        case Outcome.REFUSED:
            return Verdict(DeliveryState.FAILED)
        case Outcome.UNREACHABLE:
            return Verdict(DeliveryState.UNREACHABLE)
        case Outcome.PAUSED:
            slack = 1 + PAUSE_SLACK * rng.random()
            return _again(timedelta(seconds=result.retry_after * slack), counted=False)
        case Outcome.MOVED:
            return _again(timedelta(0), counted=False)


def _unclear(delivery: Delivery, *, rng: Random) -> Verdict:
    if delivery.act is not None and delivery.act.kind in REPEATABLE:
        return _again(min(wait(delivery.attempts, rng=rng), LONGEST_WAIT), counted=True)
    if delivery.ambiguous:
        return Verdict(DeliveryState.UNCERTAIN, ambiguous=True)
    return Verdict(DeliveryState.RETRY_WAIT, retry_in=wait(delivery.attempts, rng=rng), ambiguous=True)


def _again(retry_in: timedelta, *, counted: bool) -> Verdict:
    return Verdict(DeliveryState.RETRY_WAIT, retry_in=retry_in, counted=counted)

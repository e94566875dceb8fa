"""How slow this machine is right now: figures hold on one that has nothing else to do."""

import time
from collections.abc import Callable

ROUNDS = 200_000
USUAL = 0.032
"""Seconds that so many rounds take on the machine of the figures, two cores of 2 GHz, when it is idle."""


def slowness(clock: Callable[[], float] = time.perf_counter) -> float:
    """What a figure is multiplied by: 1 where this machine is at its usual speed or quicker."""
    return max(1.0, min(_a_while(clock) for _ in range(5)) / USUAL)


def is_within(limit: float, cost: Callable[[], float], clock: Callable[[], float]) -> bool:
    """Once in three, each weighed by how slow the machine was just before or after it: that changes in seconds."""
    return any(_weighed(cost, clock) < limit for _ in range(3))


def _weighed(cost: Callable[[], float], clock: Callable[[], float]) -> float:
    before, taken = slowness(clock), cost()
    return taken / max(before, slowness(clock))


def _a_while(clock: Callable[[], float]) -> float:
    started, left = clock(), 0
    for number in range(ROUNDS):
        left += number * number % 7
    return clock() - started

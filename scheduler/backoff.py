"""Say how soon to try again: full jitter under a doubling ceiling."""

from datetime import timedelta
from random import Random

FIRST_CEILING = timedelta(seconds=2)
HIGHEST_CEILING = timedelta(seconds=900)
_DOUBLINGS = (HIGHEST_CEILING // FIRST_CEILING).bit_length()


def ceiling(failures: int) -> timedelta:
    """The longest wait after so many failures before this one: min(900 s, 2 s * 2^n). Raises ValueError below 0."""
    if failures < 0:
        raise ValueError("failures are counted from 0")
    return min(HIGHEST_CEILING, FIRST_CEILING * (1 << min(failures, _DOUBLINGS)))


def wait(failures: int, *, rng: Random) -> timedelta:
    """A wait drawn evenly between nothing and the ceiling, so that those who failed together do not return together."""
    return ceiling(failures) * rng.random()

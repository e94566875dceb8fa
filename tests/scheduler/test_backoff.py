"""Nobody tries again too eagerly, nor all at the same moment."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.backoff import HIGHEST_CEILING, ceiling, wait


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        pytest.param(0, 2, id="the first time"),
        pytest.param(1, 4, id="the second time"),
        pytest.param(8, 512, id="the ninth time"),
        pytest.param(9, 900, id="a quarter of an hour is enough"),
        pytest.param(100_000, 900, id="after a week without network"),
    ],
)
def test_the_longest_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert ceiling(failures) == timedelta(seconds=seconds)


@given(st.integers(0, 40), st.randoms(use_true_random=False))
def test_a_wait_is_never_longer_than_its_ceiling(failures: int, rng: Random) -> None:
    assert timedelta(0) <= wait(failures, rng=rng) <= min(HIGHEST_CEILING, ceiling(failures))


def test_those_who_failed_together_do_not_return_together() -> None:
    rng = Random(7)

    waits = sorted(wait(9, rng=rng) for _ in range(1000))

    assert waits[100] < timedelta(seconds=150)
    assert timedelta(seconds=400) < waits[500] < timedelta(seconds=500)
    assert waits[900] > timedelta(seconds=750)


def test_the_same_seed_waits_the_same() -> None:
    assert wait(3, rng=Random(1)) == wait(3, rng=Random(1))


def test_fewer_than_no_failures_are_refused() -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        ceiling(-1)

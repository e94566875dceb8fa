"""Who writes faster than a person can is noticed, and forgotten again."""

from collections.abc import Iterator
from itertools import chain, repeat

from bot.chat.crowd import MOST, WINDOW, Crowd


def _at(*moments: float) -> Crowd:
    times: Iterator[float] = chain(moments, repeat(moments[-1]))
    return Crowd(now=lambda: next(times))


def test_nobody_is_turned_away_for_what_a_person_can_write() -> None:
    crowd = _at(100.0)

    assert [crowd.hurries("1:1:None") for _ in range(MOST + 1)] == [*[False] * MOST, True]
    assert not crowd.hurries("2:2:None")


def test_a_minute_later_they_are_heard_again() -> None:
    crowd = _at(*[100.0] * MOST, 100.0, 100.0 + WINDOW + 1)

    turned_away = [crowd.hurries("1:1:None") for _ in range(MOST + 2)]

    assert turned_away[-2:] == [True, False]

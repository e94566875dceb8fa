"""One test for all cases of a table: whatever fails is named by its case, and no case hides another."""

from collections.abc import Callable, Iterable
from inspect import iscoroutinefunction
from typing import Any

import pytest

PARAMETERS = type(pytest.param())


def each(cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Instead of `pytest.mark.parametrize` where there are hundreds of cases that need nothing prepared.

    A case is the one argument, or the tuple of them; raises `TypeError` for what would try nothing, or something else.
    """
    table = list(cases)
    if any(isinstance(case, PARAMETERS) for case in table):
        raise TypeError("a case is its values, not a pytest.param")

    def of_all(test: Callable[..., None]) -> Callable[[], None]:
        if iscoroutinefunction(test):
            raise TypeError(f"nobody would wait for {test.__name__}")

        def for_each_case() -> None:
            # a table that lost its cases would prove nothing
            assert table
            failed = [said for case in table if (said := _failed(test, case))]
            assert not failed, f"{len(failed)} of {len(table)} cases:\n" + "\n".join(failed)

        for_each_case.__name__, for_each_case.__doc__ = test.__name__, test.__doc__
        return for_each_case

    return of_all


def _failed(test: Callable[..., None], case: object) -> str:
    """What is wrong, after the name of the case."""
    try:
        test(*case) if isinstance(case, tuple) else test(case)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - whatever it is, the other cases are still to be tried
        return f"[{_named(case)}] {type(error).__name__}: {error}"
    return ""


def _named(case: object) -> str:
    return "-".join(map(str, case)) if isinstance(case, tuple) else str(case)

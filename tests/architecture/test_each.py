"""A table that is gone through by one test still says which of its cases fail."""

import pytest

from tests.each import each


def test_every_case_that_fails_is_named_and_hides_no_other() -> None:
    @each([(1, 1), (2, 3), (4, 4), (5, 6)])
    def test_pairs_are_equal(one: int, other: int) -> None:
        assert one == other

    with pytest.raises(AssertionError, match="2 of 4 cases") as failed:
        test_pairs_are_equal()

    assert "[2-3] AssertionError: assert 2 == 3" in str(failed.value)
    assert "[5-6] AssertionError: assert 5 == 6" in str(failed.value)
    assert "[1-1]" not in str(failed.value)


def test_a_table_without_cases_proves_nothing() -> None:
    @each([])
    def test_nothing(case: int) -> None:
        """Never called."""

    with pytest.raises(AssertionError):
        test_nothing()


def test_a_case_that_fails_by_itself_hides_no_other() -> None:
    @each([1, 2])
    def test_fails(case: int) -> None:
        pytest.fail(f"not {case}")

    with pytest.raises(AssertionError, match="2 of 2 cases"):
        test_fails()


def test_what_would_try_nothing_or_something_else_is_refused() -> None:
    async def test_waits(case: int) -> None:
        """Never awaited."""

    with pytest.raises(TypeError, match="test_waits"):
        each([1])(test_waits)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"pytest\.param"):
        each([pytest.param(1, id="one")])

"""Short codes are said on the phone and never given twice."""

import pytest

from bot.records.codes import patient_code


@pytest.mark.parametrize(
    ("number", "code"),
    [(0, "A-1"), (16, "A-17"), (98, "A-99"), (99, "B-1"), (24 * 99 - 1, "Z-99"), (24 * 99, "AA-1")],
)
def test_codes_count_up_in_letters_and_numbers(number: int, code: str) -> None:
    assert patient_code(number) == code


def test_no_two_patients_share_a_code() -> None:
    assert len({patient_code(number) for number in range(200_000)}) == 200_000

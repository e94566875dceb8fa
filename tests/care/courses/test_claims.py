"""The reader of claims reads as a patient does."""

from datetime import date

import pytest

from bot.care.model.things import Thing
from tests.care.courses.claims import claims

TODAY = date(2026, 11, 22)
ALLOWS = [
    ("If your skin is closed and calm, makeup is fine again: clean brushes, and take it off gently.", "makeup? 22"),
    ("Makeup: open if your skin is closed and calm, off again from 14 December", "makeup? 22"),
    ("Makeup: allowed", "makeup 22"),
    ("From tonight you may use retinol: a pea-sized amount, every third night.", "retinol 22"),
    ("Retinol and acids may come back, but only once we have said yes.", "retinol? 22, actives? 22"),
    ("If no flake is left, makeup, sport and sauna are fine again from today.", "makeup? 22, exercise? 22, heat? 22"),
    ("Pool: off until 26 November", "swimming 26"),
    ("Pool: off; back on 26 November", "swimming 26"),
    ("From today you need not avoid the sun as strictly, but shade stays. Please still use no tan.", "sun 22"),
    ("Shaving waits until 25 November, the pool until 26 November.", "shaving 25, swimming 26"),
    ("• 24 November: makeup and gym", "makeup 24, exercise 24"),
    ("Makeup is fine again tomorrow.", "makeup 23"),
    ("Makeup again from 29 November.", "makeup 29"),
    ("You may smoke again.", "smoking 22"),
    ("Sunscreen: daily until 19 May 2027, on closed skin only", "sunscreen? 22"),
    ("Direct sun: strict avoidance over, shade and SPF stay, no tan or sunbed.", "sun 22"),
]
DENIES = [
    "From tonight, leave off retinol, acids, benzoyl peroxide and scrubs.",
    "Smoking and vaping: off for the whole course",
    "Retinol: off until some time after your session on 18 December",
    "• some time after your session on 18 December: retinol",
    "Retinol: ask us first",
    "Makeup: off until your skin is closed and calm",
    "Please do not shave, and stay free of smoke and vape.",
    "No tan or sunbed, please.",
    "Today: gentle wash, moisturiser and shade are enough.",
]


@pytest.mark.parametrize(("sentence", "expected"), ALLOWS)
def test_what_a_sentence_allows_is_read_with_its_day_and_its_condition(sentence: str, expected: str) -> None:
    found = {f"{claim.thing}{'?' if claim.conditional else ''} {claim.on.day}" for claim in claims(sentence, TODAY)}

    assert found == set(expected.split(", "))


@pytest.mark.parametrize("sentence", DENIES)
def test_what_forbids_allows_nothing(sentence: str) -> None:
    assert claims(sentence, TODAY) == []


def test_a_permanent_make_up_is_none() -> None:
    assert all(claim.thing is not Thing.MAKEUP for claim in claims("Permanent makeup is fine.", TODAY))

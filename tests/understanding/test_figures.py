"""Temperatures and pain scores are read as numbers."""

import pytest

from bot.understanding.figures import HOT, PAIN_HIGH, PAIN_MID, PAIN_RISING, figures
from bot.understanding.normalise import plain
from bot.understanding.words import Cutter, Stemmer

CUTTER = Cutter(Stemmer("en"), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38.6", {HOT}),
        ("temp 38,2", {HOT}),
        ("my temperature went up to 39", {HOT}),
        ("37.8 degrees", {HOT}),
        ("100.4 F", {HOT}),
        ("fever of 102", {HOT}),
        ("temp is 36.9", set()),
        ("37.4 and feeling fine", set()),
        ("38 degrees outside today, how do i keep it covered", set()),
        ("a bath at 38 degrees", set()),
        ("a wash at 40 degrees for the pillowcase", set()),
        ("had a shower and i am 39.2c", {HOT}),
        ("drinking lots of water but still 39 degrees", {HOT}),
        ("wash with lukewarm water, i measured 38.7", {HOT}),
        ("38.6 outside the shower", {HOT}),
        ("had a bath and my temp is 38.5", {HOT}),
        ("39 outside the shower just now, fever i think, temp 39", {HOT}),
        ("day 38", set()),
        ("it cost £40.50", set()),
        ("pain 8/10", {PAIN_HIGH}),
        ("8 out of 10 right now", {PAIN_HIGH}),
        ("my pain is a 7", {PAIN_HIGH}),
        ("pain 6-7/10", {PAIN_HIGH}),
        ("sore as a six out of ten", {PAIN_MID}),
        ("nine on ten", {PAIN_HIGH}),
        ("my pain is a seven", {PAIN_HIGH}),
        ("level nine pain", {PAIN_HIGH}),
        ("nine on ten days", set()),
        ("level 9 pain", {PAIN_HIGH}),
        ("pain level 5", {PAIN_MID}),
        ("pain is 2", set()),
        ("9/10 happy with the result", set()),
        ("pain for 7 days", set()),
        ("it's about a 5 pain wise", {PAIN_MID}),
        ("pain-wise it's an 8", {PAIN_HIGH}),
        ("a 7 for pain today", {PAIN_HIGH}),
        ("pain level 5ish", {PAIN_MID}),
        ("hurts less than yesterday but still an 8", {PAIN_HIGH}),
        ("it hurts for about a 5 min walk", set()),
        ("took 4 painkillers", set()),
        ("10/10 service, thank you", set()),
        ("8/10, should I call the clinic", {PAIN_HIGH}),
        ("10/10 for the team", set()),
        ("10/10 best clinic ever", set()),
        ("service 10/10", set()),
        ("8/10 you said it would stop", {PAIN_HIGH}),
        ("9/10 clinic please call me", {PAIN_HIGH}),
        ("pain was a 2 yesterday, a 5 today", {PAIN_RISING}),
        ("pain 5 today, was 2 yesterday", {PAIN_MID, PAIN_RISING}),
        ("it hurts, was 3/10 last night and now 6/10", {PAIN_MID, PAIN_RISING}),
        ("pain went from one to three", {PAIN_RISING}),
        ("pain was 6 last night and 2 now", set()),
        ("pain 3 today was 5 yesterday", set()),
        ("pain was gone after 2 days, now 5 days in", set()),
        ("there were 2 spots yesterday, 5 today", set()),
        ("six outta ten sore", {PAIN_MID}),
        ("hurts maybe five or six", {PAIN_MID}),
        ("hurts about 5 minutes", set()),
        ("102", {HOT}),
        ("38ish", {HOT}),
        ("it's 38 and a half", {HOT}),
        ("tempreture 39", {HOT}),
        ("im 38", set()),
        ("38 weeks", set()),
    ],
)
def test_a_number_means_what_stands_beside_it(text: str, expected: set[str]) -> None:
    assert {hit.concept for hit in figures(plain(text), CUTTER.cut(text))} == expected

"""On the day on which a symptom is no longer expected (facts 5.2), words for it are a danger sign of its level."""

import pytest

from bot.care.model.triage import Level
from bot.care.ports.hearing import Situation
from bot.understanding.understander import Understander
from tests.care.plan.test_expected import TABLE, TREATMENTS, cells

SENTENCES = {
    "redness": "my face is still very red",
    "redness-rising": "it is redder than yesterday",
    "swelling": "i am still swollen",
    "swelling-larger": "the swelling is bigger than yesterday",
    "sting": "my skin is still burning",
    "oozing": "my cheek is still weeping",
    "pus": "yellow fluid is coming out and it smells",
    "crust": "i have a crust on my cheek",
    "thick-crust": "there is a thick yellow crust on my cheek",
    "blister": "i have a blister on my cheek",
    "itch-rising": "the itch is getting worse every day",
    "new-patch": "a new brown patch on my cheek",
    "darkening-not-fading": "the dark marks are still not fading",
    "not-closed": "one spot is still raw",
    "pain": "my pain is 5 today",
    "strong-pain": "my pain is 8 today",
}
LEVELS = {"s": Level.SAME_DAY, "u": Level.URGENT}
CASES = [
    (symptom, treatment, day, LEVELS[level])
    for symptom, treatment, starts in cells(TABLE, TREATMENTS)
    for level, day in starts.items()
    if symptom in SENTENCES
]


@pytest.mark.parametrize(("symptom", "treatment", "day", "level"), CASES)
def test_on_its_day_a_symptom_in_plain_words_is_heard(
    understanding: Understander, symptom: str, treatment: str, day: int, level: Level
) -> None:
    found = understanding.triage(SENTENCES[symptom], Situation("en", treatment, day))

    assert found.level is not None
    assert found.level.weight >= level.weight


GOING = {
    "redness": "fading nicely but still red",
    "swelling": "much better than it was, still slightly swollen",
    "sting": "still stings a bit but much better",
    "pus": "the pus is less than yesterday but still there",
}
EASING = {("redness", "resurfacing"), ("sting", "resurfacing")}
"""There only what stays strong, or does not ease, is a sign."""


@pytest.mark.parametrize(
    ("symptom", "treatment", "day", "level"),
    [case for case in CASES if case[0] in GOING and case[:2] not in EASING],
)
def test_a_symptom_past_its_day_is_heard_though_it_is_going(
    understanding: Understander, symptom: str, treatment: str, day: int, level: Level
) -> None:
    found = understanding.triage(GOING[symptom], Situation("en", treatment, day))

    assert (found.level, found.certain) == (level, True)


@pytest.mark.parametrize(
    "text", ["the swelling has gone", "redness is gone, thanks", "it stopped stinging", "no pus any more"]
)
def test_what_has_gone_is_no_sign(understanding: Understander, text: str) -> None:
    assert understanding.triage(text, Situation("en", "pico", 5)).level is None

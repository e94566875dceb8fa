"""Patients say in their own words which day it is, what they had done, and when they come again."""

import pytest

from bot.care.ports.hearing import Situation
from bot.understanding.timing import Timing
from bot.understanding.understander import Understander


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("day 4 from picosure n still as pink as day one", Timing("picosure", 4)),
        ("12 days post scar laser", Timing("acne-scar-laser", 12)),
        ("3 wks after pico", Timing("pico", 21)),
        ("a week in and it looks worse", Timing(day=7)),
        ("its been five weeks", Timing(day=35)),
        ("d5 co2", Timing("resurfacing", 5)),
        ("4th day, still puffy", Timing(day=4)),
        ("week 3 still red", Timing(day=15)),
        ("evening of my picosure", Timing("picosure", 0)),
        ("lasered yesterday", Timing(day=1)),
        ("you lasered me 10 days ago", Timing(day=10)),
        ("been on ibuprofen, appointment is saturday", Timing(days_to_next=5)),
        ("tomorrow is my session", Timing(days_to_next=1)),
        ("my session is in 2 weeks", Timing(days_to_next=14)),
        ("my session was on saturday", Timing()),
        ("can i swim in 3 days", Timing()),
        ("itchy for 3 days", Timing()),
        ("day 2 of my antibiotics", Timing()),
        ("i took it for a couple of weeks", Timing()),
        ("twenty one days after pico", Timing("pico", 21)),
        ("more swollen than on day 1, 6 days after pico", Timing("pico", 6)),
        ("a fortnight on from co2", Timing("resurfacing", 14)),
        ("session in a couple of weeks", Timing(days_to_next=14)),
        ("you are lasering me friday", Timing(days_to_next=5)),
        ("itchy for a few days now", Timing()),
        ("i put the cream on twice a day on my cheeks", Timing()),
        ("it gets worse night after night", Timing()),
        ("vitamin d3", Timing()),
        ("2.5 weeks after", Timing()),
        ("3 days in a row", Timing()),
        ("the day after tomorrow", Timing()),
        ("im 12 weeks pregnant", Timing()),
        ("had treatment on monday", Timing()),
        ("swollen since the laser on friday", Timing()),
    ],
)
def test_what_the_words_say_of_the_time(understanding: Understander, text: str, expected: Timing) -> None:
    assert understanding.tongues["en"].take(text).timing == expected


def test_the_records_know_better_than_the_words() -> None:
    said, known = Timing("pico", 12, 3), Situation("en", "resurfacing", 2, 20)

    assert said.fills(known) == known
    assert said.fills(Situation("en", "pico", None, 20)).day is None
    assert said.fills(Situation("en", "resurfacing")) == Situation("en", "resurfacing", 12, 3)

"""A longer message is cut where its questions and sentences end."""

import pytest

from bot.care.ports.hearing import Situation
from bot.understanding.parts import LONGEST, MOST, parts
from bot.understanding.understander import Understander

ANYONE = Situation("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can i wear makeup", 1),
        ("can i wear makeup? and when can i swim again", 2),
        ("can i wear makeup and when can i swim again", 2),
        ("hi. can i wear makeup", 1),
        ("", 0),
        ("!!! ???", 0),
        ("word " * 100, -(-100 // LONGEST)),
        ("one two three. " * 1000, MOST),
    ],
)
def test_it_is_cut(text: str, expected: int) -> None:
    assert len(parts(text)) == expected


def test_two_clear_questions_are_both_heard(understanding: Understander) -> None:
    found = understanding.match("can i wear makeup tomorrow? and when can i go swimming again?", ANYONE)

    assert found.confident
    assert {found.candidates[0].topic, *found.also} == {"makeup", "swimming"}


@pytest.mark.parametrize("where", ["early", "late"])
def test_a_danger_sign_is_not_drowned_in_talk(understanding: Understander, where: str) -> None:
    talk = "the weather was lovely and we went to the shops and then had lunch with my sister. " * 12
    sign = "yellow stuff is leaking out of my cheek and it smells."

    heard = understanding.triage(f"{sign} {talk}" if where == "early" else f"{talk} {sign}", ANYONE)

    assert heard.raised

"""Emergency signs are always heard, however they are written and whatever stands around them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.care.model.triage import Level
from bot.care.ports.hearing import Situation
from bot.understanding.understander import Understander

LINES = [
    line
    for line in (Path(__file__).parent / "emergencies.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
ANYONE = Situation("en")


def unheard(understanding: Understander, write: Callable[[str], str]) -> list[str]:
    found = [(line, understanding.triage(write(line), ANYONE)) for line in LINES]
    return [line for line, heard in found if heard.level is not Level.EMERGENCY or not heard.certain]


def test_there_are_enough_of_them() -> None:
    assert len(LINES) >= 120


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(str, id="as it stands"),
        pytest.param(str.upper, id="shouted"),
        pytest.param(lambda line: f"😭😭 {line} 🙏!!!", id="among emoji"),
        pytest.param(lambda line: line.replace(" ", " \u200b"), id="with invisible characters"),
        pytest.param(lambda line: f"thanks, the redness is much better. {line}", id="after good news"),
        pytest.param(lambda line: f"no fever, no pus. {line}", id="after denials"),
        pytest.param(lambda line: f"my friend had this last year. {line}", id="after somebody else's story"),
        pytest.param(lambda line: f"{line}. when can i wear makeup?", id="before a question"),
    ],
)
def test_every_emergency_is_certain(understanding: Understander, write: Callable[[str], str]) -> None:
    assert unheard(understanding, write) == []


@pytest.mark.parametrize(
    "line",
    [
        "cnat breathe",
        "i cant breathh",
        "my thraot is closing",
        "tounge is swelling",
        "blured vision in one eye",
        "siezure",
        "i want to dye, kill mysef",
        "suicidl",
        "bleding wont stop",
        "overdoesd",
        "i faintedd and have chest pian",
        "anaphlaxis",
    ],
)
def test_mistyped_emergencies_are_heard(understanding: Understander, line: str) -> None:
    assert understanding.triage(line, ANYONE).level is Level.EMERGENCY


@pytest.mark.parametrize("protocol", ["picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser"])
def test_neither_treatment_nor_day_quietens_an_emergency(understanding: Understander, protocol: str) -> None:
    for day in (0, 5, 90):
        heard = understanding.triage("i cant breathe", Situation("en", protocol, day, 10))
        assert (heard.level, heard.certain) == (Level.EMERGENCY, True)


@pytest.mark.parametrize(
    "line", ["can laser make you go blind", "how would i know if its sepsis", "my friend had a seizure last year"]
)
def test_words_around_an_emergency_never_silence_it(understanding: Understander, line: str) -> None:
    assert understanding.triage(line, ANYONE).raised

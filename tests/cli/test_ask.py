"""`aftercare ask` answers as the chat would, through the same services."""

from datetime import datetime
from functools import cache
from typing import Any

import pytest

from bot.care.model.enrolment import Area
from bot.care.ports.hearing import Hearing
from bot.cli.ask import Supposed, answer_to, as_contract
from bot.cli.words import shelf_of
from bot.library.shelf import ContentShelf
from bot.settings import CACHE, Settings
from bot.understanding.building import understand
from tests.cli.conftest import NOON, Aftercare
from tests.own_content import CONTENT

DAY_1 = ("--treatment", "picosure", "--day", "1")
KEYS = ["kind", "topic", "candidates", "red_flag", "level", "text", "reason"]


@cache
def the_words() -> tuple[ContentShelf, Hearing]:
    shelf = shelf_of(Settings(content_dir=CONTENT))
    return shelf, understand(shelf.tables, CACHE)


def asked(text: str, *, day: int | None = 1, next_in: int | None = None) -> dict[str, Any]:
    """What `--json` would print at noon on 20 November, a Friday."""
    shelf, understanding = the_words()
    supposed = Supposed("picosure", day, next_in, None, Area.FACE, "en")
    answer = answer_to(text, supposed, shelf, understanding, at=datetime.fromisoformat(NOON))
    return as_contract(answer, shelf.topics("en"))


def test_the_contract_has_its_keys_in_order(aftercare: Aftercare) -> None:
    ended = aftercare("ask", "can I wear makeup", *DAY_1, "--json")

    assert ended.status == 0
    assert list(ended.json) == KEYS
    assert (ended.json["kind"], ended.json["topic"]) == ("answer", "makeup")
    assert ended.json["candidates"][0] == "makeup"


def test_a_question_is_answered_with_the_patients_own_dates() -> None:
    # day 1 is 20 November, so day 0 was the 19th, and makeup is off for two days
    assert "21 November" in asked("can I wear makeup")["text"]


def test_another_day_is_another_answer() -> None:
    assert asked("can I wear makeup", day=1)["text"] != asked("can I wear makeup", day=9)["text"]


def test_a_red_flag_comes_before_any_answer() -> None:
    found = asked("I can't breathe and my tongue is swelling")

    assert (found["kind"], found["topic"], found["level"]) == ("escalate", None, "emergency")
    assert found["red_flag"].startswith("RF-E")
    assert "999" in found["text"]
    assert found["reason"]


def test_what_only_sounds_like_one_is_asked_about() -> None:
    found = asked("my eye feels a bit funny")

    assert (found["kind"], found["topic"]) == ("clarify", None)
    assert found["red_flag"] is not None
    assert found["level"] is not None
    assert "now?" in found["text"]


@pytest.mark.parametrize("text", ["who won the match last night", "zxcv qwer", "🙂"])
def test_what_is_not_ours_is_not_answered(text: str) -> None:
    found = asked(text)

    assert (found["kind"], found["topic"], found["red_flag"]) == ("unknown", None, None)
    assert found["text"]


def test_a_word_that_is_a_deed_is_done() -> None:
    found = asked("STOP")

    assert (found["kind"], found["topic"]) == ("answer", None)
    assert "stop" in found["text"].lower()


def test_somebody_before_the_first_session_is_answered_too() -> None:
    assert asked("can I smoke", day=None, next_in=10)["text"]


def test_without_json_a_person_reads_words_buttons_and_why(aftercare: Aftercare) -> None:
    page = aftercare("ask", "can I wear makeup", *DAY_1).out

    assert page.startswith("answer  makeup\n")
    assert "[Talk to a person]" in page
    assert "why: " in page
    assert "closest topics: makeup" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(("  ", *DAY_1), "in quotes", id="nothing asked"),
        pytest.param(("makeup?", "--treatment", "pico"), "--day 2", id="no day"),
        pytest.param(("makeup?", "--treatment", "pikk", "--day", "1"), "choose from", id="unknown treatment"),
        pytest.param(("makeup?", "--treatment", "pico", "--day", "-1"), "equal to 0", id="a day before the session"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_what_to_do(
    aftercare: Aftercare, typed: tuple[str, ...], says: str
) -> None:
    ended = aftercare("ask", *typed)

    assert (ended.status, ended.out) == (2, "")
    assert says in ended.err

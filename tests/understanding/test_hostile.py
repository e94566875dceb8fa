"""Whatever is thrown at it, understanding answers, and in time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.ports import Situation
from bot.settings import CACHE
from bot.understanding.building import understand
from bot.understanding.understander import Understander
from tests.understanding.conftest import Files

ANYONE = Situation("en", "pico", 3, 10, before="is this normal")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("pain worse " * 500, id="one sign again and again"),
        pytest.param("no pus fever swelling red " * 200, id="denials without end"),
        pytest.param("cant breathe " * 400, id="an emergency again and again"),
        pytest.param("a" * 5000, id="one long word"),
        pytest.param("\u202e\u200b" * 3000, id="nothing visible"),
        pytest.param("ﷺ" * 4096, id="one character that spreads into eighteen"),
        pytest.param("Z̸͖̎a̷l̶g̴o̸ " * 500, id="stacked accents"),
        pytest.param("7/10 38.5 " * 400, id="numbers only"),
        pytest.param("\x00\ud800 <b>&amp;", id="what is no text at all"),
        pytest.param("😀" * 4096, id="emoji only"),
    ],
)
def test_a_full_length_message_of_anything_takes_no_longer_than_150_ms(understanding: Understander, text: str) -> None:
    started = time.perf_counter()

    understanding.triage(text, ANYONE)
    understanding.match(text, ANYONE)

    assert time.perf_counter() - started < 0.15


def test_an_ordinary_message_takes_milliseconds(files: Files, understanding: Understander) -> None:
    lines = [line for table in files.values() for line in table.get("phrasings", ())]
    took = []
    for line in lines:
        started = time.perf_counter()
        understanding.triage(line, ANYONE)
        understanding.match(line, ANYONE)
        took.append(time.perf_counter() - started)

    assert sorted(took)[int(len(took) * 0.99)] < 0.025


def test_building_is_quick_enough_for_a_reload(files: Files) -> None:
    started = time.perf_counter()

    understand(files, CACHE)

    assert time.perf_counter() - started < 2


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_is_an_error(text: str) -> None:
    understanding = SMALL

    understanding.triage(text, ANYONE)
    understanding.match(text, ANYONE)


SMALL = understand(
    {
        "en/red_flags.toml": {
            "scopes": {"denial": ["no"], "denial-ends": ["but"], "over": ["gone"]},
            "words": {"pus": ["pus"], "hot": ["hot"]},
            "flag": [{"id": "RF-U1", "level": "urgent", "rules": ["pus", "hot"], "examples": ["pus"], "counters": []}],
        },
        "en/faq/makeup.toml": {"phrasings": ["makeup", "when foundation"], "also": []},
        "en/faq/sun.toml": {"phrasings": ["sun", "can i tan"], "also": []},
    },
    CACHE,
)

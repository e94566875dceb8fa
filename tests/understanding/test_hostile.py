"""Whatever is thrown at it, understanding answers, and in time."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.care.ports.hearing import Situation
from bot.settings import CACHE
from bot.understanding.building import understand
from bot.understanding.understander import Understander
from tests.understanding.conftest import Files

ANYONE = Situation("en", "pico", 3, 10, before="is this normal")

USUAL, LONGEST = 0.1, 0.6
"""Seconds of our own thread: four times what they are on a machine that has nothing else to do."""


@pytest.mark.measured
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
def test_a_full_length_message_of_anything_takes_a_moment(understanding: Understander, text: str) -> None:
    started = time.thread_time()

    understanding.triage(text, ANYONE)
    understanding.match(text, ANYONE)

    assert time.thread_time() - started < LONGEST


@pytest.mark.measured
def test_an_ordinary_message_takes_milliseconds(files: Files, understanding: Understander) -> None:
    lines = [line for table in files.values() for line in table.get("phrasings", ())[::8]]
    took = []
    for line in lines:
        started = time.thread_time()
        understanding.triage(line, ANYONE)
        understanding.match(line, ANYONE)
        took.append(time.thread_time() - started)

    assert sorted(took)[int(len(took) * 0.99)] < USUAL


@pytest.mark.measured
def test_building_from_what_was_learned_is_quick(files: Files, understanding: Understander) -> None:
    started = time.thread_time()

    understand(files, CACHE)

    assert time.thread_time() - started < 2


@given(text=st.text(max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_an_error(small: Understander, text: str) -> None:
    small.triage(text, ANYONE)
    small.match(text, ANYONE)

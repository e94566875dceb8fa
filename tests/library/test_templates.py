"""Nothing in an admin's words can compute, call, reach out or take long."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.compiled import Compiled
from bot.library.conditions import ENVIRONMENT, _compiled
from bot.library.templates import compile_words

NAMES = frozenset({"first_name", "day"})

HOSTILE = [
    "{{ first_name.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ first_name|upper }}",
    "{{ first_name|attr('__class__') }}",
    "{{ first_name ~ day }}",
    "{{ first_name * 9999999 }}",
    "{{ 9**9**9 }}",
    "{{ 1 + 1 }}",
    "{{ -1 }}",
    "{{ 'x' }}",
    "{{ [] }}",
    "{{ {} }}",
    "{{ () }}",
    "{{ first_name[0] }}",
    "{{ first_name['x'] }}",
    "{{ range(10) }}",
    "{{ lipsum() }}",
    "{{ cycler('a') }}",
    "{{ self }}",
    "{{ self.__dict__ }}",
    "{{ config }}",
    "{{ first_name if day else '' }}",
    "{{ first_name is defined }}",
    "{{ not day }}",
    "{{ caller() }}",
    "{{ super() }}",
    "{% for x in day %}{% endfor %}",
    "{% for x in range(99999999) %}{{ x }}{% endfor %}",
    "{% set x = 1 %}",
    "{% set x %}a{% endset %}",
    "{% macro x() %}{% endmacro %}",
    "{% include 'clinic.toml' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% call x() %}{% endcall %}",
    "{% with x = 1 %}{% endwith %}",
    "{% autoescape false %}{{ first_name }}{% endautoescape %}",
    "{% do x %}",
    "{% if day %}a{% endif %}",
    "{% if face == 1 %}a{% endif %}",
    "{% if face == 'maybe' %}a{% endif %}",
    "{% if face != 'yes' %}a{% endif %}",
    "{% if face == 'yes' == 'yes' %}a{% endif %}",
    "{% if first_name == 'Anna' %}a{% endif %}",
    "{% if face == 'yes' and day %}a{% endif %}",
    "{% if face == 'yes' %}{{ first_name.x }}{% endif %}",
    "{% if face == 'yes' %}{% for x in day %}{% endfor %}{% endif %}",
    "{% if face == 'yes' %}a{% elif day() %}b{% endif %}",
    "{# hidden #}",
    "{{",
    "}} {{ }}",
    "{% if %}",
    "{% endif %}",
    "{% raw %}",
    "{%- raw %}{{ day }}{% endraw %}",
    "{{ " + "(" * 3000,
    "{{ " + "not " * 1500 + "day }}",
    "{{ 1" + "0" * 5000 + " }}",
    "{{ 1e999999 }}",
    "{{ '\\x' }}",
    "{{ '\\N{nothing}' }}",
    "{% if face == 'yes' %}" * 200 + "{% endif %}" * 200,
    "{{ day }}" * 600,
    "x" * 9000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_refused_at_once(text: str) -> None:
    started = time.thread_time()

    compiled = compile_words(text, NAMES)

    assert isinstance(compiled, tuple)
    assert compiled
    assert time.thread_time() - started < 0.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Plain.", "Plain.", id="text"),
        pytest.param("\n Day {{ day }}, {{first_name}}. \n", "Day 3, Anna.", id="placeholders"),
        pytest.param("{% if face == 'yes' %}Face{% else %}Body{% endif %}", "Face", id="condition"),
        pytest.param("{% if area == 'neck' %}N{% elif face == 'yes' %}F{% endif %}", "F", id="second condition"),
        pytest.param("a } b", "a } b", id="a lone brace"),
    ],
)
def test_text_placeholders_and_plain_conditions_are_accepted(text: str, said: str) -> None:
    compiled = compile_words(text, NAMES)

    assert isinstance(compiled, Compiled)
    assert compiled.render({"day": "3", "first_name": "Anna", "face": "yes", "area": "face"}) == said


ONE_NAME = "a placeholder is one name in {{ }}, like {{ day }}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("{{ first name }}", f"{ONE_NAME}; did you mean {{{{ first_name }}}}?", id="two words"),
        pytest.param("Day { day }.", f"{ONE_NAME}; did you mean {{{{ day }}}}?", id="one brace"),
        pytest.param("{ first_name }}", f"{ONE_NAME}; did you mean {{{{ first_name }}}}?", id="one brace at first"),
        pytest.param("{{ day }", ONE_NAME, id="one brace at last"),
        pytest.param("{{ day", ONE_NAME, id="left open"),
        pytest.param("day }}", ONE_NAME, id="never begun"),
        pytest.param("{{ }}", ONE_NAME, id="empty"),
        pytest.param("{% if day == %}a{% endif %}", 'a condition is {% if dimension == "value" %}', id="a condition"),
    ],
)
def test_a_slip_is_refused_in_a_sentence_that_says_how_it_is_written(text: str, why: str) -> None:
    refused = compile_words(text, NAMES)

    assert isinstance(refused, tuple)
    assert [problem.reason for problem in refused] == [why]


PIECES = [
    *("{{", "}}", "{%", "%}", "{#", "#}", " day ", "first_name", ".", "|", "(", ")", "[", "]", "if", "endif", "for"),
    *("in", "==", "'yes'", "face", "__class__", "~", "*", "1", "\n", "set", "=", "-", "raw", "é", "<b>"),
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.randoms())
def test_whatever_is_accepted_only_says_what_was_handed_in(pieces: list[str], shuffle: random.Random) -> None:
    shuffle.shuffle(pieces)

    compiled = compile_words(" ".join(pieces), NAMES)

    if isinstance(compiled, Compiled):
        assert compiled.names <= NAMES
        assert "class" not in compiled.render({"day": "D", "first_name": "F", "face": "no"}).replace("__class__", "")


@pytest.mark.parametrize(
    "text",
    [
        "Hello {{ first_name }}",
        "{{ first_name }}{{ day_words }}",
        "a < b & {{ first_name }}\nnext line",
        "{{ first_name }} {{ first_name }}.",
    ],
)
def test_simple_words_are_what_jinja_makes_of_them(text: str) -> None:
    allowed = frozenset({"first_name", "day_words"})
    tree = ENVIRONMENT.parse(text)

    assert compile_words(text, allowed) == _compiled(text, tree)

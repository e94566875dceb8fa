"""A fault is told with the line on which its value stands."""

import pytest

from bot.library.places import Lines, Path

SOURCE = b'''\
title = "a"
[group]
name = """
first
second"""
"quoted key" = 1
[[step]]
id = "A"
until = { day = 1, at = 20:00:00 }
[[step.ask]]
id = "x"
[[step.ask]]
id = "y"
answers = [
  { id = "one" },
  # a remark
  { id = "two" },
]
[[step]]
id = "B"
[[step.ask]]
a.b = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("title",), 1, id="top"),
        pytest.param(("group", "name"), 3, id="in a table"),
        pytest.param(("group", "quoted key"), 6, id="quoted"),
        pytest.param(("step", 0), 7, id="first of many"),
        pytest.param(("step", 0, "until", "day"), 9, id="inline"),
        pytest.param(("step", 0, "ask", 1, "id"), 13, id="many in many"),
        pytest.param(("step", 0, "ask", 1, "answers", 1, "id"), 17, id="in a list"),
        pytest.param(("step", 1, "ask", 0, "a", "b"), 22, id="dotted"),
        pytest.param(("step", 1, "missing"), 19, id="nearest thing around it"),
        pytest.param(("nowhere",), 1, id="nothing around it"),
    ],
)
def test_every_value_has_its_line(path: Path, line: int) -> None:
    assert Lines(SOURCE).of(path) == line


def test_a_text_begins_after_its_quotes() -> None:
    assert Lines(SOURCE).text_of(("group", "name")) == 4


def test_broken_lines_are_found_behind_one_another() -> None:
    assert Lines(b"a = \nb = 1\nc = = 2\n").broken()

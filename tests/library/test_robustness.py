"""Whatever state the files are in, the library answers with faults, never with a crash."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library.loading import inspect
from tests.library.shelves import FILES, PICO, a_snapshot, faults_of

SPOILERS = ["\x00", '"', '"""', "[", "]]", "{{", "}}", "=", "\n", "[[x]]\n", "<b>", "🧴", "3", "true", "{", "# ", "\r"]


def _spoiled(text: str, chance: random.Random) -> str:
    place, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    lines = text.splitlines(keepends=True)
    chance.shuffle(lines)
    return chance.choice(
        [
            text[:place],
            text[:place] + text[end:],
            text[:place] + chance.choice(SPOILERS) + text[place:],
            text + text[place:end],
            "".join(lines),
            text.replace('"', "", 1 + place % 5),
        ]
    )


@settings(max_examples=80)
@given(st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=3), st.randoms())
def test_spoiled_files_are_judged_and_never_crash(names: list[str], chance: random.Random) -> None:
    report = inspect(a_snapshot({name: _spoiled(FILES[name], chance) for name in names})).report

    assert all(fault.line >= 1 and fault.reason for fault in report.faults)


@settings(max_examples=50)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200))
def test_files_of_any_bytes_are_judged(name: str, data: bytes) -> None:
    report = inspect(a_snapshot({name: data})).report

    assert all(fault.line >= 1 and fault.reason for fault in report.faults)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner),
    max_leaves=6,
)


def _toml(value: object) -> str:
    match value:
        case None:
            return "[]"
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {_toml(item)}' for key, item in value.items())} }}"
        case _:
            return '"a"'


KEYS = [
    *("step", "window", "threshold", "flag", "family", "fact", "source", "hours", "countries", "decision", "pico"),
    *("ask", "reply", "text", "title", "answer", "also", "phrasings", "menu", "sources", "safety", "help", "id"),
]


@settings(max_examples=120)
@given(st.sampled_from(sorted(FILES)), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_values_of_any_shape_are_judged(name: str, values: dict[str, object]) -> None:
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())

    report = inspect(a_snapshot({name: text})).report

    assert all(fault.line >= 1 and fault.reason for fault in report.faults)


ODD = ["3", '"a"', "[]", "{}", "[3]", "{ id = [] }", "{ id = 3, sources = 4 }", '{ thing = "sun", after = 3 }']


@pytest.mark.parametrize("key", ["step", "window", "threshold"])
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_neighbour_does_not_hide_the_rest(key: str, odd: str) -> None:
    head, _, _ = PICO.partition("[[step]]")
    step = """{ id = "PC-00", anchor = "session", day = 0, moment = "morning", until = { day = 1 }, late = "drop" }"""
    lists = {"step": step, "window": "", "threshold": "", key: f"{odd}, {step if key == 'step' else ''}"}

    found = faults_of({"protocols/pico.toml": head + "".join(f"{name} = [{items}]\n" for name, items in lists.items())})

    assert any("protocols/pico.toml" in fault and "PC-00 names no source" in fault for fault in found)

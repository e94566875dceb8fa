"""The words that patients really get."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.care.model.permissions import COMMANDS, PATIENT_COMMANDS
from bot.care.model.words import EXTRA, PLACEHOLDERS
from bot.compose.proof import proof
from bot.library.folder import read
from bot.library.loading import Inspection, inspect
from tests.own_content import CHECKOUT, CLINIC, CONTENT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Inspection:
    return inspect(read(CONTENT), proof())


def test_the_content_has_no_faults(real: Inspection) -> None:
    assert [str(fault) for fault in real.report.faults] == []


def test_the_only_warning_is_that_the_clinic_is_made_up(real: Inspection) -> None:
    (warning,) = real.report.warnings

    assert "made up" in warning.reason


def test_every_text_can_be_said_with_the_example_values(real: Inspection) -> None:
    assert real.shelf is not None
    facts = PLACEHOLDERS | EXTRA

    assert [key for key in real.shelf.keys("en") if not real.shelf.say(key, "en", facts)] == []


def test_every_command_of_a_menu_is_explained_in_a_few_words(real: Inspection) -> None:
    assert real.shelf is not None
    said = {name: real.shelf.say(f"phrases/menu/{name}", "en", {}) for name in {*PATIENT_COMMANDS, *COMMANDS}}

    assert [name for name, words in said.items() if not 3 <= len(words) <= 60 or "<" in words] == []


KEY = re.compile(r"(?:phrases/)?([a-z_]+)/([a-z0-9_-]*)")


def _said_in_code() -> Iterator[tuple[str, str, bool]]:
    """(Where, `group/name`, whether the name goes on) of every key of a phrase that the code spells out."""
    for path in sorted(file for room in ("care", "chat") for file in (ROOT / "bot" / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        begun = {id(node.values[0]) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and (key := KEY.fullmatch(node.value)):
                yield f"{path.name}:{node.lineno}", f"{key[1]}/{key[2]}", id(node) in begun or key[2].endswith("-")


def test_every_phrase_that_the_code_says_is_written(real: Inspection) -> None:
    assert real.shelf is not None
    written = {key.removeprefix("phrases/") for key in real.shelf.keys("en") if key.startswith("phrases/")}
    groups = {key.partition("/")[0] for key in written}

    missing = [
        f"{where}: {key}"
        for where, key, goes_on in _said_in_code()
        if key.partition("/")[0] in groups
        and key not in written
        and not (goes_on and any(name.startswith(key) for name in written))
    ]

    assert missing == []


def test_the_tests_own_clinic_is_the_shipped_one_as_long_as_no_clinic_has_moved_in() -> None:
    shipped = (CHECKOUT / CLINIC.name).read_text("utf-8")

    assert "fictitious = true" not in shipped or CLINIC.read_text("utf-8") == shipped

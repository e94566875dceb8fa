"""Every file says what it is for, and no test fakes a function or waits by the clock."""

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

import pytest

from tests.architecture.sources import ROOT, Source, sources

OURS = ("bot", "scheduler", "tests")
LOOPS = (ast.While, ast.For, ast.AsyncFor)


OPENING = re.compile(r'"""(.*?)(\n\n|""")', re.DOTALL)


def _opens_badly(source: Source) -> bool:
    found = OPENING.match(source.text)
    opening = found[1].strip().replace("\n", " ") if found else ""
    return bool(source.text.strip()) and not re.fullmatch(r"[A-Z“\"'`].*[.!?]", opening)


def test_every_file_opens_with_a_sentence() -> None:
    assert [source.path for source in sources(*OURS) if _opens_badly(source)] == []


def _sleeps(node: ast.AST, *, in_a_loop: bool = False) -> Iterator[int]:
    """Lines that sleep other than between two looks at a condition."""
    if _is_a_sleep(node) and not in_a_loop:
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _sleeps(child, in_a_loop=in_a_loop or isinstance(node, LOOPS))


def _is_a_sleep(node: ast.AST) -> TypeGuard[ast.Call]:
    if not isinstance(node, ast.Call) or ast.unparse(node.func) not in {"time.sleep", "asyncio.sleep", "sleep"}:
        return False
    # sleep(0) only lets others go first
    return [ast.unparse(length) for length in node.args] != ["0"]


def _naming(words: str) -> list[Source]:
    """The tests' files in which one of them (a pattern) stands: only those have to be read as trees."""
    return [source for source in sources("tests") if re.search(words, source.text)]


def test_no_test_sleeps_but_between_two_looks_at_a_condition() -> None:
    assert [f"{source.path}:{line}" for source in _naming("sleep") for line in _sleeps(source.tree)] == []


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        pytest.param("time.sleep(1)", 1, id="waits by the clock"),
        pytest.param("while not done():\n    time.sleep(0.01)", 0, id="looks again"),
        pytest.param("async def f():\n    await asyncio.sleep(0)", 0, id="lets others go first"),
        pytest.param("async def f():\n    await asyncio.sleep(0.5)", 1, id="waits by the clock, awaiting"),
    ],
)
def test_a_sleeping_test_would_be_noticed(code: str, seen: int) -> None:
    assert len(list(_sleeps(ast.parse(code)))) == seen


FAKES = re.compile(r"monkeypatch\.(setattr|delattr)|(mock|mocker)\.\w+|.*\bpatch")


def test_no_test_swaps_a_function() -> None:
    assert [
        f"{source.path}:{line}: {name}"
        for source in _naming(r"setattr|delattr|mock|\bpatch")
        for line, name in source.called()
        if FAKES.fullmatch(name)
    ] == []


# spelled in halves, so that this file is not what it looks for
LAWLESS = re.compile("no" + "qa:.*TID251|" + "py" + r"pi\.org|files\.python" + r"hosted|--(extra-)?index-" + "url ")
READ = ("*.toml", "*.lock", "Makefile", ".ci/*", "*.md", ".env.example", "Dockerfile*", "docs/**/*.md")


def _texts() -> Iterator[tuple[str, str]]:
    yield from ((source.path, source.text) for source in sources(*OURS))
    for path in (path for pattern in READ for path in sorted(ROOT.glob(pattern))):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_no_file_names_a_package_registry_or_excuses_itself_from_the_clock_rule() -> None:
    assert [path for path, text in _texts() if LAWLESS.search(text)] == []

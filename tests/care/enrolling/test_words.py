"""Every phrase the front office says exists, and gets what it needs."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.each import each
from tests.own_content import CONTENT

ROOT = Path(__file__).parents[3]
SERVICES = sorted((ROOT / "bot/care/services").glob("*.py"))
SAID_BY = {"staff": 0, "say": 0, "label": 0, "about": 0}
ABOUT_A_PATIENT = {"first_name", "patient_code"}
PLACEHOLDER = re.compile(r"{{ (\w+) }}")


@dataclass(frozen=True)
class Saying:
    """One call: `pattern` matches the phrases it may say, `facts` are what it hands over."""

    where: str
    pattern: str
    facts: frozenset[str]
    open_ended: bool

    def __str__(self) -> str:
        return self.where


def sayings() -> Iterator[Saying]:
    for path in SERVICES:
        source = path.read_text(encoding="utf-8")
        if "bot.care.services.speaking" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and _is_said(node) and _is_named_here(node.args[0]):
                yield _saying(f"{path.name}:{node.lineno}", node)


def _is_said(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in SAID_BY and "speaking" in ast.unparse(call.func)


def _is_named_here(name: ast.expr) -> bool:
    """Not handed in, nor looked up in a table."""
    return isinstance(name, (ast.Constant, ast.JoinedStr))


def _saying(where: str, call: ast.Call) -> Saying:
    assert isinstance(call.func, ast.Attribute)
    facts = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
    if call.func.attr == "about":
        facts |= ABOUT_A_PATIENT
    is_open = any(keyword.arg is None for keyword in call.keywords)
    return Saying(where, _pattern(call.args[0]), frozenset(facts), is_open)


def _pattern(name: ast.expr) -> str:
    match name:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(_pattern(part) for part in parts)
        case _:
            return r"[\w-]+"


def phrases() -> dict[str, set[str]]:
    """Name -> what its words need, as written in the files."""
    found: dict[str, set[str]] = {}
    for path in sorted((CONTENT / "en/phrases").glob("*.toml")):
        group, name = "", ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if header := re.fullmatch(r"\[([\w-]+)\].*", line):
                group = header[1]
            elif key := re.match(r"([\w-]+) = ", line):
                name = f"{group}/{key[1]}"
            if name and not line.startswith("#"):
                found.setdefault(name, set()).update(PLACEHOLDER.findall(line))
    return found


WRITTEN = phrases()


@each(sayings())
def test_what_is_said_is_written_and_lacks_nothing(saying: Saying) -> None:
    """Where a name is put together, at least one of those it may be has to fit."""
    meant = [name for name in WRITTEN if re.fullmatch(saying.pattern, name)]

    fitting = [name for name in meant if saying.open_ended or WRITTEN[name] <= saying.facts]

    assert fitting, f"{saying.pattern} needs {[WRITTEN[name] - saying.facts for name in meant]}"


def test_the_services_are_looked_through() -> None:
    assert len(list(sayings())) > 200

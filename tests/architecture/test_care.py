"""The clinic's rules can be read, moved and tested without any library."""

import sys

import pytest

from tests.architecture.sources import Source, sources

PURE = ("scheduler.localtime", "scheduler.pace", "scheduler.backoff")


def _strangers(source: Source) -> list[str]:
    return [f"{source.path}:{line}: {name}" for line, name in source.imported() if not _may_be_used(name)]


def _may_be_used(name: str) -> bool:
    if name.startswith("scheduler"):
        return any(name == pure or name.startswith(f"{pure}.") for pure in PURE)
    return name.startswith("bot.care.") or name.partition(".")[0] in sys.stdlib_module_names


def test_care_uses_the_standard_library_and_the_pure_files_of_time_only() -> None:
    assert [stranger for source in sources("bot/care") for stranger in _strangers(source)] == []


@pytest.mark.parametrize("line", ["import telegram", "from sqlmodel import Session", "from scheduler.clock import X"])
def test_a_library_in_care_would_be_noticed(line: str) -> None:
    assert len(_strangers(Source("bot/care/model/plan.py", line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import date",
        "from scheduler.localtime import instant",
        "from bot.care.ports.outside import Clock",
    ],
)
def test_what_care_may_use_is_not_complained_of(line: str) -> None:
    assert _strangers(Source("bot/care/services/planning.py", line)) == []

"""Every verb is found, explained, and loads no more than it needs."""

import subprocess
import sys

import pytest

from bot.cli import VERBS
from tests.cli.conftest import Aftercare

HEAVY = ("alembic", "apscheduler", "cryptography", "sqlalchemy", "starlette", "telegram")
SCRIPT = f"""
import sys
from bot.cli import call
try:
    call(sys.argv[1:])
except SystemExit as ended:
    print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)
    raise
"""


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(aftercare: Aftercare, verb: str) -> None:
    ended = aftercare(verb, "--help")

    assert ended.status == 0
    assert f"aftercare {verb}" in ended.out


def test_without_a_verb_all_are_shown(aftercare: Aftercare) -> None:
    assert all(verb in aftercare().out for verb in VERBS)
    assert aftercare("dance").status == 2


def test_a_plan_is_made_without_database_and_telegram() -> None:
    typed = ("plan", "picosure", "--session", "2026-11-20", "--json")

    ended = subprocess.run([sys.executable, "-c", SCRIPT, *typed], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr.strip()) == (0, "")


def test_bad_configuration_is_one_clear_message(aftercare: Aftercare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_RATE", "fast")

    ended = aftercare("facts")

    assert ended.status == 2
    assert "CLOCK_RATE" in ended.err
    assert "Traceback" not in ended.err

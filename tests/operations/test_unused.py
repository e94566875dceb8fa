"""A bot that polls on SQLite does not load what it has no use for."""

import subprocess
import sys

import pytest

START = """
import sys
from bot.operations.unused import leave_out

leave_out()
import bot.cli.run
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    said = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout
    return frozenset(said.split())


@pytest.mark.parametrize(
    "name",
    [
        "rich",
        "pygments",
        "uvicorn",
        "starlette",
        "segno",
        "PIL",
        "reportlab",
        "sqlalchemy.dialects.postgresql",
        "psycopg",
        "jinja2",
        "alembic",
    ],
)
def test_a_start_does_not_load(name: str, loaded: frozenset[str]) -> None:
    assert name not in loaded
    assert "telegram" in loaded

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


ASK_TWICE = """
import asyncio
import sys
from contextlib import suppress
from bot.operations.unused import leave_out

leave_out()
import httpx

class Seen:
    def find_spec(self, name, path=None, target=None):
        print(name)

async def ask():
    async with httpx.AsyncClient() as client:
        for finders in ([], [Seen()]):
            sys.meta_path[:0] = finders
            with suppress(httpx.ConnectError):
                await client.get("http://127.0.0.1:1")

asyncio.run(ask())
"""


def test_no_request_looks_through_the_folders_for_what_is_not_there() -> None:
    said = subprocess.run([sys.executable, "-c", ASK_TWICE], capture_output=True, text=True, check=True).stdout

    assert said == ""

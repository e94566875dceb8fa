"""What holds for every test: how they are hurried, and how not."""

import gc

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Dialect, Engine, event

from bot.operations.unused import leave_out

# as in the bot at work
leave_out()

# how long an example takes is no promise of ours: what is promised of time has tests of its own
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

LONGEST = ("test_talks.py", "test_replicas.py")
"""Tests of a quarter of a minute each that wait: begun last, they would end alone."""
SELDOM = 100_000
"""New objects that are looked through together for rubbish, as in the bot at work."""
# collecting thousands of tests makes millions of objects and no rubbish
gc.set_threshold(SELDOM, 50, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_collection_finish() -> None:
    """Nor are they looked through again and again while the tests run."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Nor is all that the tests left, which pytest looks through five times at its end."""
    gc.collect()
    gc.freeze()


COMPILED: dict[object, object] = {}
DIALECTS: dict[str, Dialect] = {}


@event.listens_for(Engine, "engine_connect")
def _compile_once(connection: Connection) -> None:
    """A database for every test, and its statements compiled once for all of them; what is kept goes by dialect."""
    connection.dialect = DIALECTS.setdefault(connection.dialect.name, connection.dialect)
    connection.execution_options(compiled_cache=COMPILED)

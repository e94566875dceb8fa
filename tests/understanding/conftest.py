"""The real English shelf, read once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.settings import CACHE
from bot.understanding.building import understand
from bot.understanding.understander import Understander
from tests.understanding.small_words import small_words

CONTENT = Path(__file__).parents[2] / "content"
PATHS = ("en/faq/*.toml", "en/red_flags.toml", "en/out_of_scope.toml", "en/concepts.toml")

Files = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def files() -> Files:
    found = sorted(path for pattern in PATHS for path in CONTENT.glob(pattern))
    return {path.relative_to(CONTENT).as_posix(): tomllib.loads(path.read_text("utf-8")) for path in found}


@pytest.fixture(scope="session")
def understanding(files: Files) -> Understander:
    return understand(files, CACHE)


@pytest.fixture(scope="session")
def small() -> Understander:
    return understand(small_words(), CACHE)

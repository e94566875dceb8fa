"""A clinic for every story."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.play import playing
from tests.first_start import first_start
from tests.own_content import CONTENT
from tests.stories.story import Story

AFTERNOON = datetime(2026, 11, 20, 12, 20, tzinfo=UTC)
"""A Friday, half an hour after Anna's session."""


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=CONTENT) as scene:
        yield Story(scene)


@pytest.fixture
async def forum(tmp_path: Path) -> AsyncIterator[Story]:
    """Its staff's group has topics."""
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=CONTENT, topics=True) as scene:
        yield Story(scene)

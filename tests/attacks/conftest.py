"""A clinic to be attacked, and somebody who does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play import playing
from tests.attacks.intruder import Intruder
from tests.first_start import first_start
from tests.own_content import CONTENT
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=CONTENT) as scene:
        yield Story(scene)


@pytest.fixture
def intruder(story: Story) -> Intruder:
    return Intruder(story)

"""Whatever is pushed into the content folder while patients write, they go on being answered, and admins are told."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.play import playing
from tests.faults.breaking import PUSHES
from tests.first_start import first_start
from tests.measuring import slowness
from tests.own_content import move_in
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story, text_of

pytestmark = pytest.mark.timeout(3600)

TOLD, LIVE = 10.0, 5.0
"""Seconds until admins hear of a fault, and until what is mended is live, at the machine's usual speed."""
DEFAULT = 20
PARTS = 4
"""Clinics that share the pushes, so that all cores do."""


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=content) as scene:
        story = Story(scene)
        await story.agrees("Anna", await story.enrol("Anna picosure"))
        await story.later(minutes=1)  # the health questions have come
        yield story, content


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_push_stops_the_clinic_and_each_is_told_and_mended_soon(
    clinic: tuple[Story, Path], request: pytest.FixtureRequest, tmp_path: Path, part: int
) -> None:
    story, content = clinic
    rng, good = Random(20261129), shutil.copytree(content, tmp_path / "good")
    version = story.scene.premises.library.shelf.version
    names = _names(rng, request.config.getoption("--pushes", default=DEFAULT))
    each = -(-len(names) // PARTS)

    for name in names[part * each : (part + 1) * each]:
        slow = slowness()
        PUSHES[name](content)
        told = await _heard(story, "not live")
        answer = text_of(await story.writes("Anna", "can i wear makeup tmrw"))
        in_use = story.scene.premises.library.shelf.version
        _mend(content, good)
        live = await _heard(story, "The new words are live.")

        assert (name, in_use) == (name, version)
        assert "Makeup: off; back on" in answer
        assert told <= TOLD * slow, name
        assert live <= LIVE * slow, name
    assert story.scene.playground.refusals == []


def _names(rng: Random, count: int) -> list[str]:
    """Each way as often as the others, in any order."""
    ways = [name for _ in range(count // len(PUSHES) + 1) for name in rng.sample(list(PUSHES), len(PUSHES))]
    return ways[:count]


async def _heard(story: Story, *words: str) -> float:
    """Seconds until Maria hears one more message like this."""
    started, staff = time.monotonic(), story.scene.staff

    def count() -> int:
        return sum(any(each in said for each in words) for said in story.said_in(staff))

    before = count()
    await asyncio.wait_for(story.until(lambda: count() > before), 120)
    return time.monotonic() - started


def _mend(content: Path, good: Path) -> None:
    """As a push does that replaces the folder's files."""
    if content.is_dir():
        for entry in content.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    shutil.copytree(good, content, dirs_exist_ok=True)

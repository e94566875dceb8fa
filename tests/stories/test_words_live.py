"""Words that are changed while the bot runs are said within seconds; broken ones never."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play import playing
from tests.own_content import move_in
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story, text_of

SOON = 5.0
"""Seconds until a change must be live, or its fault be told."""

FAQ = "en/faq/makeup.toml"
SAY = 'say = "'


@pytest.fixture
async def edited(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(tmp_path / "data", start=AFTERNOON, content_dir=content) as scene:
        yield Story(scene), content / FAQ


async def test_a_changed_answer_is_live_within_five_seconds(edited: tuple[Story, Path]) -> None:
    story, file = edited
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    file.write_text(file.read_text().replace(SAY, f"{SAY}New words. "))
    await asyncio.wait_for(story.until(lambda: "The new words are live." in story.said_in(story.scene.staff)), SOON)

    assert "New words." in text_of(await story.writes("Anna", "can i wear makeup tmrw"))


async def test_a_broken_file_is_told_to_the_admin_and_the_old_words_stay(edited: tuple[Story, Path]) -> None:
    story, file = edited
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    file.write_text(file.read_text().replace(SAY, f"{SAY}New words for {{{{ nobody }}}}. "))
    await asyncio.wait_for(story.until(lambda: "not live" in "".join(story.said_in(story.scene.staff))), SOON)

    assert f"{FAQ}:" in story.said_in(story.scene.staff)[-1]
    assert "New words" not in text_of(await story.writes("Anna", "can i wear makeup tmrw"))

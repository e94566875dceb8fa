"""Words that are changed while the bot runs are said within seconds; broken ones never."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play import playing
from tests.first_start import first_start
from tests.measuring import slowness
from tests.own_content import move_in
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story, text_of

pytestmark = pytest.mark.measured

SOON = 5.0
"""Seconds until a change must be live, or its fault be told, at the machine's usual speed."""

PROVED = 20.0
"""Seconds for a change of the rules, which has every example heard anew, on a machine with much else to do."""

FAQ = "en/faq/makeup.toml"
FLAGS = "en/red_flags.toml"
SAY = 'say = "'


@pytest.fixture(scope="module")
def slow() -> float:
    """Measured before anything runs here."""
    return slowness()


@pytest.fixture
async def edited(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=content) as scene:
        yield Story(scene), content / FAQ


async def test_a_changed_answer_is_live_within_five_seconds(edited: tuple[Story, Path], slow: float) -> None:
    story, file = edited
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    file.write_text(file.read_text().replace(SAY, f"{SAY}New words. "))
    await asyncio.wait_for(
        story.until(lambda: "The new words are live." in story.said_in(story.scene.staff)), SOON * slow
    )

    assert "New words." in text_of(await story.writes("Anna", "can i wear makeup tmrw"))


async def test_a_broken_file_is_told_to_the_admin_and_the_old_words_stay(
    edited: tuple[Story, Path], slow: float
) -> None:
    story, file = edited
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    file.write_text(file.read_text().replace(SAY, f"{SAY}New words for {{{{ nobody }}}}. "))
    await asyncio.wait_for(story.until(lambda: "not live" in "".join(story.said_in(story.scene.staff))), SOON * slow)

    assert f"{FAQ}:" in story.said_in(story.scene.staff)[-1]
    assert "New words" not in text_of(await story.writes("Anna", "can i wear makeup tmrw"))


def _break_a_rule(flags: Path) -> int:
    """The line on which it stands now."""
    before, rules, after = flags.read_text().partition("\nrules = [")
    flags.write_text(f'{before}{rules}"puss-typo",{after}')
    return before.count("\n") + 2


async def test_a_rule_that_cannot_be_read_is_told_with_its_line_and_danger_signs_are_heard_as_before(
    edited: tuple[Story, Path], slow: float
) -> None:
    story, file = edited
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    line = _break_a_rule(file.parents[2] / FLAGS)
    await asyncio.wait_for(story.until(lambda: "not live" in "".join(story.said_in(story.scene.staff))), SOON * slow)

    assert f"{FLAGS}:{line}: RF-E1: the rule 'puss-typo' cannot be read" in story.said_in(story.scene.staff)[-1]
    assert "999" in text_of(await story.writes("Anna", "my throat is closing"))
    assert "Makeup: off; back on" in text_of(await story.writes("Anna", "can i wear makeup tmrw"))


async def test_a_new_danger_sign_is_heard_as_soon_as_its_words_are_live(
    edited: tuple[Story, Path], slow: float
) -> None:
    story, file = edited
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    flags = file.parents[2] / FLAGS
    flags.write_text(flags.read_text().replace("\nbreath = [", '\nbreath = ["glimmerwort",', 1))
    await asyncio.wait_for(
        story.until(lambda: "The new words are live." in story.said_in(story.scene.staff)), PROVED * slow
    )

    assert "999" in text_of(await story.writes("Anna", "it is glimmerwort"))

"""Patients never read a translation of what is no longer true: until it is made anew they read the source, marked."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree

import pytest

from bot.compose.proof import proof
from bot.library.folder import read
from bot.library.loading import inspect
from bot.play import playing
from tests.own_content import move_in, with_few_examples
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story, text_of

pytestmark = pytest.mark.timeout(240)

SOON = 60.0
"""Seconds until a change of the files must have been heard of, on a busy machine."""
FLAGS = "red_flags.toml"
PEN = "If you have an adrenaline pen, use it now"
SAYS_SO = "These words were changed and are not translated yet, so here they are in anglais."


@pytest.fixture
async def bilingual(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    copytree(content / "en", content / "fr")
    with_few_examples(content / "fr")
    reword(content / "fr" / FLAGS, PEN, "Stylo tout de suite")
    reword(content / "clinic.toml", 'languages = ["en"]', 'languages = ["en", "fr"]')
    without_faults(content)
    async with playing(tmp_path / "data", start=AFTERNOON, content_dir=content) as scene:
        yield Story(scene), content


def without_faults(content: Path) -> None:
    """What only English is heard by falls away: each fault is an example on a line of its own."""
    found = inspect(read(content), proof()).report.faults
    lines = (content / "fr" / FLAGS).read_text().splitlines(keepends=True)
    faulty = {fault.line for fault in found}
    (content / "fr" / FLAGS).write_text("".join(line for n, line in enumerate(lines, 1) if n not in faulty))


def reword(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


async def live(story: Story, times: int) -> None:
    told = lambda: story.said_in(story.scene.staff).count("The new words are live.") == times  # noqa: E731
    await asyncio.wait_for(story.until(told), SOON)
    await story.settled()


async def held(story: Story) -> list[str]:
    """What staff were told of translations that may not be said any more: a message of its own, which may be slower."""
    await asyncio.wait_for(story.until(lambda: "FR: held" in "".join(story.said_in(story.scene.staff))), SOON)
    return [text for text in story.said_in(story.scene.staff) if "FR: held" in text]


async def test_advice_that_was_changed_comes_in_the_source_until_it_is_translated_anew(
    bilingual: tuple[Story, Path],
) -> None:
    story, content = bilingual
    story.scene.people["Chloé"] = story.scene.playground.people.new_person("Chloé", language_code="fr").id
    await story.agrees("Chloé", await story.enrol("Chloé picosure"))
    as_translated = text_of(await story.writes("Chloé", "i cant breathe"))

    reword(content / "en" / FLAGS, PEN, "Use an adrenaline pen now")
    await live(story, 1)
    meanwhile = text_of(await story.writes("Chloé", "i cant breathe at all"))
    told = await held(story)
    reword(content / "fr" / FLAGS, "Stylo tout de suite", "Utilisez votre stylo")
    await live(story, 2)
    anew = text_of(await story.writes("Chloé", "still cant breathe"))

    assert "Stylo tout de suite" in as_translated
    assert SAYS_SO not in as_translated
    assert SAYS_SO in meanwhile
    assert "Use an adrenaline pen now" in meanwhile
    assert "Stylo" not in meanwhile
    assert ["red_flags/RF-E1" in text and "Chloé (" in text for text in told] == [True]
    assert "Utilisez votre stylo" in anew
    assert SAYS_SO not in anew

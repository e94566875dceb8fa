"""What the bot did not know is learned by one tap of somebody who has read what it would change."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.care.model.unanswered import Unanswered
from bot.play import playing
from tests.first_start import first_start
from tests.own_content import move_in, with_few_examples
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story, text_of

pytestmark = pytest.mark.timeout(240)

ASKED = "would castor oil be alright for my lashes? its Anna Berg, 07700 900123, 12/03/1987, anna.b@example.org"
KEPT = "would castor oil be alright for my lashes? its …"
LINE = '    "would castor oil be alright for my lashes? its …",\n'
MOISTURISER = "en/faq/moisturiser.toml"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    with_few_examples(content / "en")
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=content) as scene:
        story = Story(scene)
        await story.agrees("Anna", await story.enrol("Anna picosure ref=4711 phone=+447700900123"))
        yield story, content


async def waiting(story: Story) -> list[Unanswered]:
    return list(await story.scene.premises.database.read(lambda work: work.unanswered.waiting()))


async def opens_the_group(story: Story) -> None:
    """Maria, in her own chat."""
    staff = story.scene.staff
    story.scene.playground.people.write(staff, staff, "/unanswered")
    await story.until(lambda: "no answer met" in story.said_in(staff)[-1])
    await story.settled()
    await story.staff_taps("1", chat=staff)


async def until_said(story: Story, chat: int, words: str) -> str:
    await story.until(lambda: any(words in said for said in story.said_in(chat)))
    await story.settled()
    return next(said for said in reversed(story.said_in(chat)) if words in said)


async def test_what_was_not_known_is_learned_and_taken_out_again(clinic: tuple[Story, Path]) -> None:
    story, content = clinic
    staff, file = story.scene.staff, content / MOISTURISER
    before = file.read_text()
    assert "I am not sure" in text_of(await story.writes("Anna", ASKED))
    await story.taps("Anna", "Something else")

    await opens_the_group(story)
    group = story.said_in(staff)[-1]
    await story.staff_taps("Moisturiser", chat=staff)
    effect = await until_said(story, staff, "before and after")

    assert KEPT in group
    assert "Something else (1×)" in group
    assert "Right topic first" in effect
    assert "False alarms" in effect
    assert file.read_text() == before
    assert len(await waiting(story)) == 1

    await story.staff_taps("Save", chat=staff)
    saved = await until_said(story, staff, "Saved under")
    await until_said(story, staff, "The new words are live.")

    assert "Messages filed with it: 1" in saved
    assert sorted(set(file.read_text().splitlines(keepends=True)) - set(before.splitlines(keepends=True))) == [LINE]
    assert await waiting(story) == []
    assert "not sure" not in text_of(await story.writes("Anna", ASKED))

    await story.staff_taps("Take it out again", chat=staff)
    await until_said(story, staff, "again. It waits in the list")

    assert file.read_text() == before
    assert [row.words for row in await waiting(story)] == [KEPT]
    deeds = await story.scene.premises.database.read(lambda work: [event.deed for event in work.audit.tail(50)])
    assert [deed for deed in deeds if "phrasing" in deed or deed == "unanswered"] == [
        "unanswered",
        "file-phrasing",
        "take-out-phrasing",
    ]

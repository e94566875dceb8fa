"""A timing is changed in its file while patients are on their way: they stay until an admin says that they follow."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play import playing
from tests.first_start import first_start
from tests.own_content import move_in
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story

PLAN = "protocols/picosure.toml"
KEEP, MOVE = "Keep them on the old plan", "Move them"
ASKED = "when messages are sent was changed in the file"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=content) as scene:
        story = Story(scene)
        await story.agrees("Anna", await story.enrol("Anna picosure"))
        yield story, content / PLAN


def a_day_later(plan: Path, step: str, day: int) -> None:
    """As in an editor: the step's day, and the day until which it is of use."""
    text = plan.read_text()
    start = text.index(f'id = "{step}"\n')
    end = text.find("[[step]]", start)
    block = text[start:end]
    changed = block.replace(f"day = {day}\n", f"day = {day + 1}\n", 1)
    until = block.partition("until = { day = ")[2].partition(",")[0].partition(" ")[0]
    changed = changed.replace(f"until = {{ day = {until}", f"until = {{ day = {int(until) + 1}", 1)
    plan.write_text(text[:start] + changed + text[end:])


def questions(story: Story) -> list[str]:
    return [text for text in story.said_in(story.scene.staff) if ASKED in text]


async def asked(story: Story, number: int = 1) -> str:
    await story.until(lambda: len(questions(story)) >= number)
    await story.settled()
    return questions(story)[-1]


def day_2(story: Story) -> int:
    """How often Anna got its message."""
    return len([text for text in story.heard("Anna") if "The puffiness should be gone" in text])


async def test_until_an_admin_decides_she_gets_it_on_its_old_day_and_once(clinic: tuple[Story, Path]) -> None:
    story, plan = clinic

    a_day_later(plan, "PS-02", 2)
    said = await asked(story)
    await story.later(days=2)
    on_day_2 = day_2(story)
    await story.later(days=1)

    assert "Anna (A-1), PS-02: 22 November, 09:30 → 23 November, 09:30" in said
    assert (on_day_2, day_2(story)) == (1, 1)
    assert len(questions(story)) == 1
    assert story.scene.playground.refusals == []


async def test_moved_by_a_tap_she_gets_it_on_its_new_day_and_a_second_tap_is_answered(
    clinic: tuple[Story, Path],
) -> None:
    story, plan = clinic
    staff = story.scene.staff

    a_day_later(plan, "PS-02", 2)
    await asked(story)
    await story.staff_taps(MOVE, chat=staff)
    await story.until(lambda: "Plans made anew: 1" in "".join(story.said_in(staff)))
    await story.later(days=2)
    on_day_2 = day_2(story)
    await story.later(days=1)

    assert (on_day_2, day_2(story)) == (0, 1)
    assert story.scene.playground.refusals == []


async def test_changed_back_after_she_had_it_she_gets_it_no_second_time(clinic: tuple[Story, Path]) -> None:
    story, plan = clinic
    staff, before = story.scene.staff, plan.read_bytes()
    await story.later(days=2)

    a_day_later(plan, "PS-02", 2)
    first = await asked(story)
    plan.write_bytes(before)
    second = await asked(story, 2)
    await story.later(days=2)

    assert all("nothing to decide. 1 had it already" in text for text in (first, second))
    assert MOVE not in "".join(story.said_in(staff))
    assert day_2(story) == 1


async def test_kept_by_a_tap_and_taken_back_in_the_chat_she_is_not_moved(clinic: tuple[Story, Path]) -> None:
    story, plan = clinic
    staff, before = story.scene.staff, plan.read_bytes()

    a_day_later(plan, "PS-02", 2)
    await asked(story)
    await story.staff_taps(KEEP, chat=staff)
    await story.until(lambda: "They keep the old plan" in "".join(story.said_in(staff)))
    plan.write_bytes(before)
    said = await asked(story, 2)
    await story.later(days=3)

    assert "nothing to decide" in said
    assert day_2(story) == 1

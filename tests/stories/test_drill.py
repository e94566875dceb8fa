"""A practice alert through the whole house."""

import re

from tests.stories.story import Story


async def test_a_drill_is_taken_by_a_tap_and_its_result_is_told_where_it_was_asked_for(story: Story) -> None:
    await story.staff_writes("/drill")
    await story.staff_taps("Yes, do this")
    assert any("This is a drill" in text for text in story.said_in(story.scene.staff))

    await story.later(seconds=42)
    await story.staff_taps("I have it")

    # the clock of the story runs on by itself while things happen
    assert re.search(r"took it after 0 min (4[2-9]|5\d) s", story.desk_heard()[-1])


async def test_a_drill_that_nobody_takes_ends_by_itself(story: Story) -> None:
    await story.staff_writes("/drill")
    await story.staff_taps("Yes, do this")

    await story.later(minutes=11)

    assert "nobody took it" in story.desk_heard()[-1]

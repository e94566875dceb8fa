"""A message that may not have arrived is seen by somebody, who decides."""

from bot.playground.faults import Trouble
from tests.stories.story import Story


async def test_two_unclear_tries_are_shown_to_staff_who_decide(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    faults = story.scene.playground.faults
    faults.add(Trouble.DROP, method="sendMessage", chat=story.person("Anna"), times=2)
    before = len(story.heard("Anna"))

    story.scene.playground.people.write(story.person("Anna"), story.person("Anna"), "can i wear makeup tmrw")
    await story.until(lambda: any("may not have arrived" in text for text in story.desk_heard()))

    copies = story.heard("Anna")[before:]
    assert len(copies) == 2
    assert "in case it did not arrive" in copies[1]
    assert "in case it did not arrive" not in copies[0]
    await story.staff_taps("It arrived")
    assert "Maria: it arrived." in story.desk_heard()


async def test_whoever_was_cut_off_and_writes_gets_the_next_day_all_the_same(story: Story) -> None:
    """Telegram says once that a chat is open again; that may be lost, or come before the refusal it undoes."""
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    refusing = story.scene.playground.faults
    refusing.add(Trouble.FORBIDDEN, method="sendMessage", chat=story.person("Anna"))
    await story.later(days=1)
    assert any("cannot be reached" in text for text in story.desk_heard())

    await story.writes("Anna", "can i swim")

    assert any("opened the chat again" in text for text in story.desk_heard())
    await story.later(days=1)
    assert "Day 2" in "\n".join(story.heard("Anna"))

"""Somebody leaves the team, through the whole house: the staff group is closed to them at once."""

from bot.playground.world import Status
from tests.stories.story import LINK, Story


async def joins(story: Story, name: str) -> int:
    """By a link with a role, and into the staff group."""
    scene = story.scene
    scene.playground.people.write(scene.staff, scene.staff, f"/staff invite reception {name}")
    await story.until(lambda: bool(LINK.search("".join(story.said_in(scene.staff)))))
    link = LINK.search("".join(story.said_in(scene.staff)))
    assert link
    await story.opens(name, link[1])
    await story.settled()
    account = story.person(name)
    story.scene.playground.belonging.add(story.scene.staff, story.scene.desk, account)
    return account


def status(story: Story, account: int) -> Status:
    return story.scene.playground.telegram.conversations[story.scene.desk].member(account).status


async def test_whoever_is_removed_is_out_of_the_group_and_an_undo_lets_them_in(story: Story) -> None:
    ben = await joins(story, "Ben")
    scene = story.scene
    scene.playground.belonging.promote(scene.staff, scene.desk, scene.playground.telegram.bot.id)

    await story.staff_writes("/staff remove Ben")
    await story.staff_taps("Yes, do this")
    removed = status(story, ben)
    await story.staff_taps("Undo")

    assert removed is Status.KICKED
    assert status(story, ben) is Status.LEFT
    assert "please add them there" in "".join(story.desk_heard())


async def test_where_the_bot_may_not_the_admins_are_told(story: Story) -> None:
    await joins(story, "Ben")

    await story.staff_writes("/staff remove Ben")
    await story.staff_taps("Yes, do this")

    assert "could not take them out of the staff group" in "".join(story.said_in(story.scene.staff))


async def test_whoever_the_bot_may_not_take_out_reads_nothing_more_of_patients_there(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await joins(story, "Ben")
    await story.staff_writes("/staff remove Ben")
    await story.staff_taps("Yes, do this")
    await story.settled()
    before = len(story.desk_heard())

    await story.writes("Anna", "my cheek is leaking yellow stuff")
    await story.settled()

    assert not any("leaking" in text for text in story.desk_heard()[before:])
    assert any("leaking" in text for text in story.said_in(story.scene.staff))

"""Somebody adds the bot to a group of theirs: it does not stay there."""

from bot.playground.world import Status
from tests.stories.story import Story


async def test_the_bot_leaves_a_group_that_is_not_the_desk_and_stays_at_the_desk(story: Story) -> None:
    scene = story.scene
    belonging, bot = scene.playground.belonging, scene.playground.telegram.bot.id
    group = belonging.new_group(story.person("Ben"), "Ben and friends", [bot]).id
    await story.settled()

    def status(chat: int) -> Status:
        return scene.playground.telegram.conversations[chat].member(bot).status

    await story.later(minutes=55)
    assert status(group) is Status.MEMBER
    await story.later(minutes=10)

    assert status(group) is Status.LEFT
    assert status(scene.desk) is not Status.LEFT
    assert not any(story.said_in(group))
    assert scene.playground.refusals == []

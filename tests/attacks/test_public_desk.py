"""A group that anybody can read does not become the desk."""

from tests.attacks.intruder import Intruder
from tests.stories.story import Story


async def test_a_group_with_a_public_name_is_refused(story: Story, intruder: Intruder) -> None:
    scene = story.scene
    group = scene.playground.belonging.new_group(scene.staff, "Open house", [scene.playground.telegram.bot.id]).id
    await story.settled()

    chat = {"id": group, "type": "supergroup", "title": "Open house", "username": "open_house"}
    intruder.writes(scene.staff, "/desk", chat=chat)
    await story.settled()

    desk = await intruder.reads(lambda work: work.team.desk())
    assert desk is not None
    assert desk.contact.chat == scene.desk
    assert "is a public group" in "".join(story.said_in(scene.staff))

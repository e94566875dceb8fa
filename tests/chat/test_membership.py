"""Who comes to and leaves a group is heard whichever way Telegram tells it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play import playing
from bot.playground.controls import Json
from bot.playground.wire import MEMBER_RIGHTS, chat_json, user_json
from bot.playground.world import SPEAKING_RIGHTS
from tests.first_start import first_start
from tests.own_content import CONTENT
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story

JOINED = "is not on the team"


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=CONTENT) as scene:
        yield Story(scene)


def told(story: Story, old: Json, new: Json) -> None:
    """An update that only admins get, without the line in the group."""
    telegram, desk = story.scene.playground.telegram, story.scene.desk
    ben = {"user": user_json(telegram.people[story.person("Ben")])}
    change = {
        "chat": chat_json(telegram.conversations[desk].chat, telegram),
        "from": ben["user"],
        "date": 1_795_177_200,
        "old_chat_member": old | ben,
        "new_chat_member": new | ben,
    }
    telegram.inbox.put("chat_member", change)


LEFT, MEMBER = {"status": "left"}, {"status": "member"}
FEW_RIGHTS = {"status": "restricted", "until_date": 0} | dict.fromkeys((*SPEAKING_RIGHTS, *MEMBER_RIGHTS), False)


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        pytest.param(LEFT, MEMBER, True, id="joined"),
        pytest.param({"status": "kicked", "until_date": 0}, MEMBER, True, id="came back"),
        pytest.param(LEFT, FEW_RIGHTS | {"is_member": True}, True, id="joined with few rights"),
        pytest.param(LEFT, FEW_RIGHTS | {"is_member": False}, False, id="restricted from outside"),
        pytest.param(MEMBER, FEW_RIGHTS | {"is_member": True}, False, id="was there"),
    ],
)
async def test_a_change_that_brings_somebody_in_counts(story: Story, old: Json, new: Json, counts: bool) -> None:  # noqa: FBT001
    # a server that was never asked sends no such updates
    await story.staff_writes("/staff")

    told(story, old, new)
    await story.settled()

    assert any(JOINED in text for text in story.desk_heard()) is counts


async def test_another_bot_counts_and_the_clinics_own_does_not(story: Story) -> None:
    telegram, desk = story.scene.playground.telegram, story.scene.desk
    robot = {"id": 4_242, "is_bot": True, "first_name": "Robot", "username": "robot_bot"}
    staff = user_json(telegram.people[story.scene.staff])
    message = {
        "message_id": 4_711,
        "date": 1_795_177_200,
        "chat": chat_json(telegram.conversations[desk].chat, telegram),
        "from": staff,
        "new_chat_members": [user_json(telegram.bot), robot],
    }

    telegram.inbox.put("message", message)
    await story.settled()

    (said,) = [text for text in story.desk_heard() if JOINED in text]
    assert said.startswith("⚠️ Robot (@robot_bot) joined")

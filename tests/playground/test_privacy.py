"""In groups the bot sees only what Telegram lets it see."""

import pytest

from tests.playground.world import Scene


async def _seen(scene: Scene) -> list[str | None]:
    return [update.message.text for update in await scene.bot.get_updates() if update.message]


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("good morning", False),
        ("/patients", True),
        ("/patients@aftercare_bot", True),
        ("/patients@Aftercare_Bot all", True),
        ("/patients@other_bot", False),
        ("please type /patients", False),
        ("@aftercare_bot hello", False),
    ],
)
async def test_a_member_bot_sees_commands_meant_for_it(scene: Scene, text: str, *, is_seen: bool) -> None:
    maria, desk = scene.desk()

    scene.people.write(maria.id, desk.id, text)

    assert await _seen(scene) == ([text] if is_seen else [])


async def test_a_member_bot_sees_replies_to_itself_only(scene: Scene) -> None:
    maria, desk = scene.desk()
    ours = await scene.bot.send_message(desk.id, "A-17: redness 4")
    hers = scene.people.write(maria.id, desk.id, "who takes it?")

    scene.people.write(maria.id, desk.id, "to the bot", reply_to=ours.message_id)
    scene.people.write(maria.id, desk.id, "to Maria", reply_to=hers.message_id)

    assert await _seen(scene) == ["to the bot"]


async def test_an_admin_bot_sees_everything(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.promote(maria, desk)

    scene.people.write(maria.id, desk.id, "good morning")

    assert await _seen(scene) == ["good morning"]


async def test_a_bot_with_privacy_off_sees_everything(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.playground.telegram.has_privacy = False

    scene.people.write(maria.id, desk.id, "good morning")

    assert await _seen(scene) == ["good morning"]
    assert (await scene.bot.get_me()).can_read_all_group_messages


async def test_edits_are_held_back_like_messages(scene: Scene) -> None:
    maria, desk = scene.desk()
    said = scene.people.write(maria.id, desk.id, "good morning")

    scene.people.edit(maria.id, desk.id, said.message_id, "good evening")

    assert await scene.bot.get_updates() == ()


async def test_service_messages_are_seen(scene: Scene) -> None:
    maria, desk = scene.desk()
    ben = scene.people.new_person("Ben")

    scene.belonging.add(maria.id, desk.id, ben.id)
    scene.belonging.kick(maria.id, desk.id, ben.id)
    came, went = await scene.bot.get_updates()

    assert came.message is not None
    assert [user.id for user in came.message.new_chat_members] == [ben.id]
    assert went.message is not None
    assert went.message.left_chat_member is not None


async def test_being_added_is_told_before_anything_else(scene: Scene) -> None:
    maria, desk = scene.desk(with_bot=False)

    scene.belonging.add(maria.id, desk.id, scene.bot.id)
    first = (await scene.bot.get_updates())[0]

    assert first.my_chat_member is not None
    assert first.my_chat_member.difference()["status"] == ("left", "member")


async def test_an_anonymous_admin_speaks_as_the_group(scene: Scene) -> None:
    maria, desk = scene.desk()

    scene.people.write(maria.id, desk.id, "/patients", anonymous=True)
    message = (await scene.bot.get_updates())[0].message

    assert message is not None
    assert message.from_user is not None
    assert message.from_user.username == "GroupAnonymousBot"
    assert message.sender_chat is not None
    assert message.sender_chat.id == desk.id

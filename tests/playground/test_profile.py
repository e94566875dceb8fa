"""Chats, members, command menus and descriptions as the bot asks for or sets them."""

from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    MenuButtonCommands,
)

from tests.playground.world import Scene


async def _menu(scene: Scene, person: int, chat: int) -> list[str]:
    answer = (await scene.http.get("/menu", params={"person": person, "chat": chat})).json()
    return [command["command"] for command in answer["result"]["commands"]]


async def test_the_narrowest_menu_in_the_persons_language_is_shown(scene: Scene) -> None:
    anna, (maria, desk) = scene.anna(), scene.desk()
    denise = scene.people.new_person("Denise", language_code="fr")
    here = BotCommandScopeChat(anna.id)
    admins = BotCommandScopeChatAdministrators(desk.id)

    await scene.bot.set_my_commands([BotCommand("help", "Help")])
    await scene.bot.set_my_commands([BotCommand("today", "Today")], BotCommandScopeAllPrivateChats())
    await scene.bot.set_my_commands([BotCommand("jour", "Le jour")], BotCommandScopeAllPrivateChats(), "fr")
    await scene.bot.set_my_commands([BotCommand("plan", "Plan")], here)
    await scene.bot.set_my_commands([BotCommand("enroll", "Enrol")], admins)

    assert await _menu(scene, anna.id, anna.id) == ["plan"]
    assert await _menu(scene, denise.id, denise.id) == ["jour"]
    assert await _menu(scene, maria.id, desk.id) == ["enroll"]
    assert [command.command for command in await scene.bot.get_my_commands(here)] == ["plan"]
    await scene.bot.delete_my_commands(here)
    assert await _menu(scene, anna.id, anna.id) == ["today"]


async def test_the_bot_describes_itself(scene: Scene) -> None:
    await scene.bot.set_my_description("Walks you through recovery")
    await scene.bot.set_my_short_description("Aftercare")
    await scene.bot.set_chat_menu_button(scene.anna().id, MenuButtonCommands())

    shown = (await scene.http.get("/state")).json()["bot"]

    assert (shown["description"], shown["short_description"]) == ("Walks you through recovery", "Aftercare")


async def test_members_are_described_by_their_standing(scene: Scene) -> None:
    maria, desk = scene.desk()
    ben, zoe = scene.people.new_person("Ben"), scene.people.new_person("Zoe")
    scene.belonging.add(maria.id, desk.id, ben.id)
    scene.belonging.restrict(maria.id, desk.id, ben.id, ["can_send_messages"])
    scene.promote(maria, desk, "can_pin_messages")

    standing = [
        (await scene.bot.get_chat_member(desk.id, who)).status for who in (maria.id, ben.id, zoe.id, scene.bot.id)
    ]
    itself = await scene.bot.get_chat_member(desk.id, scene.bot.id)
    admins = await scene.bot.get_chat_administrators(desk.id)

    assert standing == ["creator", "restricted", "left", "administrator"]
    assert (itself.can_pin_messages, itself.can_manage_topics) == (True, False)  # type: ignore[attr-defined]
    assert {admin.user.id for admin in admins} == {maria.id, scene.bot.id}


async def test_a_chat_is_described(scene: Scene) -> None:
    anna, (_, desk) = scene.anna(), scene.desk(is_forum=True)

    private, forum = await scene.bot.get_chat(anna.id), await scene.bot.get_chat(desk.id)

    assert (private.type, private.first_name, private.username) == ("private", "Anna", "anna_b")
    assert (forum.type, forum.title, forum.is_forum) == ("supergroup", "Desk", True)


async def test_a_basic_group_becomes_a_supergroup_with_its_members(scene: Scene) -> None:
    maria = scene.people.new_person("Maria")
    group = (await scene.do("new_group", by=maria.id, title="Desk", members=[scene.bot.id], kind="group"))["result"]

    upgraded = (await scene.do("upgrade", person=maria.id, chat=group["id"]))["result"]
    updates = await scene.bot.get_updates()

    moved = [update.message.migrate_to_chat_id for update in updates if update.message]
    assert upgraded["id"] in moved
    assert {member["person_id"] for member in upgraded["members"]} == {maria.id, scene.bot.id}

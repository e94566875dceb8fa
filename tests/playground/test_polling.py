"""Updates wait until they are confirmed, for one poller at a time."""

import asyncio
import socket

import pytest
from telegram.error import Conflict

from bot.playground.controls import Json
from tests.playground.world import TOKEN, Scene


def _texts(updates: Json) -> list[str]:
    return [update["message"]["text"] for update in updates["result"]]


async def test_updates_come_again_until_they_are_confirmed(scene: Scene) -> None:
    anna = scene.anna()
    for text in ("one", "two"):
        scene.people.write(anna.id, anna.id, text)

    first = await scene.ask("getUpdates")
    again = await scene.ask("getUpdates", limit=1)
    rest = await scene.ask("getUpdates", offset=first["result"][0]["update_id"] + 1)
    none = await scene.ask("getUpdates", offset=first["result"][1]["update_id"] + 1)

    assert [_texts(updates) for updates in (first, again, rest, none)] == [["one", "two"], ["one"], ["two"], []]


async def test_a_negative_offset_forgets_all_but_the_newest(scene: Scene) -> None:
    anna = scene.anna()
    for text in ("one", "two", "three"):
        scene.people.write(anna.id, anna.id, text)

    newest = await scene.ask("getUpdates", offset=-1)

    assert _texts(newest) == ["three"]


async def test_a_long_poll_ends_with_the_first_message(scene: Scene) -> None:
    anna = scene.anna()
    poll = asyncio.create_task(scene.ask("getUpdates", timeout=30))
    await _polling(scene)

    scene.people.write(anna.id, anna.id, "hello")

    assert _texts(await poll) == ["hello"]


async def test_the_older_of_two_polls_is_ended(scene: Scene) -> None:
    anna = scene.anna()
    older = asyncio.create_task(scene.bot.get_updates(timeout=30))
    await _polling(scene)
    newer = asyncio.create_task(scene.ask("getUpdates", timeout=30))

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older
    scene.people.write(anna.id, anna.id, "hello")

    assert _texts(await newer) == ["hello"]


async def test_a_poller_that_died_makes_no_conflict(scene: Scene) -> None:
    url = scene.http.base_url
    dead = socket.create_connection((url.host, url.port or 0))
    dead.sendall(f"GET /bot{TOKEN}/getUpdates?timeout=30 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await _polling(scene)
    dead.close()
    await scene.ask("getMe")

    answer = await scene.ask("getUpdates")

    assert answer == {"ok": True, "result": []}
    assert scene.playground.refusals == []


async def test_the_wish_for_kinds_is_remembered(scene: Scene) -> None:
    anna = scene.anna()
    await scene.ask("getUpdates", allowed_updates=["callback_query", "message_reaction"])

    said = scene.people.write(anna.id, anna.id, "unheard")
    scene.people.react(anna.id, anna.id, said.message_id, "👍")
    updates = (await scene.ask("getUpdates"))["result"]

    assert [set(update) - {"update_id"} for update in updates] == [{"message_reaction"}]
    assert updates[0]["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_an_empty_wish_is_the_usual_set(scene: Scene) -> None:
    anna = scene.anna()
    await scene.ask("getUpdates", allowed_updates=["callback_query"])
    await scene.ask("getUpdates", allowed_updates=[])

    scene.people.write(anna.id, anna.id, "heard again")

    assert _texts(await scene.ask("getUpdates")) == ["heard again"]


async def test_reactions_and_members_must_be_asked_for(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.promote(maria, desk)

    scene.belonging.join(scene.people.new_person("Ben").id, desk.id)
    updates = (await scene.ask("getUpdates"))["result"]

    assert ["new_chat_members" in update["message"] for update in updates] == [True]


async def test_members_are_told_to_an_admin_who_asks(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.promote(maria, desk)
    await scene.ask("getUpdates", allowed_updates=["chat_member"])

    ben = scene.people.new_person("Ben")
    scene.belonging.join(ben.id, desk.id)
    update = (await scene.bot.get_updates())[0]

    assert update.chat_member is not None
    assert update.chat_member.new_chat_member.user.id == ben.id
    assert update.chat_member.difference()["status"] == ("left", "member")


async def test_blocking_and_coming_back_is_told(scene: Scene) -> None:
    anna = scene.anna()

    scene.people.block(anna.id)
    scene.people.start(anna.id, "welcome-back")
    blocked, back, start = await scene.bot.get_updates()

    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "member"
    assert start.message is not None
    assert start.message.text == "/start welcome-back"


async def _polling(scene: Scene) -> None:
    """Wait until a poll is being held."""
    inbox = scene.playground.telegram.inbox
    async with asyncio.timeout(5):
        while not inbox.is_polled:
            await inbox.bell.coming.wait()

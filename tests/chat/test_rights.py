"""Who may set something off: a person, with their own button, in their own chat; everybody else changes nothing."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.care.ports.records import Work
from bot.play import playing
from bot.playground.controls import Json
from bot.playground.wire import chat_json, message_json, user_json
from tests.first_start import first_start
from tests.own_content import CONTENT
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story

ANONYMOUS, CHANNEL_BOT, TELEGRAM = 1087968824, 136817688, 777000

MADE_UP = ("", "no-such-token", "consent-yes", "1", "' OR 1=1 --", "é" * 32)


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=CONTENT) as scene:
        yield Story(scene)


async def everything(story: Story) -> tuple[object, ...]:
    """All that a forged update might change."""
    return await story.scene.premises.database.read(_everything)


def _everything(work: Work) -> tuple[object, ...]:
    running = tuple(work.enrolments.running())
    patients = tuple(work.patients.get(enrolment.patient_id) for enrolment in running)
    rows = tuple(row for patient in patients for row in work.outbox.of_patient(patient.id))
    return running, patients, tuple(work.team.members()), work.team.desk(), rows


def raw_tap(story: Story, *, person: int, chat: int, message: int, data: str) -> None:
    """A tap as a client of one's own making could send it."""
    telegram = story.scene.playground.telegram
    under = telegram.conversations[chat].messages[message]
    query: Json = {
        "id": "1",
        "from": user_json(telegram.people[person]),
        "message": message_json(under, telegram),
        "chat_instance": "1",
        "data": data,
    }
    telegram.inbox.put("callback_query", query)


def raw_message(story: Story, chat: int, text: str, sender: Json, kind: str = "message", **more: Any) -> None:  # noqa: ANN401
    telegram = story.scene.playground.telegram
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    place = chat_json(telegram.conversations[chat].chat, telegram)
    body = {"message_id": 4711, "date": 1, "chat": place, "from": sender, "text": text, "entities": entities}
    telegram.inbox.put(kind, body | more)


def a_bot(number: int) -> Json:
    return {"id": number, "is_bot": True, "first_name": "Group"}


def newest_button(story: Story, chat: int) -> tuple[int, str]:
    message, button = story._buttons(chat)[-1]
    return message.message_id, str(button["callback_data"])


async def test_a_button_works_for_nobody_in_another_chat(story: Story) -> None:
    await story.opens("Anna", await story.enrol("Anna picosure"))
    ben, (_, stolen) = story.person("Ben"), newest_button(story, story.person("Anna"))
    hello = await story.writes("Ben", "/help")
    before = await everything(story)

    raw_tap(story, person=ben, chat=ben, message=hello.message_id, data=stolen)
    await story.settled()

    assert await everything(story) == before


async def test_a_button_works_only_under_its_own_message(story: Story) -> None:
    await story.opens("Anna", await story.enrol("Anna picosure"))
    anna, (message, _) = story.person("Anna"), newest_button(story, story.person("Anna"))
    data = next(b["callback_data"] for m, b in story._buttons(anna) if m.message_id == message)
    other = story.scene.playground.telegram.conversations[anna].last_id
    await story.writes("Anna", "/help")
    before = await everything(story)

    elsewhere = story.scene.playground.telegram.conversations[anna].last_id
    assert elsewhere != other
    raw_tap(story, person=anna, chat=anna, message=elsewhere, data=data)
    await story.settled()

    assert await everything(story) == before


async def test_a_made_up_button_changes_nothing(story: Story) -> None:
    await story.opens("Anna", await story.enrol("Anna picosure"))
    anna, (message, _) = story.person("Anna"), newest_button(story, story.person("Anna"))
    before = await everything(story)

    for data in MADE_UP:
        raw_tap(story, person=anna, chat=anna, message=message, data=data)
    await story.settled()

    assert await everything(story) == before


async def test_a_tap_that_comes_twice_acts_once(story: Story) -> None:
    payload = await story.enrol("Anna picosure")
    await story.opens("Anna", payload)
    await story.taps("Anna", "Yes")
    anna = story.person("Anna")
    message, button = next((m, b) for m, b in story._buttons(anna) if "I agree" in b["text"])
    await story.taps("Anna", "I agree")
    before = story.heard("Anna")

    raw_tap(story, person=anna, chat=anna, message=message.message_id, data=button["callback_data"])
    await story.settled()

    assert len(story.heard("Anna")) == len(before)


async def test_a_command_of_a_group_a_channel_or_a_bot_has_no_rights(story: Story) -> None:
    before, said = await everything(story), story.desk_heard()

    place = {"id": story.scene.desk, "type": "supergroup", "title": "Desk"}
    for number in (ANONYMOUS, CHANNEL_BOT, TELEGRAM, 99):
        raw_message(story, story.scene.desk, "/enroll Eve picosure", a_bot(number), sender_chat=place)
    await story.settled()

    assert (await everything(story), story.desk_heard()) == (before, said)


async def test_a_member_of_staff_who_writes_as_the_group_has_no_rights(story: Story) -> None:
    before = await everything(story)
    scene = story.scene

    scene.playground.people.write(scene.staff, scene.desk, "/enroll Eve picosure", anonymous=True)
    await story.settled()

    assert await everything(story) == before


async def test_an_edited_command_never_acts(story: Story) -> None:
    before, scene = await everything(story), story.scene
    staff = user_json(scene.playground.telegram.people[scene.staff])

    for chat in (scene.desk, scene.staff):
        raw_message(story, chat, "/enroll Eve picosure", staff, "edited_message", edit_date=2)
    await story.settled()

    assert await everything(story) == before


async def test_a_forwarded_command_never_acts(story: Story) -> None:
    before, scene = await everything(story), story.scene
    staff = user_json(scene.playground.telegram.people[scene.staff])
    origin = {"type": "user", "date": 1, "sender_user": {"id": 99, "is_bot": False, "first_name": "Eve"}}

    for chat in (scene.desk, scene.staff):
        raw_message(story, chat, "/enroll Eve picosure", staff, forward_origin=origin)
    await story.settled()

    assert await everything(story) == before


async def test_a_patient_in_the_group_of_staff_may_not_do_what_staff_do(story: Story) -> None:
    scene = story.scene
    scene.playground.belonging.join(story.person("Ben"), scene.desk)
    before = await everything(story)

    scene.playground.people.write(story.person("Ben"), scene.desk, "/enroll Eve picosure")
    await story.settled()

    assert (await everything(story))[0] == before[0]

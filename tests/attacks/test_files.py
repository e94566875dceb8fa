"""A file of patients from somebody who may not enrol is no file of patients; its buttons are its sender's alone."""

import pytest

from bot.care.model.people import Member, Role
from tests.attacks.intruder import THEN, Intruder, group, private, user
from tests.stories.story import Story

FILE = b"Name,Treatment,Session date\nEve,pico,2026-11-20\n"
ANONYMOUS, TELEGRAM = 1087968824, 777000


async def running(story: Story) -> int:
    return await story.scene.premises.database.read(lambda work: len(work.enrolments.running()))


def a_document(story: Story) -> dict[str, object]:
    file = story.scene.playground.telegram.files.keep("document", FILE, name="eve.csv", mime_type="text/csv")
    return {"file_id": file.file_id, "file_unique_id": "u", "file_name": "eve.csv", "file_size": len(FILE)}


def offered(story: Story) -> list[str]:
    everywhere = (story.scene.desk, story.scene.staff, *story.scene.people.values())
    return [button["text"] for chat in everywhere for _, button in story._buttons(chat) if "Enrol" in button["text"]]


@pytest.mark.parametrize("sender", [ANONYMOUS, TELEGRAM, 99])
@pytest.mark.parametrize("where", ["desk", "private"])
async def test_a_file_of_nobody_on_the_team_offers_nothing(
    story: Story, intruder: Intruder, sender: int, where: str
) -> None:
    chat = group(story.scene.desk) if where == "desk" else private(sender)
    who = user(sender) | ({"is_bot": True} if sender == ANONYMOUS else {})
    body = {"message_id": 4711, "date": THEN, "chat": chat, "from": who, "document": a_document(story)}

    intruder.put("message", body)
    await story.settled()

    assert (offered(story), await running(story)) == ([], 0)


async def test_a_patients_file_in_the_group_of_staff_offers_nothing(story: Story) -> None:
    scene, ben = story.scene, story.person("Ben")
    scene.playground.belonging.join(ben, scene.desk)
    how = await story.staff_writes("/import")

    scene.playground.people.send_file("document", ben, scene.desk, FILE, name="eve.csv", reply_to=how.message_id)
    await story.settled()

    assert (offered(story), await running(story)) == ([], 0)


async def test_a_file_edited_into_a_message_offers_nothing(story: Story, intruder: Intruder) -> None:
    staff = story.scene.staff
    body = {"message_id": 4711, "date": THEN, "edit_date": THEN, "chat": private(staff), "from": user(staff)}

    intruder.put("edited_message", body | {"document": a_document(story)})
    await story.settled()

    assert (offered(story), await running(story)) == ([], 0)


async def test_a_clinician_is_refused_as_for_any_command_that_is_not_theirs(story: Story) -> None:
    scene, ben = story.scene, story.person("Ben")
    scene.playground.people.start(ben)
    now = scene.premises.clock.now()
    await scene.premises.database.write(lambda work: work.team.add(Member(ben, "Ben", Role.CLINICIAN, now, now)))
    await story.settled()

    scene.playground.people.send_file("document", ben, ben, FILE, name="eve.csv")
    await story.settled()

    assert (offered(story), await running(story)) == ([], 0)
    audited = await scene.premises.database.read(lambda work: work.audit.tail(1))
    assert (audited[0].deed, audited[0].subject) == ("refused", "import")


async def test_the_buttons_of_a_file_are_of_no_use_to_anybody_else(story: Story, intruder: Intruder) -> None:
    scene, ben = story.scene, story.person("Ben")
    now = scene.premises.clock.now()
    await scene.premises.database.write(lambda work: work.team.add(Member(ben, "Ben", Role.RECEPTION, now, now)))
    how = await story.staff_writes("/import")
    people = scene.playground.people
    people.send_file("document", scene.staff, scene.desk, FILE, name="eve.csv", reply_to=how.message_id)
    await story.until(lambda: bool(offered(story)))

    for label in ("Enrol", "Discard"):
        for chat, message, data in intruder.buttons([scene.desk], label):
            intruder.taps(ben, group(chat), message, data)
            intruder.taps(99, group(chat), message, data)
            intruder.taps(99, private(99), message, data)
    await story.settled()

    assert (offered(story), await running(story)) == (["Enrol 1 patient"], 0)

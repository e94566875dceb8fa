"""Nobody becomes staff, or acts as staff, who is not."""

import pytest

from bot.care.model.people import Role
from bot.care.services.teaming import make_claim
from bot.playground.controls import Json
from tests.attacks.intruder import Intruder, group, private, user
from tests.faults.waiting import until
from tests.stories.story import Story

ELSEWHERE = group(-999)
CHANNEL: Json = {"id": -1001, "type": "channel", "title": "A channel"}
PASSED_ON: Json = {"type": "user", "date": 1, "sender_user": user(99)}


async def test_of_a_hundred_who_claim_with_one_code_one_becomes_admin(story: Story, intruder: Intruder) -> None:
    database = story.scene.premises.database
    await database.write(lambda work: work.team.remove(story.scene.staff))
    code = await database.write(lambda work: make_claim(work, database.keys))

    for account in intruder.crowd(100):
        intruder.writes(account, f"/claim {code}")
    await story.settled()
    # a hundred at once may still be handled while nothing is due any more
    await until(lambda: _all_are_handled(intruder))

    assert [member.role for member in await intruder.reads(lambda work: work.team.members())] == [Role.ADMIN]


async def _all_are_handled(intruder: Intruder) -> bool:
    return not await intruder.reads(lambda work: work.inbox.waiting())


@pytest.mark.parametrize(
    "shadow",
    [
        pytest.param({"forward_origin": PASSED_ON}, id="passed on"),
        pytest.param({"via_bot": user(77) | {"is_bot": True}}, id="made by another bot"),
        pytest.param({"sender_chat": CHANNEL}, id="as a channel"),
        pytest.param({"from": user(1087968824) | {"is_bot": True}}, id="anonymous admin"),
        pytest.param({"from": user(777000), "is_automatic_forward": True}, id="linked channel"),
        pytest.param({"from": user(4242)}, id="a member of the group only"),
    ],
)
async def test_a_command_that_staff_did_not_type_lists_nobody(story: Story, intruder: Intruder, shadow: Json) -> None:
    maria, already = story.scene.staff, len(story.desk_heard())

    for line in ("/patients", "/patients waiting", "/digest"):
        intruder.writes(maria, line, chat=intruder.desk, **shadow)
        intruder.writes(maria, line, chat=intruder.desk, kind="edited_message", edit_date=2)
        intruder.writes(maria, line, chat=private(4242), **shadow)
    await story.settled()

    # that somebody is there whom the team does not know is no list
    assert [text for text in story.desk_heard()[already:] if "and not on the team" not in text] == []
    assert not any("Patients enrolled" in text for text in story.said_in(maria))


async def test_in_other_peoples_groups_nothing_is_said(story: Story, intruder: Intruder) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    for name in (
        "today",
        "plan",
        "faq",
        "help",
        "start",
        "stop",
        "privacy",
        "settings",
        "pause",
        "delete",
        "patients",
        "unanswered",
        "content",
        "digest",
    ):
        intruder.writes(story.person("Anna"), f"/{name}", chat=ELSEWHERE)
        intruder.writes(story.scene.staff, f"/{name}", chat=ELSEWHERE)
    await story.settled()

    assert story.scene.playground.refusals == []


async def test_a_patient_sees_nothing_of_another_one(story: Story, intruder: Intruder) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure ref=777 phone=+442079460143"))
    await story.agrees("Ben", await story.enrol("Ben picosure"))
    already, ben = len(story.heard("Ben")), story.person("Ben")

    lists = ("/patients", "/patients waiting", "/digest", "/alerts", "/staff", "/unanswered", "/content")
    for line in ("/patient A-1", "/patient Anna", *lists, "/digest off", "/session A-1 done", "A-1", "777"):
        intruder.writes(ben, line)
    await story.settled()

    heard = "\n".join(story.heard("Ben")[already:])
    assert not any(secret in heard for secret in ("Anna", "777", "0143"))

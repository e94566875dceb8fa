"""Whatever only looks like a command of staff is none."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.care.model.permissions import COMMANDS
from bot.care.model.purpose import Purpose
from bot.chat.intake import Intake
from tests.care.scene import DESK
from tests.chat.authority.buttons import STAFF, args_of
from tests.chat.authority.front_door import FrontDoor, front_door
from tests.chat.authority.people import ANONYMOUS, TELEGRAM, WHO, Place, message_json, tap_json
from tests.chat.conftest import Street

Json = dict[str, Any]
Update = tuple[str, Json]
HARMLESS = frozenset(
    {Purpose.REFUSAL, Purpose.STRANGER, Purpose.NOT_SENT, Purpose.MARK, Purpose.UNHANDLED, Purpose.MISTYPED}
)
"""Answers that say no, or that nothing was sent or changed."""
ARGS = "Anna picosure"
USER, GROUP, CHANNEL = ({"id": 99, "is_bot": False, "first_name": "Eve"}, -100, -557)


def plain(command: str, place: Place) -> Json:
    return message_json("admin", place, f"/{command} {ARGS}", 90_001)


def with_more(kind: str = "message", /, **more: Any) -> Callable[[str, Place], Update]:  # noqa: ANN401 - JSON
    return lambda command, place: (kind, plain(command, place) | more)


def as_text(shape: str, offset: int = 0, entity: str = "bot_command") -> Callable[[str, Place], Update]:
    """The command in other letters, or elsewhere in the text."""

    def made(command: str, place: Place) -> Update:
        text = shape.format(command=command)
        words = text[offset:].split()[0]
        spot = {"type": entity, "offset": offset, "length": len(words)}
        return "message", plain(command, place) | {"text": text, "entities": [spot]}

    return made


def without_text(**more: Json | list[Json] | str) -> Callable[[str, Place], Update]:
    def made(command: str, place: Place) -> Update:
        body = {key: value for key, value in plain(command, place).items() if key not in ("text", "entities")}
        spots = [{"type": "bot_command", "offset": 0, "length": len(command) + 1}]
        caption = {"caption": f"/{command} {ARGS}", "caption_entities": spots}
        return "message", body | (caption if "photo" in more else {}) | more

    return made


def chat(number: int, kind: str = "supergroup") -> Json:
    return {"id": number, "type": kind, "title": "Staff"}


PHOTO: Json = {"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}
BOT = {"id": 4_242, "is_bot": True, "first_name": "Robot", "username": "some_bot"}
SPOOFS: dict[str, Callable[[str, Place], Update]] = {
    "forwarded from a person": with_more(forward_origin={"type": "user", "date": 1, "sender_user": USER}),
    "forwarded from one who hides": with_more(
        forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "Maria"}
    ),
    "forwarded from a channel": with_more(
        forward_origin={"type": "channel", "date": 1, "chat": chat(CHANNEL, "channel"), "message_id": 1}
    ),
    "edited": with_more("edited_message", edit_date=2),
    "made by another bot": with_more(via_bot=BOT),
    "written by a bot with an admin's number": with_more(**{"from": WHO["admin"] | {"is_bot": True}}),
    "written as the group": with_more(sender_chat=chat(GROUP)),
    "written by an anonymous admin": with_more(
        **{"from": {"id": ANONYMOUS, "is_bot": True, "first_name": "Group"}}, sender_chat=chat(GROUP)
    ),
    "written as a channel": with_more(sender_chat=chat(CHANNEL, "channel")),
    "from the linked channel": with_more(
        **{"from": {"id": TELEGRAM, "is_bot": False, "first_name": "Telegram"}},
        sender_chat=chat(CHANNEL, "channel"),
        is_automatic_forward=True,
    ),
    "posted in a channel": with_more("channel_post", chat=chat(CHANNEL, "channel")),
    "edited in a channel": with_more("edited_channel_post", chat=chat(CHANNEL, "channel"), edit_date=2),
    "to a business account": with_more("business_message", business_connection_id="b"),
    "edited at a business account": with_more("edited_business_message", business_connection_id="b", edit_date=2),
    "under a picture": without_text(photo=[PHOTO]),
    "as the question of a poll": without_text(
        poll={
            "id": "1",
            "question": "/enroll Anna",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
        }
    ),
    "for another bot": as_text("/{command}@some_other_bot Anna picosure"),
    "with a sign of no width": as_text("/{command}\u200b Anna picosure"),
    "behind a sign of no width": as_text("\u200b/{command} Anna picosure", offset=1),
    "turned around for the eye": as_text("\u202e/{command} Anna picosure", offset=1),
    "with a slash that is none": as_text("\uff0f{command} Anna picosure", entity="bold"),
    "inside a sentence": as_text("please /{command} Anna", offset=7),
    "as a piece of code": as_text("/{command} Anna picosure", entity="code"),
    "in a quote that is answered": lambda command, place: (
        "message",
        message_json("admin", place, "what is this?", 90_001)
        | {"quote": {"text": f"/{command} {ARGS}", "position": 0}, "reply_to_message": plain(command, place)},
    ),
    "in another group of the same title": with_more(chat=chat(-777)),
    "in a group that says it was the desk": with_more(chat=chat(-778), migrate_from_chat_id=DESK),
    "in somebody else's private chat": with_more(chat={"id": 1001, "type": "private", "first_name": "Anna"}),
}


@pytest.fixture
async def entrance(street: Street) -> FrontDoor:
    return await front_door(street.bot)


@pytest.mark.parametrize("name", SPOOFS)
async def test_what_only_looks_like_a_command_is_not_accepted(entrance: FrontDoor, name: str) -> None:
    accepted = []
    for command in (*COMMANDS, "enrol", "team"):
        if command == "desk" and "group" in name and "written" not in name:
            continue  # an admin makes any group the desk, and may
        for place in (Place.PRIVATE, Place.DESK, Place.TOPIC):
            seen = await entrance.receives(*SPOOFS[name](command, place))
            if seen.changed or not seen.said <= HARMLESS:
                accepted.append((command, place.value, seen))

    assert not accepted, accepted[:5]


async def test_the_same_words_typed_by_an_admin_are_accepted(entrance: FrontDoor) -> None:
    for place in (Place.PRIVATE, Place.DESK, Place.TOPIC):
        seen = await entrance.receives("message", plain("enroll", place))

        assert not seen.said <= HARMLESS


async def test_an_update_that_comes_again_acts_once(entrance: FrontDoor) -> None:
    scene = entrance.scene
    update = {"update_id": 71, "message": plain("enroll", Place.DESK) | {"text": "/enroll Zoe picosure"}}
    before = len(scene.people())

    for _ in range(3):
        intake = Intake(scene.records, entrance.house, entrance.care, scene.clock)
        await intake.store([update])
        await intake.settled()

    assert len(scene.people()) == before + 1


TAPPED: dict[str, Callable[[Json], Json]] = {
    "by an anonymous admin": lambda tap: tap | {"from": WHO["anonymous"]},
    "by a channel": lambda tap: tap | {"from": WHO["channel"]},
    "by a bot": lambda tap: tap | {"from": WHO["admin"] | {"is_bot": True}},
    "by a stranger": lambda tap: tap | {"from": WHO["stranger"]},
    "by a patient": lambda tap: tap | {"from": WHO["patient"]},
    "by somebody removed": lambda tap: tap | {"from": WHO["removed"]},
    "in another chat": lambda tap: tap | {"message": tap["message"] | {"chat": chat(-777)}},
    "under another message": lambda tap: tap | {"message": tap["message"] | {"message_id": 4_711}},
    "under nothing": lambda tap: {key: value for key, value in tap.items() if key != "message"},
    "with a deed made by hand": lambda tap: tap | {"data": "team-remove"},
    "with arguments made by hand": lambda tap: tap | {"data": tap["data"] + ":3"},
    "cut short": lambda tap: tap | {"data": tap["data"][:-1]},
    "in other case": lambda tap: tap | {"data": tap["data"].swapcase()},
}


@pytest.mark.parametrize("name", TAPPED)
async def test_a_tap_that_is_not_theirs_does_nothing(entrance: FrontDoor, name: str) -> None:
    until = (entrance.scene.clock.now() + timedelta(minutes=10)).isoformat()
    entrance.hang(DESK, "admin", args_of(1, until))

    accepted = []
    for deed in STAFF:
        message, token = entrance.tokens[DESK, "admin", deed]
        seen = await entrance.receives("callback_query", TAPPED[name](tap_json("admin", Place.DESK, message, token)))
        if seen.changed or not seen.said <= HARMLESS:
            accepted.append((deed, seen))

    assert not accepted, accepted[:5]

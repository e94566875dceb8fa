"""Every command and every button, for everybody, everywhere, however it stands with them: each cell of one table."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot.care.model.people import Role
from bot.care.model.permissions import COMMANDS, MATRIX, PATIENT_COMMANDS
from bot.chat.handlers import deeds, handlers
from tests.chat.authority.buttons import NEWCOMERS, PATIENTS, RULES, STAFF, args_of
from tests.chat.authority.front_door import TEAM, FrontDoor, Outcome, Seen, front_door, stands
from tests.chat.authority.people import NOT_A_PERSON, WHO, Place, chat_of, message_json, tap_json
from tests.chat.conftest import Street

README = Path(__file__).parents[3] / "README.md"
ALSO_CALLED = {"enrol": "enroll", "team": "staff"}
NEEDS_A_NAME = {"health": "A-1", "patient": "Anna"}
PATIENTS_OWN = frozenset({*PATIENT_COMMANDS, "delete"} - {"help", "privacy"})
STATES = {
    **dict.fromkeys(TEAM, ("reached", "not reached", "in care too")),
    "patient": ("not agreed", "agreed", "paused", "stopped", "blocked", "asked to be deleted", "course over"),
}
AT_WORK = (Place.PRIVATE, Place.DESK, Place.TOPIC)
STANDING = [(who, state) for who in WHO for state in STATES.get(who, ("",))]


def typed() -> list[str]:
    """Every command the bot takes."""
    taken = (handler for handler in handlers() if isinstance(handler, CommandHandler))
    return sorted(command for handler in taken for command in handler.commands)


def expected_of(command: str, who: str, state: str, place: Place) -> Seen:
    """The rule: staff at work by role, patients in their own chat, and nobody else anywhere."""
    if who in NOT_A_PERSON or place is Place.CHANNEL:
        return Seen(Outcome.SILENT)
    private, member = place is Place.PRIVATE, who in TEAM
    name = ALSO_CALLED.get(command, command)
    if name in COMMANDS:
        in_a_group = name == "desk"  # makes any group the desk
        may = member and Role(who) in MATRIX[name] and (place in AT_WORK or in_a_group)
        hears = place in AT_WORK if member else private
        return Seen(Outcome.DONE) if may else Seen(Outcome.REFUSED if hears else Outcome.SILENT, (name,))
    agreed = state == "in care too" or (who == "patient" and state != "not agreed")
    mine = {
        "privacy": private,
        "help": (private and agreed) or (member and place in AT_WORK),
        "start": private and (agreed or member),
        "claim": False,
    }
    if mine.get(name, private and agreed and name in PATIENTS_OWN):
        return Seen(Outcome.DONE)
    refused = ("claim",) if name == "claim" and private else ("staff-help",) if name == "help" and member else ()
    told = private or (name in PATIENTS_OWN and member and place in AT_WORK)
    return Seen(Outcome.REFUSED if told else Outcome.SILENT, refused)


@pytest.fixture
async def entrance(street: Street) -> FrontDoor:
    return await front_door(street.bot)


def cells(who: str, state: str) -> Iterator[tuple[str, Place, Seen]]:
    for place in Place:
        for command in typed():
            yield command, place, expected_of(command, who, state, place)


def test_every_command_has_its_rule() -> None:
    known = {*COMMANDS, *PATIENTS_OWN, *ALSO_CALLED, "privacy", "help", "start", "claim"}

    assert set(typed()) == known


def test_every_button_has_its_rule() -> None:
    assert set(RULES) == set(deeds()) == set(args_of(1, ""))


@pytest.mark.parametrize(("who", "state"), STANDING)
async def test_a_command_does_what_the_matrix_says(entrance: FrontDoor, who: str, state: str) -> None:
    stands(entrance, who, state)

    wrong = []
    for command, place, expected in cells(who, state):
        kind = "channel_post" if place is Place.CHANNEL else "message"
        text = f"/{command} {NEEDS_A_NAME.get(command, '')}".strip()
        seen = await entrance.receives(kind, message_json(who, place, text, 90_000))
        # a refusal leaves no trace but its line in the audit
        if (seen.outcome, seen.refused) != (expected.outcome, expected.refused):
            wrong.append((command, place.value, expected, seen))

    assert not wrong, wrong[:5]


@pytest.mark.parametrize(("who", "state"), STANDING)
async def test_a_button_does_what_the_matrix_says(entrance: FrontDoor, who: str, state: str) -> None:
    stands(entrance, who, state)
    entrance.has_its_hands_full()
    until = (entrance.scene.clock.now() + timedelta(minutes=10)).isoformat()
    for chat in sorted({chat_of(place, who) for place in Place}):
        entrance.hang(chat, who, args_of(int(WHO[who]["id"]), until))

    wrong = []
    for place in Place:
        for deed in RULES:
            message, token = entrance.tokens[chat_of(place, who), who, deed]
            seen = await entrance.receives("callback_query", tap_json(who, place, message, token))
            if not is_right(deed, who, state, place, seen):
                wrong.append((deed, place.value, seen))

    assert not wrong, wrong[:5]


def is_right(deed: str, who: str, state: str, place: Place, seen: Seen) -> bool:
    if who in NOT_A_PERSON:
        return seen == Seen(Outcome.SILENT)
    if deed in STAFF:
        may = who in TEAM and place in AT_WORK and Role(who) in MATRIX[STAFF[deed]]
        return seen.refused == (() if may else (STAFF[deed],)) and (may or seen.outcome is not Outcome.DONE)
    in_care = place is Place.PRIVATE and (who == "patient" or state == "in care too")
    return seen.refused == () and (not seen.changed or (in_care and RULES[deed] in (PATIENTS, NEWCOMERS)))


def test_the_readme_says_who_may_as_the_matrix_does() -> None:
    words = " ".join(README.read_text(encoding="utf-8").split())
    sentence = re.search(r"Everybody on the team may use these, but for: (.*?)\.", words)
    assert sentence is not None
    said: dict[str, frozenset[Role]] = {}
    for part in sentence[1].split(";"):
        names, roles = re.findall(r"`/([a-z]+)`", part), re.findall(r"\(([^)]*)\)", part)[0]
        said |= {name: frozenset(Role(role) for role in roles.split(", ")) for name in names}

    assert said == {name: MATRIX[name] for name in COMMANDS if MATRIX[name] != frozenset(Role)}

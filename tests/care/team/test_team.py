"""Who may do what, the desk, and the proof that alerts arrive."""

from dataclasses import replace

import pytest

from bot.care.model.desk_rights import DeskRights
from bot.care.model.inbound import Sender
from bot.care.model.people import Member, Role
from bot.care.model.permissions import MATRIX, may
from bot.care.services.staffing import Person
from bot.care.services.teaming import make_claim
from tests.care.scene import ANNA, CLARA, FRIDAY_NOON, MARIA, RITA, Scene, a_scene

STRANGER = "I am the aftercare helper"
GROUP = Sender(1, -200, "Maria", private=False)
EVERYTHING = DeskRights(pins=True, manages_topics=True, deletes=True, removes_people=True)


def test_the_code_of_the_command_line_makes_the_first_admin_once() -> None:
    scene = Scene()
    code = make_claim(scene.work, scene.office.teaming.keys) or ""

    scene.office.teaming.claim(scene.work, MARIA, code)
    scene.office.teaming.claim(scene.work, CLARA, code)

    assert [(one.account, one.role) for one in scene.work.team.members()] == [(1, Role.ADMIN)]
    assert any("first admin" in text for text in scene.heard(MARIA))
    assert scene.last(CLARA).startswith(STRANGER)


def test_a_claim_code_runs_out_after_a_quarter_of_an_hour_of_machine_time() -> None:
    scene = Scene()
    code = make_claim(scene.work, scene.office.teaming.keys) or ""
    scene.records.machine.advance(FRIDAY_NOON.replace(minute=16) - FRIDAY_NOON.replace(minute=0))

    scene.office.teaming.claim(scene.work, MARIA, code)

    assert scene.work.team.members() == []


def test_guessing_claim_codes_ends_in_silence() -> None:
    scene = Scene()

    for _ in range(9):
        scene.office.teaming.claim(scene.work, ANNA, "guess")

    assert len(scene.heard(ANNA)) == 5


def test_a_group_becomes_the_desk_and_what_the_bot_may_not_do_is_named() -> None:
    scene = a_scene()

    scene.office.teaming.make_desk(scene.work, GROUP, title="Night desk", is_forum=True, rights=DeskRights(pins=True))

    desk = scene.work.team.desk()
    assert desk is not None
    assert (desk.contact.chat, desk.tested_at) == (-200, None)
    said = "".join(scene.heard(-200))
    assert "manage topics" in said
    assert "pin messages" not in said
    scene.tap(GROUP, "Got it")
    tested = scene.work.team.desk()
    assert tested is not None
    assert tested.tested_at == FRIDAY_NOON


def test_a_group_where_the_bot_is_mute_is_no_desk() -> None:
    scene = a_scene()

    scene.office.teaming.make_desk(scene.work, GROUP, title="Mute", is_forum=False, rights=DeskRights(may_write=False))

    desk = scene.work.team.desk()
    assert desk is not None
    assert desk.title == "Staff"
    assert "may not write in Mute" in scene.last(MARIA)


def test_a_public_group_is_no_desk() -> None:
    scene = a_scene()
    rights = replace(EVERYTHING, is_public=True)

    scene.office.teaming.make_desk(scene.work, GROUP, title="Open house", is_forum=False, rights=rights)

    desk = scene.work.team.desk()
    assert desk is not None
    assert desk.title == "Staff"
    assert "Open house is a public group" in scene.last(MARIA)


def test_only_an_admin_may_make_a_desk() -> None:
    scene = a_scene()
    reception = Sender(3, -200, "Rita", private=False)

    scene.office.teaming.make_desk(scene.work, reception, title="Mine", is_forum=False, rights=EVERYTHING)

    desk = scene.work.team.desk()
    assert desk is not None
    assert desk.title == "Staff"
    assert scene.heard(-200) == []


def test_a_new_colleague_gets_a_test_alert_and_every_admin_hears_of_it() -> None:
    scene = a_scene()
    nadia = Sender(77, 77, "Nadia")

    scene.office.staffing.command(scene.work, MARIA, "add 77 clinician Nadia K")

    assert any("Maria added Nadia K to the team: clinician" in text for text in scene.heard(MARIA))
    assert "TEST ALERT" in scene.last(nadia)
    scene.tap(nadia, "Got it")
    member = scene.work.team.member(77)
    assert member is not None
    assert member.reachable


def test_a_colleague_can_be_added_by_replying_to_their_message() -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, "add reception", replied=Person(88, "Olga"))

    member = scene.work.team.member(88)
    assert member is not None
    assert (member.name, member.role) == ("Olga", Role.RECEPTION)


def test_nobody_can_prove_a_test_alert_for_somebody_else() -> None:
    scene = a_scene()
    scene.office.staffing.command(scene.work, MARIA, "add 77 clinician Nadia")
    scene.deliver()
    tap = next(tap for tap in scene.records.memory.taps.values() if tap.chat == 77)

    scene.office.teaming.proving.got_it(scene.work, CLARA, tap)

    member = scene.work.team.member(77)
    assert member is not None
    assert not member.reachable


def test_somebody_is_removed_after_a_second_question() -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, "remove Rita")
    assert scene.work.team.member(RITA.account) is not None
    scene.tap(MARIA, "Yes, do this")

    assert scene.work.team.member(RITA.account) is None
    assert "team-removed" in scene.audited()


@pytest.mark.parametrize("words", ["remove Maria", "add 1 reception Maria"])
def test_the_last_admin_stays(words: str) -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, words)

    admin = scene.work.team.member(MARIA.account)
    assert admin is not None
    assert admin.role is Role.ADMIN
    assert "last admin" in scene.last(MARIA)


@pytest.mark.parametrize(
    "words",
    [
        "add",
        "add 77",
        "add 77 boss X",
        "remove",
        "role",
        "role Rita",
        "role Rita boss",
        "invite",
        "invite boss",
        "dance",
    ],
)
def test_bad_input_shows_how_it_is_done(words: str) -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, words)

    assert scene.last(MARIA).startswith("Like this:")
    assert len(scene.work.team.members()) == 3


def test_the_team_is_listed_with_who_has_not_been_reached() -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, "")

    assert "Clara, clinician (2), <b>not reached yet</b>" in scene.last(MARIA)
    assert "Desk: Staff, test alert seen." in scene.last(MARIA)


def test_what_is_not_written_is_nobodys() -> None:
    admin = Member(1, "Maria", Role.ADMIN, FRIDAY_NOON)

    assert not may(admin, "fly")
    assert not any(may(None, deed) for deed in MATRIX)


@pytest.mark.parametrize("who", [CLARA, RITA, ANNA])
def test_the_team_is_the_admins_alone(who: Sender) -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, who, "add 77 admin Me")

    assert scene.work.team.member(77) is None
    assert scene.last(who).startswith(STRANGER if who is ANNA else "This is for: admin. You are")
    assert scene.audited() == ["refused"]

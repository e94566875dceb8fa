"""Every staff deed, for every role and for people without one."""

from collections.abc import Callable

import pytest

from bot.care.model.desk_rights import DeskRights
from bot.care.model.inbound import Sender
from bot.care.model.people import Role
from bot.care.model.permissions import COMMANDS, MATRIX, commands_of
from tests.care.scene import ANNA, CLARA, MARIA, RITA, ROLES, Scene, a_scene

REFUSED = ("I am the aftercare helper", "This is for: ")
"""To somebody unknown, and to a member whose role may not."""
ELSEWHERE = {"alerts", "unsend"}
"""Their own services ask the same doorkeeper."""

DEEDS: dict[str, Callable[[Scene, Sender], None]] = {
    "enroll": lambda scene, who: scene.office.enrolling.enrol(scene.work, who, "Zoe pico"),
    "import": lambda scene, who: scene.office.importing.explain(scene.work, who),
    "session": lambda scene, who: scene.office.sessions.session(scene.work, who, "A-1"),
    "reschedule": lambda scene, who: scene.office.sessions.reschedule(scene.work, who, "A-1 +4w"),
    "cancel": lambda scene, who: scene.office.sessions.cancel(scene.work, who, "A-1"),
    "correct": lambda scene, who: scene.office.sessions.correct(scene.work, who, "A-1 area=neck"),
    "window": lambda scene, who: scene.office.overriding.command(scene.work, who, "A-1 makeup after=5"),
    "health": lambda scene, who: scene.office.health_noting.command(scene.work, who, "A-1"),
    "patients": lambda scene, who: scene.office.seeing.patients(scene.work, who),
    "patient": lambda scene, who: scene.office.seeing.patient(scene.work, who, "A-1"),
    "digest": lambda scene, who: scene.office.digesting.command(scene.work, who, ""),
    "templates": lambda scene, who: scene.office.seeing.templates(scene.work, who, ""),
    "oncall": lambda scene, who: scene.office.on_calling.command(scene.work, who, ""),
    "drill": lambda scene, who: scene.office.drilling.command(scene.work, who, ""),
    "hold": lambda scene, who: scene.office.holding.command(scene.work, who, ""),
    "unanswered": lambda scene, who: scene.office.unanswered.command(scene.work, who),
    "staff": lambda scene, who: scene.office.staffing.command(scene.work, who, ""),
    "content": lambda scene, who: scene.office.browsing.command(scene.work, who),
    "desk": lambda scene, who: scene.office.teaming.make_desk(
        scene.work, who, title="", is_forum=False, rights=DeskRights()
    ),
}


def test_no_command_is_left_out() -> None:
    assert set(DEEDS) == set(COMMANDS) - ELSEWHERE
    assert set(COMMANDS) <= set(MATRIX)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_offered_what_it_may_do_and_nothing_else(role: Role) -> None:
    assert set(commands_of(role)) == {command for command in COMMANDS if role in MATRIX[command]}
    assert ("correct" in commands_of(role)) == (role is not Role.RECEPTION)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", [MARIA, CLARA, RITA, ANNA], ids=["admin", "clinician", "reception", "patient"])
def test_a_role_may_do_what_is_written_and_nothing_else(deed: str, who: Sender) -> None:
    scene = a_scene()
    scene.enrol("Anna picosure next=+4w", by=MARIA)
    scene.join(ANNA)
    role: Role | None = ROLES.get(who)

    DEEDS[deed](scene, who)

    refused = scene.last(who).startswith(REFUSED)
    assert refused == (role not in MATRIX[deed])
    assert ("refused" in scene.audited()) == refused

"""Who joins the team by link, whose role changes, who leaves, and what each of them sees of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.delivery import ActKind
from bot.care.model.escalation import Escalation, EscalationState
from bot.care.model.inbound import Sender
from bot.care.model.people import Member, Role
from bot.care.model.triage import Level
from tests.care.scene import ANNA, BERT, CLARA, MARIA, RITA, Scene, a_scene, at_desk

NADIA = Sender(77, 77, "Nadia")


def invite(scene: Scene, words: str = "clinician Nadia K", by: Sender = MARIA) -> str:
    scene.office.staffing.command(scene.work, by, f"invite {words}")
    return scene.token()


def follow(scene: Scene, who: Sender, token: str) -> None:
    scene.office.joining.open(scene.work, who, token)
    scene.deliver()


def role_of(scene: Scene, who: Sender) -> Role | None:
    member = scene.work.team.member(who.account)
    return None if member is None else member.role


def test_a_colleague_joins_by_a_link_with_the_role_it_names() -> None:
    scene = a_scene()

    follow(scene, NADIA, invite(scene))

    member = scene.work.team.member(NADIA.account)
    assert member is not None
    assert (member.name, member.role, member.reachable) == ("Nadia K", Role.CLINICIAN, False)
    assert any("Nadia K joined the team by link: clinician" in text for text in scene.heard(MARIA))
    assert "TEST ALERT" in scene.heard(NADIA)[0]
    assert "You are on the team of" in scene.last(NADIA)
    assert scene.audited()[-2:] == ["staff-link", "staff-joined"]


def test_a_link_works_once_and_the_second_one_looks_like_any_bad_link() -> None:
    scene = a_scene()
    token = invite(scene)
    follow(scene, NADIA, token)

    follow(scene, ANNA, token)
    follow(scene, BERT, "x" * 43)

    assert scene.last(ANNA) == scene.last(BERT)
    assert role_of(scene, ANNA) is None
    assert "opened the used link for clinician Nadia K" in scene.last(MARIA)


def test_a_link_is_shown_once_and_goes_when_it_is_used() -> None:
    scene = a_scene()
    token = invite(scene)
    assert sum(token in text for text in scene.heard(MARIA)) == 1

    follow(scene, NADIA, token)

    shown = [act for chat, act in scene.arrived if chat == MARIA.chat and act.kind is ActKind.EDIT]
    assert [act.text for act in shown] == ["Link used: Nadia K is on the team now, clinician."]
    assert all(not act.keyboard for act in shown)
    scene.office.staffing.command(scene.work, MARIA, "")
    assert token not in scene.last(MARIA)


def test_at_the_desk_the_link_is_given_to_the_admin_alone() -> None:
    scene = a_scene()

    token = invite(scene, by=at_desk(MARIA))

    assert not any(token in text for text in scene.heard(at_desk(MARIA)))
    assert "sent you the link privately" in scene.last(at_desk(MARIA))
    assert token in scene.last(MARIA)


def test_a_link_runs_out_after_a_day() -> None:
    scene = a_scene()
    token = invite(scene)
    scene.clock.later(hours=24)

    follow(scene, NADIA, token)

    assert role_of(scene, NADIA) is None
    assert "after it had ended" in scene.last(MARIA)


def test_a_link_is_taken_back_by_a_tap() -> None:
    scene = a_scene()
    token = invite(scene)

    scene.tap(MARIA, "Take back: clinician Nadia K")
    follow(scene, NADIA, token)

    assert role_of(scene, NADIA) is None
    assert any("Link taken back by Maria" in text for text in scene.heard(MARIA))
    scene.tap(MARIA, "Take back: clinician Nadia K")
    assert "Too late to take back" in scene.last(MARIA)


def test_an_open_link_can_be_taken_back_from_the_list_too() -> None:
    scene = a_scene()
    token = invite(scene)

    scene.office.staffing.command(scene.work, MARIA, "")
    assert "Take back: clinician Nadia K" in scene.buttons(MARIA)
    scene.tap(MARIA, "Take back: clinician Nadia K")
    follow(scene, NADIA, token)

    assert role_of(scene, NADIA) is None


def test_an_admin_who_tries_the_link_neither_uses_it_up_nor_loses_a_role() -> None:
    scene = a_scene()
    token = invite(scene, "reception")

    follow(scene, MARIA, token)

    assert role_of(scene, MARIA) is Role.ADMIN
    assert "on the team already" in scene.last(MARIA)
    follow(scene, NADIA, token)
    assert role_of(scene, NADIA) is Role.RECEPTION


def test_links_of_an_admin_who_is_one_no_more_do_nothing() -> None:
    scene = a_scene()
    scene.work.team.save(replace(scene.work.team.members()[1], role=Role.ADMIN))
    token = invite(scene, "admin", by=CLARA)

    scene.office.staffing.command(scene.work, MARIA, "remove Clara")
    scene.tap(MARIA, "Yes, do this")
    follow(scene, CLARA, token)

    assert role_of(scene, CLARA) is None


def test_a_role_changes_after_a_second_tap_and_back_by_undo() -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, "")
    scene.tap(MARIA, "Rita")
    scene.tap(MARIA, "Make clinician")
    assert role_of(scene, RITA) is Role.RECEPTION
    scene.tap(MARIA, "Yes, do this")

    assert role_of(scene, RITA) is Role.CLINICIAN
    assert "You are clinician on the team now" in scene.last(RITA)
    scene.tap(MARIA, "Undo")
    assert role_of(scene, RITA) is Role.RECEPTION
    changes = [event for event in scene.work.audit.tail(9) if event.deed.startswith("team-")]
    assert [(one.deed, one.subject, one.detail) for one in changes] == [
        ("team-changed", "member:3", "clinician"),
        ("team-put-back", "member:3", "reception"),
    ]


def test_only_the_admin_who_was_asked_may_answer_and_only_for_ten_minutes() -> None:
    scene = a_scene()
    scene.work.team.save(replace(scene.work.team.members()[1], role=Role.ADMIN))
    scene.office.staffing.command(scene.work, at_desk(MARIA), "remove Rita")

    scene.tap(at_desk(CLARA), "Yes, do this")
    assert role_of(scene, RITA) is Role.RECEPTION
    scene.clock.later(minutes=11)
    scene.tap(at_desk(MARIA), "Yes, do this")

    assert role_of(scene, RITA) is Role.RECEPTION
    assert "team-removed" not in scene.audited()


def test_who_is_removed_hears_of_it_and_is_back_by_undo_as_they_were() -> None:
    scene = a_scene()
    before = scene.work.team.member(RITA.account)

    scene.office.staffing.command(scene.work, MARIA, "remove Rita")
    scene.tap(MARIA, "Yes, do this")

    assert role_of(scene, RITA) is None
    assert scene.last(RITA).startswith("You are no longer on the team of")
    scene.tap(MARIA, "Undo")
    after = scene.work.team.member(RITA.account)
    assert before is not None
    assert after is not None
    assert (after.name, after.role, after.tested_at) == (before.name, before.role, before.tested_at)


def test_a_button_in_the_chat_of_somebody_who_left_does_nothing_and_says_so() -> None:
    scene = a_scene()
    patient = scene.enrol("Anna picosure", by=RITA)
    scene.work.team.remove(RITA.account)

    scene.tap(replace(RITA, tapped=True), "New link")

    assert scene.last(RITA).startswith("That button is for the team of")
    assert scene.work.invitations.latest(patient.id) is not None
    assert scene.audited()[-1] == "refused"


def test_the_open_alerts_of_somebody_who_leaves_ring_again() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure", by=MARIA)
    scene.join(ANNA)
    alerting = scene.office.staffing.changing.card
    patient = scene.people()[-1]
    escalating = scene.office.escalating
    case = escalating.alerting.raise_alert(
        scene.work, patient, level=None, reason="help", words="call me", at=scene.clock.now()
    )
    clara = scene.work.team.member(CLARA.account)
    assert clara is not None
    escalating.take(scene.work, case, clara, at=scene.clock.now())
    scene.deliver()

    scene.office.staffing.command(scene.work, MARIA, "remove Clara")
    scene.tap(MARIA, "Yes, do this")

    again = scene.work.escalations.get(case.id)
    assert (again.state, again.owner) == (EscalationState.OPEN, None)
    note = alerting.knowing.speaking.staff("team/handed-over", member_name="Clara")
    assert any(note in text for text in scene.heard(at_desk(MARIA)))
    assert any("handed over: 1" in text for text in scene.heard(MARIA))


def test_of_two_admins_who_remove_each_other_one_stays() -> None:
    scene = a_scene()
    scene.work.team.save(replace(scene.work.team.members()[1], role=Role.ADMIN))
    scene.office.staffing.command(scene.work, MARIA, "remove Clara")
    scene.office.staffing.command(scene.work, CLARA, "remove Maria")

    scene.tap(MARIA, "Yes, do this")
    scene.tap(CLARA, "Yes, do this")

    assert [one.account for one in scene.work.team.members() if one.role is Role.ADMIN] == [MARIA.account]


@pytest.mark.parametrize("words", ["role Nobody clinician", "remove Nobody"])
def test_a_name_that_nobody_has_is_said(words: str) -> None:
    scene = a_scene()

    scene.office.staffing.command(scene.work, MARIA, words)

    assert "Nobody on the team is called <b>Nobody</b>" in scene.last(MARIA)


def test_help_says_of_every_command_who_may_use_it() -> None:
    scene = a_scene()

    scene.office.joining.start(scene.work, RITA)

    assert "/correct (admin, clinician)" in scene.last(RITA)
    assert "/staff (admin)" in scene.last(RITA)
    scene.office.joining.start(scene.work, MARIA)
    assert "For others" not in scene.last(MARIA)


def test_links_of_a_day_ago_are_no_longer_offered() -> None:
    scene = a_scene()
    invite(scene)
    scene.clock.later(hours=24, seconds=1)

    assert scene.work.staff_links.open(at=scene.clock.now()) == []
    assert scene.work.staff_links.open(at=scene.clock.now() - timedelta(hours=2)) != []


def takes(scene: Scene, who: Sender, reason: str, level: Level) -> int:
    """An alert that somebody has; its id."""
    anna = scene.enrol("Anna picosure")
    taken = Escalation(anna.id, scene.clock.now(), level, reason, "...").acknowledge(who.account, at=scene.clock.now())
    return scene.work.escalations.add(taken).id


def becomes(scene: Scene, name: str, role: str) -> None:
    scene.office.staffing.command(scene.work, MARIA, "")
    scene.tap(MARIA, name)
    scene.tap(MARIA, f"Make {role}")
    scene.tap(MARIA, "Yes, do this")


def test_who_becomes_reception_hands_over_what_they_had() -> None:
    scene = a_scene()
    case = takes(scene, CLARA, "RF-U1", Level.URGENT)

    becomes(scene, "Clara", "reception")

    assert scene.work.escalations.get(case).state is EscalationState.OPEN
    assert "Clara had this and has another role now" in scene.last(-100)
    assert "Open alerts handed over: 1" in scene.last(MARIA)


@pytest.mark.parametrize("role", ["reception", "admin"])
def test_self_harm_stays_with_clinicians_when_whoever_had_it_is_one_no_more(role: str) -> None:
    scene = a_scene()
    scene.work.team.add(Member(NADIA.account, "Nadia", Role.CLINICIAN, scene.clock.now(), scene.clock.now()))
    case = takes(scene, CLARA, "RF-E5", Level.EMERGENCY)
    before = len(scene.heard(CLARA))

    becomes(scene, "Clara", role)
    scene.office.escalating.overdue(scene.work, at=scene.clock.now() + timedelta(minutes=31))

    assert scene.work.escalations.get(case).owner is None
    assert "Self-harm" in scene.last(NADIA)
    assert not any("Self-harm" in text for text in scene.heard(CLARA)[before:])


def test_an_admin_keeps_what_is_no_secret() -> None:
    scene = a_scene()
    case = takes(scene, CLARA, "RF-U1", Level.URGENT)

    becomes(scene, "Clara", "admin")

    assert scene.work.escalations.get(case).owner == CLARA.account
    assert "Clara is admin now." in scene.last(MARIA)

"""Somebody unknown joins the staff's group: until an admin decides it hears nothing of patients."""

from dataclasses import replace

import pytest

from bot.care.model.delivery import Act, ActKind, DeliveryState, Lane
from bot.care.model.desk_rights import DeskRights
from bot.care.model.inbound import Said, Sender
from bot.care.model.people import Contact, Desk, Member, Role
from bot.care.model.purpose import Purpose
from bot.care.services.open_desk import is_held, open_desk
from bot.care.services.posting import post, put
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, Scene, a_scene, at_desk

EVE = Sender(9_999, DESK, "Eve", private=False)
JOINED = "joined the staff group and is not on the team"
CLEAR = "I speak about patients there again"
PAUSED = "Please write to me privately"


def comes(scene: Scene, account: int = EVE.account, name: str = "Eve", chat: int = DESK) -> None:
    scene.office.guarding.joined(scene.work, chat, account, name)
    scene.deliver()


def with_eve() -> Scene:
    scene = a_scene()
    comes(scene)
    return scene


def is_open(scene: Scene) -> bool:
    return open_desk(scene.work) is not None


def ban_ends(scene: Scene, state: DeliveryState) -> None:
    row = next(row for row in scene.records.memory.deliveries.values() if row.purpose is Purpose.GUEST_REMOVAL)
    scene.office.guarding.ban_ended(scene.work, replace(row, state=state), at=scene.clock.now())
    scene.deliver()


def test_the_group_and_every_admin_are_told_at_once_and_nobody_else() -> None:
    scene = with_eve()

    assert not is_open(scene)
    assert JOINED in scene.last(DESK)
    assert JOINED in scene.last(MARIA)
    assert scene.heard(CLARA) == scene.heard(RITA) == []
    assert "guest-joined" in scene.audited()


def test_two_updates_about_one_arrival_count_once() -> None:
    scene = with_eve()

    comes(scene)

    assert [JOINED in text for text in scene.heard(MARIA)] == [True]


@pytest.mark.parametrize(
    ("account", "chat"),
    [pytest.param(RITA.account, DESK, id="a colleague"), pytest.param(EVE.account, -5, id="another group")],
)
def test_a_colleague_and_another_group_are_of_no_concern(account: int, chat: int) -> None:
    scene = a_scene()

    comes(scene, account, chat=chat)

    assert is_open(scene)
    assert scene.heard(DESK) == []


def test_who_may_stay_is_decided_once_by_an_admin_and_a_second_tap_says_by_whom() -> None:
    scene = with_eve()
    scene.work.team.save(replace(scene.work.team.members()[1], role=Role.ADMIN))

    scene.tap(MARIA, "They may stay")
    scene.tap(at_desk(CLARA), "Take them out")

    assert is_open(scene)
    assert "Maria decided it" in scene.last(DESK)
    assert any(CLEAR in text for text in scene.heard(MARIA))
    assert scene.audited().count("guest-stays") == 1
    assert "guest-out" not in scene.audited()


@pytest.mark.parametrize("who", [CLARA, RITA])
def test_nobody_but_an_admin_decides(who: Sender) -> None:
    scene = with_eve()

    scene.tap(at_desk(who), "They may stay")

    assert not is_open(scene)
    assert "This is for: admin" in scene.last(DESK)


def test_taken_out_the_group_is_closed_until_they_are_out() -> None:
    scene = with_eve()

    scene.tap(MARIA, "Take them out")
    assert scene.work.team.guests(DESK)[0].decided_by is None
    scene.tap(MARIA, "Yes, do this")
    meanwhile = is_open(scene)
    ban_ends(scene, DeliveryState.SENT)

    assert [act.member for where, act in scene.arrived if act.kind is ActKind.BAN] == [EVE.account]
    assert (meanwhile, is_open(scene)) == (False, True)
    assert CLEAR in scene.last(DESK)
    assert "guest-out" in scene.audited()


def test_both_messages_say_what_was_decided_and_lose_their_buttons() -> None:
    scene = with_eve()

    scene.tap(at_desk(MARIA), "Take them out")
    scene.tap(at_desk(MARIA), "Yes, do this")

    edits = [act for where, act in scene.arrived if where == DESK and act.kind is ActKind.EDIT]
    assert len({act.target.message for act in edits if act.target}) == 2
    assert all("Maria has me take Eve" in act.text and not act.keyboard for act in edits)


def test_who_is_taken_out_needs_the_same_admins_second_tap() -> None:
    scene = with_eve()
    scene.work.team.save(replace(scene.work.team.members()[1], role=Role.ADMIN))

    scene.tap(at_desk(MARIA), "Take them out")
    scene.tap(at_desk(CLARA), "Yes, do this")

    assert scene.work.team.guests(DESK)[0].decided_by is None
    scene.tap(at_desk(MARIA), "Leave it as it is")
    scene.tap(at_desk(MARIA), "They may stay")
    assert is_open(scene)


def test_somebody_quicker_between_the_two_taps_is_named() -> None:
    scene = with_eve()
    scene.work.team.save(replace(scene.work.team.members()[1], role=Role.ADMIN))
    scene.tap(MARIA, "Take them out")
    scene.tap(at_desk(CLARA), "They may stay")

    scene.tap(MARIA, "Yes, do this")

    assert "Clara decided it" in scene.last(MARIA)
    assert ActKind.BAN not in [act.kind for _, act in scene.arrived]


def test_where_the_bot_may_not_the_admins_are_told_to_and_may_decide_otherwise() -> None:
    scene = with_eve()
    scene.tap(MARIA, "Take them out")
    scene.tap(MARIA, "Yes, do this")

    ban_ends(scene, DeliveryState.FAILED)
    told = scene.last(MARIA)
    scene.tap(MARIA, "They may stay")

    assert "please remove them there" in told
    assert is_open(scene)


def test_it_is_over_when_they_leave() -> None:
    scene = with_eve()

    scene.office.guarding.left(scene.work, DESK, EVE.account)

    assert is_open(scene)
    assert CLEAR in scene.last(DESK)
    assert scene.work.team.guests(DESK) == []


def test_it_is_over_when_they_join_the_team() -> None:
    scene = with_eve()

    scene.work.team.add(Member(EVE.account, "Eve", Role.RECEPTION, scene.clock.now()))
    at_once = is_open(scene)
    scene.tap(MARIA, "Take them out")
    scene.office.guarding.follow(scene.work, at=scene.clock.now())

    assert at_once
    assert ActKind.BAN not in [act.kind for _, act in scene.arrived]
    assert CLEAR in scene.last(MARIA)


def test_of_two_the_second_keeps_it_closed() -> None:
    scene = with_eve()
    comes(scene, 9_998, "Ada")

    scene.office.guarding.left(scene.work, DESK, EVE.account)

    assert not is_open(scene)
    assert CLEAR not in scene.last(DESK)


def crowded() -> Scene:
    """Eve, and sixty more behind her before anything has left."""
    scene = a_scene()
    for number in range(61):
        scene.office.guarding.joined(scene.work, DESK, 9_000 + number, f"G{number:02}")
    return scene


def test_of_a_crowd_that_joins_everybody_is_told_in_few_messages() -> None:
    scene = crowded()
    scene.deliver()
    at_once = len(scene.heard(MARIA))

    scene.clock.later(minutes=1)

    told = scene.heard(MARIA)
    assert at_once == 1
    assert len(told) < 10
    assert all(f"<b>G{number:02}</b> joined" in "".join(told) for number in range(61))
    assert len(scene.heard(DESK)) == len(told)


def test_each_of_a_crowd_is_decided_about_and_the_others_keep_their_buttons() -> None:
    scene = crowded()
    scene.deliver()
    scene.clock.later(minutes=1)
    scene.deliver()
    shown = len(scene.buttons(MARIA))
    names = [label for label in scene.buttons(MARIA) if label.endswith("may stay")]
    first, second = (name.removesuffix(" may stay") for name in names[:2])

    scene.tap(MARIA, f"{first} may stay")
    scene.tap(MARIA, f"Take {second} out")
    scene.tap(MARIA, "Yes, do this")

    edits = [act for where, act in scene.arrived if where == MARIA.chat and act.kind is ActKind.EDIT]
    left = max(edits[-2:], key=lambda act: len(act.keyboard))
    assert len(left.keyboard) == shown / 2 - 2
    assert not any(name in button.label for row in left.keyboard for button in row for name in (first, second))
    stays = {guest.name: (guest.decided_by is not None, guest.stays) for guest in scene.work.team.guests(DESK)}
    assert (stays[first], stays[second]) == ((True, True), (True, False))


def test_who_was_let_in_and_comes_again_is_asked_about_again() -> None:
    scene = with_eve()
    scene.tap(MARIA, "They may stay")

    scene.office.guarding.left(scene.work, DESK, EVE.account)
    comes(scene)

    assert not is_open(scene)


def test_commands_there_are_answered_with_who_is_the_reason_and_do_nothing() -> None:
    scene = with_eve()

    scene.office.enrolling.enrol(scene.work, at_desk(RITA), "Anna picosure")

    assert scene.people() == []
    assert "<b>Eve</b>" in scene.last(DESK)
    assert PAUSED in scene.last(DESK)


def test_privately_everything_goes_on_and_the_team_page_says_why_the_group_is_silent() -> None:
    scene = with_eve()

    scene.office.enrolling.enrol(scene.work, RITA, "Anna picosure")
    scene.office.staffing.command(scene.work, MARIA, "")

    assert len(scene.people()) == 1
    assert "Paused there" in scene.last(MARIA)
    assert "Eve" in scene.last(MARIA)


def test_a_reply_there_is_not_carried_out_and_talk_is_left_alone() -> None:
    scene = with_eve()
    guarding, before = scene.office.guarding, len(scene.heard(DESK))

    talk = guarding.stops(scene.work, Said(at_desk(RITA), "who is that?", 71))
    reply = guarding.stops(scene.work, Said(at_desk(RITA), "use the ointment", 72, reply_to=4))
    strangers = guarding.stops(scene.work, Said(EVE, "hello", 73, reply_to=4))

    assert (talk, reply, strangers) == (True, True, True)
    assert [PAUSED in text for text in scene.heard(DESK)[before:]] == [True]


# --- what waits ------------------------------------------------------------------------------------------------------


def closed_ward() -> Ward:
    ward = a_ward()
    ward.office.guarding.joined(ward.work, DESK, EVE.account, "Eve")
    ward.deliver()
    return ward


def test_a_new_alert_reaches_people_and_not_the_group() -> None:
    ward = closed_ward()

    ward.says(ANNA, "yellow pus is coming out of my cheek")

    assert ward.alerts() == []
    assert ward.alerts(CLARA.chat)


def test_an_alert_that_waits_reaches_people_at_once_and_only_once() -> None:
    ward = a_ward()
    ward.says(ANNA, "yellow pus is coming out of my cheek")
    waiting = next(row for row in ward._rows() if row.contact.chat == DESK and row.purpose is Purpose.ALERT)
    guarding, before = ward.office.guarding, len(ward.alerts(CLARA.chat))

    guarding.joined(ward.work, DESK, EVE.account, "Eve")
    for _ in range(2):
        guarding.hold(ward.work, waiting, at=ward.clock.now())

    assert is_held(ward.work, waiting)
    assert len(ward.alerts(CLARA.chat)) == before + 1


def test_further_words_of_the_patient_reach_people_too() -> None:
    ward = a_ward()
    ward.says(ANNA, "yellow pus is coming out of my cheek")
    ward.office.guarding.joined(ward.work, DESK, EVE.account, "Eve")
    ward.says(ANNA, "now my other cheek is leaking yellow pus as well")
    notes = [row for row in ward._rows() if row.contact.chat == DESK and row.purpose is Purpose.NOTE]

    for row in (*notes, *notes):
        ward.office.guarding.hold(ward.work, row, at=ward.clock.now())

    assert notes
    assert sum("other cheek" in act.text for act in ward.alerts(CLARA.chat)) == 1


@pytest.mark.parametrize(
    ("act", "held"),
    [
        pytest.param(Act(ActKind.SEND, Contact(DESK), "Anna ..."), True, id="words"),
        pytest.param(Act(ActKind.EDIT, Contact(DESK), "Anna ..."), True, id="an edit"),
        pytest.param(Act(ActKind.TOPIC_OPEN, Contact(DESK), "Anna"), True, id="a topic"),
        pytest.param(Act(ActKind.BAN, Contact(DESK), member=9), False, id="taking out"),
        pytest.param(Act(ActKind.DELETE, Contact(DESK)), False, id="deleting"),
        pytest.param(Act(ActKind.SEND, Contact(MARIA.chat), "Anna ..."), False, id="privately"),
    ],
)
def test_what_says_something_of_patients_is_held_back(act: Act, held: bool) -> None:  # noqa: FBT001
    scene = with_eve()

    assert is_held(scene.work, put(scene.work, act, at=scene.clock.now())) is held


def test_alerts_of_meanwhile_come_to_the_group_once_it_is_clear_but_for_what_is_confided() -> None:
    ward = a_ward()
    ward.says(ANNA, "pus and fever")
    comes(ward)
    ward.says(ANNA, "my throat is closing")
    ward.says(ANNA, "I want to kill myself")
    before = len(ward.alerts())

    ward.office.guarding.left(ward.work, DESK, EVE.account)
    ward.deliver()

    (alert,) = [act for act in ward.alerts()[before:] if "Said: " in act.text]
    assert "throat" in alert.text


def test_what_somebody_took_meanwhile_comes_with_who_has_it() -> None:
    ward = closed_ward()
    ward.says(ANNA, "my throat is closing")
    ward.tap(CLARA, "I have it")

    ward.office.guarding.left(ward.work, DESK, EVE.account)
    ward.deliver()

    (alert,) = [act for act in ward.alerts() if "Said: " in act.text]
    assert "✓ Clara has it" in alert.text


def test_what_waited_leaves_when_the_group_is_clear() -> None:
    scene = with_eve()
    now = scene.clock.now()
    row = post(scene.work, Contact(DESK), "Anna stopped", at=now, lane=Lane.REPLY)
    scene.office.guarding.hold(scene.work, row, at=now)
    assert "Anna stopped" not in scene.heard(DESK)

    scene.office.guarding.left(scene.work, DESK, EVE.account)

    assert "Anna stopped" in scene.heard(DESK)


def test_what_waited_for_a_group_that_is_the_desk_no_longer_goes_to_the_one_that_is() -> None:
    scene = with_eve()
    now = scene.clock.now()
    row = post(scene.work, Contact(DESK), "Anna stopped", at=now, purpose=Purpose.NOTICE)
    scene.work.team.set_desk(Desk(Contact(-200), "New room", is_forum=False, set_by=1, set_at=now))

    scene.office.guarding.hold(scene.work, row, at=now)

    assert "Anna stopped" not in scene.heard(DESK)
    assert scene.heard(-200) == ["Anna stopped"]
    assert is_open(scene)


def test_a_desk_made_elsewhere_is_open_and_the_admins_hear_where_what_waited_comes() -> None:
    scene = with_eve()
    row = post(scene.work, Contact(DESK), "Anna stopped", at=scene.clock.now(), purpose=Purpose.NOTICE)
    scene.office.guarding.hold(scene.work, row, at=scene.clock.now())

    elsewhere = replace(at_desk(MARIA), chat=-200)
    scene.office.teaming.make_desk(scene.work, elsewhere, title="New room", is_forum=False, rights=DeskRights())

    assert is_open(scene)
    assert scene.work.outbox.get(row.id).due_at == scene.clock.now()
    assert any("The staff chat is New room now" in text for text in scene.heard(MARIA))


# --- who was there before us -----------------------------------------------------------------------------------------


def test_whoever_writes_there_and_is_not_on_the_team_is_a_guest_too() -> None:
    scene = a_scene()

    stopped = scene.office.guarding.stops(scene.work, Said(EVE, "hello all", 71))

    assert stopped
    assert not is_open(scene)
    assert "is in the staff group and not on the team" in scene.last(DESK)
    assert "is in the staff group and not on the team" in scene.last(MARIA)
    assert scene.buttons(MARIA) == ["They may stay", "Take them out"]


def test_who_may_stay_is_not_asked_about_at_their_next_word() -> None:
    scene = a_scene()
    scene.office.guarding.meets(scene.work, EVE)
    scene.tap(MARIA, "They may stay")

    stopped = scene.office.guarding.stops(scene.work, Said(EVE, "hello all", 71))

    assert not stopped
    assert is_open(scene)


@pytest.mark.parametrize("who", [at_desk(RITA), replace(EVE, chat=-5), replace(EVE, chat=EVE.account, private=True)])
def test_colleagues_other_groups_and_private_words_are_of_no_concern(who: Sender) -> None:
    scene = a_scene()

    scene.office.guarding.stops(scene.work, Said(who, "hello all", 71))

    assert is_open(scene)

"""Who is taken off the team is taken out of the staff group, or every admin is told to do it."""

from dataclasses import replace

from bot.care.model.delivery import Act, ActKind, Delivery
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.services.group_seat import not_taken_out
from bot.care.services.open_desk import open_desk
from bot.care.services.staff_words import StaffWords
from tests.care.scene import CLARA, DESK, MARIA, RITA, Scene, a_scene

YES = "Yes, do this"


def without_rita() -> Scene:
    scene = a_scene()
    scene.office.staffing.command(scene.work, MARIA, "remove Rita")
    scene.tap(MARIA, YES)
    return scene


def acts(scene: Scene, kind: ActKind) -> list[Act]:
    return [act for where, act in scene.arrived if where == DESK and act.kind is kind]


def removal(scene: Scene) -> Delivery:
    return next(row for row in scene.records.memory.deliveries.values() if row.purpose is Purpose.DESK_REMOVAL)


def test_off_the_team_is_out_of_the_group() -> None:
    scene = without_rita()

    assert [act.member for act in acts(scene, ActKind.BAN)] == [RITA.account]
    assert "I am taking them out of the staff group" in scene.last(MARIA)


def test_undone_they_may_join_it_again_and_the_admin_hears_that_somebody_must_ask_them() -> None:
    scene = without_rita()

    scene.tap(MARIA, "Undo")

    assert [act.member for act in acts(scene, ActKind.UNBAN)] == [RITA.account]
    assert "please add them there" in scene.last(MARIA)


def test_who_comes_back_by_a_link_may_join_it_again() -> None:
    scene = without_rita()
    scene.office.staffing.command(scene.work, MARIA, "invite reception Rita")

    scene.office.joining.open(scene.work, RITA, scene.token())
    scene.deliver()

    assert [act.member for act in acts(scene, ActKind.UNBAN)] == [RITA.account]


def test_where_the_bot_may_not_the_group_is_closed_until_an_admin_decides() -> None:
    scene = without_rita()

    is_seen_to = scene.office.guarding.stayed(scene.work, removal(scene))

    assert is_seen_to
    assert open_desk(scene.work) is None
    assert "please remove them there now" in scene.last(MARIA)
    assert "I say nothing about patients in the group" in scene.last(DESK)
    scene.tap(MARIA, "They may stay")
    assert open_desk(scene.work) is not None


def test_who_is_back_meanwhile_closes_nothing() -> None:
    scene = without_rita()
    scene.tap(MARIA, "Undo")

    scene.office.guarding.stayed(scene.work, removal(scene))

    assert open_desk(scene.work) is not None


def test_what_is_the_desk_no_longer_is_not_closed() -> None:
    scene = without_rita()
    desk = scene.work.team.desk()
    assert desk is not None
    scene.work.team.set_desk(replace(desk, contact=Contact(-200)))

    assert not scene.office.guarding.stayed(scene.work, removal(scene))
    assert open_desk(scene.work) is not None


def test_where_the_bot_may_not_every_admin_is_told_to_do_it() -> None:
    scene = without_rita()

    not_taken_out(scene.work, StaffWords(scene.office.staffing.changing.speaking), removal(scene), at=scene.clock.now())

    assert "Rita is no longer on the team, but I could not take them out" in scene.last(MARIA)
    assert "please remove them there now" in scene.last(MARIA)
    assert "could not take them out" not in scene.last(CLARA)


def test_who_is_back_meanwhile_is_not_complained_about() -> None:
    scene = without_rita()
    scene.tap(MARIA, "Undo")

    not_taken_out(scene.work, StaffWords(scene.office.staffing.changing.speaking), removal(scene), at=scene.clock.now())

    assert "could not take them out" not in scene.last(MARIA)


def test_without_a_group_nobody_is_taken_out_of_one() -> None:
    scene = a_scene()
    scene.records.memory.desks.clear()
    scene.office.staffing.command(scene.work, MARIA, "remove Rita")

    scene.tap(MARIA, YES)

    assert not any(
        row.purpose in (Purpose.DESK_REMOVAL, Purpose.DESK_RETURN) for row in scene.records.memory.deliveries.values()
    )
    assert "staff group" not in scene.last(MARIA)

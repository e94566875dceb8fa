"""A drill reaches everybody of a real alert's chain, says what it is, and its result says what it showed."""

import pytest

from bot.care.model.delivery import DeliveryState
from bot.care.model.page import MAIL, WEBHOOK
from tests.care.scene import CLARA, DESK, MARIA, RITA, Scene, a_scene, at_desk

EVERYWHERE = (DESK, MARIA, CLARA)


def a_paged_scene() -> Scene:
    return a_scene(pagers=(WEBHOOK, MAIL))


def a_drill() -> Scene:
    scene = a_paged_scene()
    scene.office.drilling.command(scene.work, MARIA, "")
    scene.tap(MARIA, "Yes, do this")
    return scene


def passes(scene: Scene, **by: float) -> None:
    scene.clock.later(**by)
    scene.office.drilling.run(scene.work, at=scene.clock.now())


def test_it_asks_first_and_names_whom_it_wakes() -> None:
    scene = a_paged_scene()

    scene.office.drilling.command(scene.work, MARIA, "")

    assert "to the staff chat, Maria, Clara, the web hook, mail?" in scene.last(MARIA)
    assert scene.work.drills.running() is None


def test_it_goes_to_everybody_of_the_chain_and_says_that_it_is_a_drill() -> None:
    scene = a_drill()

    for chat in EVERYWHERE:
        assert any("This is a drill" in text for text in scene.heard(chat))
    assert not scene.heard(RITA)
    pages = [act.page for _, act in scene.arrived if act.page is not None]
    assert [page.why for page in pages] == ["drill"] * 2
    assert all("DRILL" in page.subject for page in pages)


def test_the_first_tap_stops_the_clock_and_everybody_reads_who_it_was() -> None:
    scene = a_drill()
    passes(scene, seconds=72)

    scene.tap(CLARA, "I have it")

    for chat in EVERYWHERE:
        assert any("<b>Clara</b> took it after 1 min 12 s." in text for text in scene.heard(chat))
    assert scene.last(MARIA).endswith("It arrived everywhere: 5 of 5 places.")
    assert scene.buttons(DESK) == []
    assert {"drill", "drill-taken"} <= set(scene.audited())


def test_only_the_first_tap_counts() -> None:
    scene = a_drill()
    passes(scene, seconds=5)
    scene.tap(CLARA, "I have it")
    told = len(scene.heard(MARIA))

    scene.tap(at_desk(RITA), "I have it")

    assert len(scene.heard(MARIA)) == told


def test_where_it_did_not_arrive_is_named() -> None:
    scene = a_paged_scene()
    scene.office.drilling.command(scene.work, MARIA, "")
    scene.deliver()
    tap = next(tap for tap in scene.records.memory.taps.values() if tap.deed == "drill-start")
    scene.office.drilling.start(scene.work, MARIA, tap)
    for row in scene.work.outbox.due(at=scene.clock.now(), limit=9):
        if row.contact in (MAIL,) or row.contact.chat == CLARA.chat:
            scene.work.outbox.settle(row.id, DeliveryState.FAILED, at=scene.clock.now())

    scene.tap(at_desk(RITA), "I have it")

    assert scene.last(MARIA).endswith(
        "It arrived at 3 of 5 places. Not there: Clara (did not arrive); mail (did not arrive)."
    )


def test_nobody_taking_it_is_a_result_too() -> None:
    scene = a_drill()
    begun = scene.clock.now()
    moment = scene.office.drilling.next_moment(scene.work, after=begun)

    passes(scene, minutes=9, seconds=59)
    assert scene.work.drills.running() is not None
    passes(scene, seconds=1)

    assert moment == scene.clock.now()
    assert "<b>nobody took it</b> within 10 min 0 s" in scene.last(MARIA)
    assert scene.office.drilling.next_moment(scene.work, after=begun) is None


def test_one_at_a_time() -> None:
    scene = a_drill()

    scene.office.drilling.command(scene.work, MARIA, "")

    assert scene.last(MARIA).startswith("A drill is running")


def test_an_admin_calls_it_off() -> None:
    scene = a_drill()

    scene.office.drilling.command(scene.work, MARIA, "stop")

    assert "Drill called off by Maria." in scene.last(DESK)
    scene.office.drilling.command(scene.work, MARIA, "stop")
    assert scene.last(MARIA).startswith("No drill is running")


@pytest.mark.parametrize("who", [CLARA, RITA], ids=["clinician", "reception"])
def test_only_an_admin_begins_one(who: object) -> None:
    scene = a_paged_scene()

    scene.office.drilling.command(scene.work, who, "")  # type: ignore[arg-type]

    assert "drill-start" not in {tap.deed for tap in scene.records.memory.taps.values()}

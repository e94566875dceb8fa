"""The next session is moved by tapping a day, in one message."""

from tests.care.scene import ANNA, CLARA, RITA, Scene, a_scene

OPEN = "Move next session"
YES = "Yes, do this"


def at_the_calendar(words: str = "Anna picosure next=+4w") -> Scene:
    scene = a_scene()
    scene.enrol(words)
    scene.join()
    scene.office.seeing.patient(scene.work, RITA, "A-1")
    scene.tap(RITA, OPEN)
    return scene


def dates(scene: Scene) -> set[str]:
    return {row.occurrence for row in scene.planned(scene.people()[0]) if row.step.startswith("PRE")}


def test_it_opens_on_the_month_of_the_session_with_its_day_marked() -> None:
    scene = at_the_calendar()

    assert "next session now Friday 18 December" in scene.last(RITA)
    assert "<b>December 2026</b>: tap the new day" in scene.last(RITA)
    assert scene.buttons(RITA)[:7] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert "[18]" in scene.buttons(RITA)


def test_the_command_without_a_date_opens_it_too() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure next=+4w")

    scene.office.sessions.reschedule(scene.work, RITA, "A-1")

    assert "<b>December 2026</b>: tap the new day" in scene.last(RITA)


def test_a_tapped_day_says_what_it_plans_anew_and_only_a_yes_does_it() -> None:
    scene = at_the_calendar()

    scene.tap(RITA, "▶")
    scene.tap(RITA, "8")
    asked = scene.last(RITA)
    assert "Friday 18 December becomes <b>Friday 8 January 2027</b>" in asked
    assert "About the new date I write on: " in asked
    assert "25 December" in asked
    assert scene.buttons(RITA) == [YES, "Another day", "Leave it as it is"]
    assert dates(scene) == {"2026-12-18"}
    scene.tap(RITA, YES)

    assert dates(scene) == {"2027-01-08"}
    assert "next session is now on 8 January 2027" in scene.last(ANNA)


def test_all_of_it_is_one_message() -> None:
    scene = at_the_calendar()
    opened = len([act for where, act in scene.arrived if where == RITA.chat and act.target is None])

    for label in ("▶", "◀", "21", "Another day", "22", YES):
        scene.tap(RITA, label)

    written = [act for where, act in scene.arrived if where == RITA.chat and act.target is None]
    assert len(written) == opened
    assert dates(scene) == {"2026-12-22"}


def test_days_that_are_over_closed_or_not_after_the_session_cannot_be_tapped() -> None:
    scene = at_the_calendar()

    scene.tap(RITA, "◀")

    labels = scene.buttons(RITA)
    assert "20" not in labels  # the session's own day
    assert "21" in labels  # a Saturday on which the clinic is open
    assert "22" not in labels  # a Sunday
    assert "◀" not in labels


def test_a_day_that_has_gone_by_meanwhile_shows_the_calendar_again() -> None:
    scene = at_the_calendar()
    scene.tap(RITA, "◀")
    scene.clock.later(days=3)

    scene.tap(RITA, "21")

    assert "tap the new day" in scene.last(RITA)
    assert dates(scene) == {"2026-12-18"}


def test_a_year_ahead_the_months_end() -> None:
    scene = at_the_calendar()

    for _ in range(12):
        if "▶" in scene.buttons(RITA):
            scene.tap(RITA, "▶")

    assert "<b>November 2027</b>" in scene.last(RITA)
    assert "▶" not in scene.buttons(RITA)


def test_somebody_else_cannot_say_yes_for_whoever_picked_the_day() -> None:
    scene = at_the_calendar()
    scene.tap(RITA, "21")
    scene.deliver()
    tap = next(tap for tap in scene.records.memory.taps.values() if tap.label == YES)

    scene.office.sessions.moved(scene.work, CLARA, tap)

    assert dates(scene) == {"2026-12-18"}


def test_left_as_it_is_the_calendar_goes() -> None:
    scene = at_the_calendar()

    scene.tap(RITA, "Leave it as it is")

    assert scene.last(RITA) == "Left as it is."
    assert scene.buttons(RITA) == []

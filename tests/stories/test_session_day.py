"""The day of the next session: who is asked, whose word counts, and what holds until then."""

from tests.stories.story import Story, text_of

SESSION = "Anna picosure 2026-10-23 next=2026-11-20"
"""The first session was four weeks ago, the next one is today, a Friday; it is 12:20."""
ASKED = "Did your session on 20 November take place?"
STAFF_ASKED = "What became of it?"
DAY_0 = "Rest, Anna."
DAY_2 = "Compared with the first evening"


async def on_the_day(story: Story, *, hour: float) -> None:
    """Today at this hour of the clinic's clock."""
    await story.agrees("Anna", await story.enrol(SESSION))
    await story.later(hours=hour - 12, minutes=-20)


def count(said: list[str], words: str) -> int:
    return sum(words in text for text in said)


async def test_staff_are_asked_at_the_planned_end_and_at_closing_and_anna_in_the_evening(story: Story) -> None:
    await on_the_day(story, hour=16.5)
    assert count(story.desk_heard(), STAFF_ASKED) == 0

    await story.later(hours=1)
    assert count(story.desk_heard(), STAFF_ASKED) == 1
    assert count(story.heard("Anna"), ASKED) == 0
    await story.later(hours=1)

    assert count(story.desk_heard(), STAFF_ASKED) == 2
    assert count(story.heard("Anna"), ASKED) == 1
    assert story.scene.playground.refusals == []


async def test_until_somebody_says_so_staff_are_asked_each_morning_anna_only_once_and_nothing_opens(
    story: Story,
) -> None:
    await on_the_day(story, hour=19)
    heard = len(story.heard("Anna"))

    await story.later(days=3)

    assert count(story.desk_heard(), STAFF_ASKED) == 2 + 3
    assert len(story.heard("Anna")) == heard
    assert "off; back on 25 November" in text_of(await story.writes("Anna", "when can i wear makeup again"))


async def test_one_tap_of_staff_starts_day_0_and_nobody_is_asked_again(story: Story) -> None:
    await on_the_day(story, hour=17.5)

    await story.staff_taps("It took place")
    assert count(story.heard("Anna"), DAY_0) == 1
    await story.later(days=1)

    assert count(story.desk_heard(), STAFF_ASKED) == 0
    assert count(story.heard("Anna"), ASKED) == 0
    assert count(story.heard("Anna"), "Day 1.") == 1
    assert story.scene.playground.refusals == []


async def test_anna_says_yes_and_day_0_comes_at_once_but_opens_nothing_before_staff_confirm(story: Story) -> None:
    await on_the_day(story, hour=19)

    await story.taps("Anna", "Yes, it took place")
    assert count(story.heard("Anna"), DAY_0) == 1
    assert "confirm" in story.desk_heard()[-1]
    await story.later(days=2, hours=15)

    # Monday morning: the check-in of day 1 came, that of day 2, which could open things, waits
    assert count(story.heard("Anna"), "Day 1.") == 1
    assert count(story.heard("Anna"), DAY_2) == 0
    assert "off; back on 25 November" in text_of(await story.writes("Anna", "when can i wear makeup again"))

    await story.staff_taps("It took place")
    assert count(story.desk_heard(), "Day 0 came before, the plan goes on.") == 1
    assert "off;" not in text_of(await story.writes("Anna", "when can i wear makeup again"))
    await story.later(days=1)
    assert count(story.heard("Anna"), "Day 3.") == 1
    assert story.scene.playground.refusals == []


async def test_there_was_no_session_after_all_so_the_old_plan_goes_on_and_anna_is_told(story: Story) -> None:
    await on_the_day(story, hour=19)
    await story.taps("Anna", "Yes, it took place")

    await story.staff_taps("It did not take place")
    assert count(story.heard("Anna"), "no session on 20 November") == 1
    await story.taps("Anna", "I have read this")
    assert "has read the correction" in story.desk_heard()[-1]
    assert "read" in text_of(await story.staff_writes("/patient A-1"))
    await story.later(days=15)

    assert count(story.heard("Anna"), "Day 42.") == 1
    assert count(story.heard("Anna"), DAY_2) == 0
    assert story.scene.playground.refusals == []


async def test_anna_says_it_was_moved_and_nothing_changes_before_staff_say_so(story: Story) -> None:
    await on_the_day(story, hour=19)

    await story.taps("Anna", "It was moved or cancelled")
    assert "your appointment has not changed yet" in story.heard("Anna")[-1]
    assert "moved or cancelled" in story.desk_heard()[-1]
    await story.later(hours=15)
    assert count(story.desk_heard(), STAFF_ASKED) == 3

    await story.staff_writes("/reschedule A-1 2026-12-11")
    await story.staff_taps("Yes, do this")
    await story.staff_taps("It took place")
    assert count(story.desk_heard(), "no longer open. How it stands for Anna now: /patient A-1") == 1
    await story.later(days=1)
    assert count(story.desk_heard(), STAFF_ASKED) == 2
    assert any("next session is now on 11 December" in text for text in story.heard("Anna"))


async def test_a_patient_who_stopped_is_not_asked_but_staff_are(story: Story) -> None:
    await story.agrees("Anna", await story.enrol(SESSION))
    await story.writes("Anna", "STOP")
    await story.taps("Anna", "Yes, stop")

    await story.later(hours=8)

    assert count(story.desk_heard(), STAFF_ASKED) == 2
    assert count(story.heard("Anna"), ASKED) == 0


async def test_a_first_session_that_was_booked_begins_on_the_patient_s_word_and_ends_with_staff_s(
    story: Story,
) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure booked=2026-11-20"))
    await story.later(hours=7)
    await story.taps("Anna", "Yes, it took place")
    assert count(story.heard("Anna"), DAY_0) == 1

    await story.staff_taps("It did not take place")
    heard = len(story.heard("Anna"))
    await story.later(days=7)

    assert len(story.heard("Anna")) == heard
    assert "before" in text_of(await story.writes("Anna", "/today")).casefold()


async def test_a_session_that_was_moved_is_asked_about_anew(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure 2026-10-23 next=2026-12-05"))
    await story.later(days=1)
    assert "In 14 days: your session on 5 December" in story.heard("Anna")[-1]
    await story.taps("Anna", "Nothing new")
    await story.staff_writes("/reschedule A-1 2026-12-19")
    await story.staff_taps("Yes, do this")

    await story.later(days=14)

    (again,) = (text for text in story.heard("Anna") if "In 14 days: your session on 19 December" in text)
    assert "Is there anything new that we should know before your session?" in again
    await story.taps("Anna", "Something new")
    assert "What is new?" in story.heard("Anna")[-1]

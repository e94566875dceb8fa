"""Days of her own: settled for Anna, said everywhere, and asked about again at her next session."""

from tests.stories.story import Story, text_of

YES = "Yes, do this"


async def test_days_settled_for_anna_are_said_before_and_used_everywhere_after(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=2026-12-18"))

    asked = text_of(await story.staff_writes("/window A-1 makeup after=5"))
    assert "makeup: 2 days after (1 to 7)" in asked
    assert "makeup: 5 days after (1 to 7)" in asked
    await story.staff_taps(YES)

    assert "makeup: off; back on 25 November" in story.heard("Anna")[-1]
    assert "25 November" in text_of(await story.writes("Anna", "when can i wear makeup again"))
    assert "Makeup: off; back on 25 November" in text_of(await story.writes("Anna", "/today"))
    card = text_of(await story.staff_writes("/patient A-1"))
    assert "makeup: 5 days after (1 to 7), settled by" in card
    assert story.scene.playground.refusals == []


async def test_beyond_the_usual_range_only_a_clinician_may_and_says_why(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=2026-12-18"))

    answer = text_of(await story.staff_writes("/window A-1 retinol after=3"))

    assert "Nothing was changed" in answer
    assert "7 to 14" in answer


async def test_at_her_next_session_they_are_asked_about_again_and_until_then_the_stricter_holds(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure 2026-10-23 next=2026-11-20"))
    await story.staff_writes("/window A-1 makeup after=5")
    await story.staff_taps(YES)
    await story.later(hours=5)
    await story.staff_taps("It took place")

    assert "own days were settled for the last one" in story.desk_heard()[-1]
    assert "25 November" in text_of(await story.writes("Anna", "when can i wear makeup again"))
    await story.staff_taps("Back to the usual days")

    assert "Makeup: off; back on 22 November" in text_of(await story.writes("Anna", "/today"))
    assert story.scene.playground.refusals == []

"""Two treatments on one day are one enrolment: one leads, what only the other says is folded in."""

from tests.stories.story import Story, text_of


async def test_what_only_the_second_treatment_says_comes_with_the_first_one_s_day(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure+acne-laser next=2026-12-18"))

    await story.later(days=7, hours=2)

    day_7 = next(text for text in story.heard("Anna") if text.startswith("Day 7."))
    assert "Spots often flare about now" in day_7
    assert day_7.count("Reply HELP for a person") == 1
    assert sum("Day 7." in text for text in story.heard("Anna")) == 1
    assert story.scene.playground.refusals == []


async def test_the_deepest_surface_leads_and_windows_take_the_later_end(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure+resurfacing"))

    today = text_of(await story.writes("Anna", "/today"))

    assert "Makeup: off; back on 30 November" in today
    card = text_of(await story.staff_writes("/patient A-1"))
    assert "+" in card

"""A closed skin opens things again, but not past a sign that nobody has looked at."""

from tests.stories.story import Story


async def on_day_7(story: Story) -> Story:
    await story.agrees("Anna", await story.enrol("Anna resurfacing"))
    await story.later(days=7)
    return story


async def test_closed_everywhere_is_good_news(story: Story) -> None:
    await (await on_day_7(story)).taps("Anna", "Closed everywhere")

    assert any("Good news" in text for text in story.heard("Anna"))


async def test_with_a_sign_still_open_nothing_changes_and_the_patient_hears_so(story: Story) -> None:
    await on_day_7(story)
    await story.writes("Anna", "my cheek is leaking yellow stuff")

    await story.taps("Anna", "Closed everywhere")

    assert any("still open with your team" in text for text in story.heard("Anna"))
    assert not any("Good news" in text for text in story.heard("Anna"))

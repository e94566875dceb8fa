"""A closed skin opens things again, but not past a sign that nobody has looked at."""

from tests.stories.story import Story, text_of


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


async def with_a_sign_on_day_1(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.later(days=1)
    await story.writes("Anna", "my cheek is leaking yellow stuff")


async def test_a_day_that_frees_something_says_first_what_is_open(story: Story) -> None:
    await with_a_sign_on_day_1(story)

    await story.later(days=1)
    day_2 = story.heard("Anna")[-1]
    await story.taps("Anna", "Better and calm")
    answer = story.heard("Anna")[-1]
    today = text_of(await story.writes("Anna", "/today"))

    assert "makeup is fine again" in day_2
    assert "One point is still open with your team, so nothing changes yet" in answer
    first = "First of all: what I told you to do about the sign you wrote of still holds"
    assert all(said.startswith(first) for said in (day_2, today))


async def test_after_emergency_care_its_words_come_first_until_the_skin_is_calm(story: Story) -> None:
    await with_a_sign_on_day_1(story)
    for label in ("I have it", "Close", "Sent to emergency care"):
        await story.staff_taps(label)

    await story.later(days=1)
    await story.taps("Anna", "Better and calm")
    await story.writes("Anna", "/today")

    told = [said.startswith("First of all: you were sent to emergency care") for said in story.heard("Anna")]
    asked = next(n for n, said in enumerate(story.heard("Anna")) if "makeup is fine again" in said)
    assert told[asked]
    assert not told[-1]

"""A night on call, through the whole house."""

from tests.stories.story import Story, text_of


async def test_an_urgent_sign_at_night_rings_at_whoever_is_on_call_and_patients_are_told_the_truth(
    story: Story,
) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    maria = story.scene.staff
    assert "on call now, until Saturday 21 November, 08:00" in str(
        (await story.staff_writes("/oncall me until tomorrow 08:00")).content["text"]
    )
    await story.later(hours=10)

    answer = await story.writes("Anna", "pus is coming out and I have fever")

    number = story.scene.premises.library.shelf.clinic.on_call_phone
    assert number in str(answer.content["text"])
    # nobody is on call from tomorrow morning on
    assert f"phone {number} now, later" in text_of(await story.writes("Anna", "/today"))
    assert any("URGENT" in text for text in story.said_in(maria))
    await story.later(minutes=10)
    assert any("Call 1 of 6" in text for text in story.said_in(maria))
    await story.staff_taps("I have it", chat=maria)
    calls = len(story.said_in(maria))
    await story.later(minutes=29)
    assert len(story.said_in(maria)) == calls
    await story.later(minutes=1)
    assert "You took this at" in story.said_in(maria)[-1]
    await story.staff_taps("I have called", chat=maria)
    reminded = len(story.said_in(maria))
    await story.later(minutes=30)
    assert len(story.said_in(maria)) == reminded


async def test_the_morning_says_whose_turn_it_is(story: Story) -> None:
    await story.staff_writes("/oncall week Mon 08:00 Maria")

    assert "On call: Maria." in str((await story.staff_writes("/digest")).content["text"])

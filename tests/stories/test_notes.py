"""A note on a closed alert, in a group in which the bot hears nothing but replies to it."""

from tests.stories.story import Story, text_of


async def test_a_reply_to_the_question_is_kept_with_the_alert_and_goes_to_nobody(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.writes("Anna", "pus is coming out and I have fever")
    await story.settled()
    await story.staff_taps("Close")
    await story.staff_taps("Advice given")
    question = next(one for one in reversed(story.messages(story.scene.desk)) if "with a note" in text_of(one))
    heard = story.heard("Anna")

    answer = await story.staff_writes("Told her to wash it twice a day", reply_to=question.message_id)
    await story.settled()

    assert text_of(answer).startswith("Noted with the closed alert")
    assert any(text.endswith("Note: Told her to wash it twice a day") for text in story.desk_heard())
    assert story.heard("Anna") == heard
    assert "“Told her to wash it twice a day”" in text_of(await story.staff_writes("/patient A-1"))

"""Anna writes of harming herself: whatever she does next she hears whom to call, and the desk hears nothing of it."""

import pytest

from tests.stories.story import Story

HARM = "I want to kill myself"
DESPAIR = "im at the end of my rope"
NUMBERS = ("999", "116 123")


async def writes_and_asks(story: Story, words: str, then: str) -> str:
    """What she heard last, after she asked for a person."""
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.writes("Anna", words)
    since = len(story.desk_heard())
    if then == "HELP":
        await story.writes("Anna", "HELP")
    else:
        await story.taps("Anna", then)
    await story.later(minutes=45)
    assert story.desk_heard()[since:] == []
    return "\n".join(story.heard("Anna")[-3:])


@pytest.mark.parametrize("words", [HARM, DESPAIR])
@pytest.mark.parametrize("then", ["HELP", "Talk to a person"])
async def test_whoever_asks_for_a_person_hears_whom_to_call(story: Story, words: str, then: str) -> None:
    heard = await writes_and_asks(story, words, then)

    assert all(number in heard for number in NUMBERS)
    assert "urgent care" not in heard

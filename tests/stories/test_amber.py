"""When it is not clear whether it is happening, one tap decides, and silence does not."""

import pytest

from tests.stories.story import Story

UNSURE = "my eye feels a bit funny"


@pytest.fixture
async def asked(story: Story) -> Story:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.later(days=2)
    await story.writes("Anna", UNSURE)
    assert any("appening" in text for text in story.heard("Anna")), story.heard("Anna")[-1]
    return story


async def test_yes_brings_advice_and_a_person_at_once(asked: Story) -> None:
    await asked.taps("Anna", "Yes")

    assert any(UNSURE in text for text in asked.desk_heard())


async def test_no_is_answered_like_a_question_and_rings_nobody(asked: Story) -> None:
    before = len(asked.heard("Anna"))

    await asked.taps("Anna", "No")
    await asked.later(minutes=15)

    assert len(asked.heard("Anna")) > before
    assert not any(UNSURE in text for text in asked.desk_heard())


async def test_no_answer_in_ten_minutes_rings_unconfirmed(asked: Story) -> None:
    await asked.later(minutes=11)

    assert any(UNSURE in text and "unconfirmed" in text for text in asked.desk_heard())

"""The end of a clinic's day, through the whole house: whoever is not connected is told of, and may have no phone."""

from tests.stories.story import Story


def papers(story: Story) -> list[str]:
    said = [message.content for message in story.messages(story.scene.desk)]
    return [content["document"]["file_name"] for content in said if "document" in content]


async def test_who_has_no_telegram_gets_paper_and_is_phoned(story: Story) -> None:
    await story.enrol("Anna picosure phone=+442079460111")
    await story.agrees("Ben", await story.enrol("Ben pico"))

    await story.later(hours=8)
    told = [text for text in story.desk_heard() if "not connected" in text]
    assert [text.splitlines()[1:] for text in told] == [["A-1 Anna: waiting for consent"]]
    await story.staff_taps("A-1 no Telegram")
    await story.staff_taps("Yes, do this")

    await story.until(lambda: papers(story) == ["plan-A-1-2026-11-20.pdf"])
    await story.later(hours=16)
    assert "phone Anna (A-1, +442079460111): check-in of day 1" in story.desk_heard()[-1]

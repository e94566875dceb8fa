"""Anna has a new phone number, and with it another Telegram account: her care goes on there."""

from tests.stories.story import LINK, Story


async def test_the_care_goes_on_in_the_other_account_and_comes_back_by_a_tap(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=+4w"))
    await story.staff_writes("/patient Anna")
    await story.staff_taps("Other account")
    await story.staff_taps("Yes, do this")
    link = [found for text in story.desk_heard() if (found := LINK.search(text))][-1]
    # Ben lends his chat: any account that is nobody's will do
    await story.opens("Ben", link[1])
    await story.taps("Ben", "Yes, that is me")

    assert "Your care goes on here" in story.heard("Ben")[-1]
    assert "goes on in another Telegram account" in story.heard("Anna")[-1]
    before = len(story.heard("Anna"))
    await story.later(days=1)
    assert len(story.heard("Anna")) == before
    assert "Day 1" in "".join(story.heard("Ben"))

    await story.staff_writes("/patient Anna")
    assert "I am the aftercare helper" in str((await story.writes("Anna", "hello")).content["text"])
    assert story.scene.playground.refusals == []


async def test_undone_the_plan_goes_to_the_first_account_again(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=+4w"))
    await story.staff_writes("/patient Anna")
    await story.staff_taps("Other account")
    await story.staff_taps("Yes, do this")
    link = [found for text in story.desk_heard() if (found := LINK.search(text))][-1]
    await story.opens("Ben", link[1])
    await story.taps("Ben", "Yes, that is me")

    await story.staff_taps("Back to the account before")
    already = len(story.heard("Ben"))
    await story.later(days=1)

    assert "goes on here again" in "".join(story.heard("Anna"))
    assert "Day 1" in "".join(story.heard("Anna"))
    assert len(story.heard("Ben")) == already

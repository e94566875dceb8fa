"""A correction that makes something already sent wrong reaches Anna once, at once, and staff see that she read it."""

from tests.stories.story import Story, text_of

YES = "Yes, do this"
CORRECTED = "Your clinic has corrected"


def count(said: list[str], words: str) -> int:
    return sum(words in text for text in said)


async def test_another_surface_is_one_message_that_names_it_and_staff_see_when_it_was_read(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=2026-12-18"))
    await story.later(days=1)

    await story.staff_writes("/correct A-1 surface=removed")
    await story.staff_taps(YES)
    (told,) = (text for text in story.heard("Anna") if CORRECTED in text)
    assert "top layer removed" in told
    assert "not read yet" in text_of(await story.staff_writes("/patient A-1"))

    await story.taps("Anna", "I have read this")
    assert "has read the correction" in story.desk_heard()[-1]
    assert "Correction of 21 November" in text_of(await story.staff_writes("/patient A-1"))
    assert "Makeup: off; back on 30 November" in text_of(await story.writes("Anna", "/today"))
    assert "I have read this" not in story.buttons("Anna")
    assert story.scene.playground.refusals == []


async def test_what_no_message_spoke_of_is_corrected_without_a_word_to_the_patient(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=2026-12-18"))

    await story.staff_writes("/correct A-1 ended=11:30")
    await story.staff_taps(YES)

    assert count(story.heard("Anna"), CORRECTED) == 0


async def test_another_day_moves_every_date_that_was_said_and_says_so(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure 2026-11-18 next=2026-12-18"))
    await story.later(hours=1)

    await story.staff_writes("/correct A-1 date=2026-11-20")
    await story.staff_taps(YES)

    assert count(story.heard("Anna"), CORRECTED) == 1
    assert "Makeup: off; back on 22 November" in text_of(await story.writes("Anna", "/today"))
    await story.later(days=1)
    assert count(story.heard("Anna"), "Day 1.") == 1
    assert story.scene.playground.refusals == []

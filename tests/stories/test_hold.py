"""Something is wrong with a message: staff stop it before the next patient reads it."""

from tests.stories.story import Story, text_of

DAY_1 = "Day 1. I hope you slept well"
YES = "Yes, do this"


async def test_a_message_on_hold_waits_and_leaves_once_it_is_let_go(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    asked = text_of(await story.staff_writes("/hold ps-01"))
    await story.staff_taps(YES)
    await story.later(hours=24)
    while_held = story.heard("Anna")
    mornings = [text for text in story.desk_heard() if "Good morning" in text]
    await story.staff_writes("/hold")
    await story.staff_taps("Let go: PicoSure PS-01")
    await story.later(minutes=11)

    assert "Hold PicoSure PS-01? Due within the next 24 hours: 1." in asked
    assert not any(DAY_1 in text for text in while_held)
    assert "On hold: patients get nothing of it" in mornings[0]
    assert sum(DAY_1 in text for text in story.heard("Anna")) == 1
    assert any("let go: PicoSure PS-01" in text for text in story.desk_heard())


async def test_what_expires_on_hold_leaves_nothing_of_itself_in_the_next_message(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.staff_writes("/hold ps-01")
    await story.staff_taps(YES)
    before = len(story.heard("Anna"))

    await story.later(hours=48)

    day_2 = next(text for text in story.heard("Anna")[before:] if "Day 2" in text)
    assert day_2.startswith("Day 2")


async def test_with_everything_on_hold_patients_are_still_answered_and_what_is_too_late_is_told(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.staff_writes("/hold all")
    await story.staff_taps(YES)
    before = len(story.heard("Anna"))

    await story.later(days=4)
    planned = story.heard("Anna")[before:]
    await story.writes("Anna", "my skin has pus and I have fever")

    assert not any("Day " in text for text in planned)
    assert any("URGENT" in text for text in story.desk_heard())
    assert any("Did not arrive" in text for text in story.desk_heard() if "Good morning" in text)


async def test_what_is_no_message_is_said_so_and_nothing_is_held(story: Story) -> None:
    assert "No planned message is called “PS-99”" in text_of(await story.staff_writes("/hold PS-99"))
    assert "Nothing is on hold" in text_of(await story.staff_writes("/hold"))

"""The desk's morning, through the whole house."""

from bot.playground.faults import Trouble
from tests.stories.story import Story


async def test_the_desk_reads_in_the_morning_who_needs_somebody(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=+3d phone=+442079460111"))
    await story.enrol("Ben pico phone=+442079460122")

    await story.later(hours=22)

    mornings = [text for text in story.desk_heard() if "Good morning" in text]
    assert len(mornings) == 1
    assert "Saturday 21 November" in mornings[0]
    assert "day 1: A-1 Anna, PicoSure, check-in" in mornings[0]
    assert "Monday 23 November: A-1 Anna, PicoSure" in mornings[0]
    assert "A-2 Ben, Pico laser: waiting for consent. +442079460122" in mornings[0]


async def test_one_a_day_and_on_monday_the_picture_of_the_weeks(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    await story.later(days=4)

    said = story.desk_heard()
    assert sum("Good morning" in text for text in said) == 3
    pictures = [message for message in story.messages(story.scene.desk) if "photo" in message.content]
    assert [message.content["caption"].split("\n")[0] for message in pictures][1:] == ["The last four weeks"]


async def test_staff_ask_how_it_stands_and_an_admin_sets_the_hour(story: Story) -> None:
    assert "all quiet" in str((await story.staff_writes("/digest")).content["text"])
    assert "at 08:15 from now on" in str((await story.staff_writes("/digest 08:15")).content["text"])
    assert "Nobody is silent" in str((await story.staff_writes("/patients silent")).content["text"])

    await story.later(hours=20)

    assert "quiet day" in story.desk_heard()[-1]


async def test_what_was_unclear_is_decided_below_the_digest(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    faults = story.scene.playground.faults
    faults.add(Trouble.DROP, method="sendMessage", chat=story.person("Anna"), times=2)
    story.scene.playground.people.write(story.person("Anna"), story.person("Anna"), "can i wear makeup tmrw")
    await story.until(lambda: any("may not have arrived" in text for text in story.desk_heard()))

    await story.staff_writes("/digest")
    await story.staff_taps("1 arrived")

    assert story.desk_heard()[-1].endswith("1. Maria: it arrived.")

"""Somebody who is not on the team comes into the staff's group: it hears nothing of Anna until an admin decides."""

import pytest

from bot.playground.world import Member, Status
from tests.stories.story import Story

FLAG = "yellow pus is leaking out of my cheek and it smells"
CLEAR = "I speak about patients there again"


async def a_stranger_joins(story: Story) -> int:
    """Ben, who is nobody here."""
    scene, ben = story.scene, story.person("Ben")
    scene.playground.belonging.promote(scene.staff, scene.desk, scene.playground.telegram.bot.id)
    scene.playground.belonging.join(ben, scene.desk)
    await story.until(lambda: any("is not on the team" in text for text in story.said_in(scene.staff)))
    await story.settled()
    return ben


def of_anna(story: Story, since: int) -> list[str]:
    return [text for text in story.desk_heard()[since:] if "Anna" in text or "A-1" in text]


def status(story: Story, account: int) -> Status:
    return story.scene.playground.telegram.conversations[story.scene.desk].member(account).status


async def test_both_updates_about_one_arrival_are_told_of_once(story: Story) -> None:
    await a_stranger_joins(story)

    told = "Ben Okoro joined"
    assert sum(told in text for text in story.desk_heard()) == 1
    assert sum(told in text for text in story.said_in(story.scene.staff)) == 1


@pytest.mark.parametrize("how", ["may stay", "is taken out", "leaves"])
async def test_until_it_is_decided_anna_is_spoken_of_privately_only(story: Story, how: str) -> None:
    scene = story.scene
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    ben = await a_stranger_joins(story)
    since = len(story.desk_heard())

    await story.writes("Anna", FLAG)
    await story.settled()
    scene.playground.people.write(scene.staff, scene.desk, "/alerts")
    await story.settled()
    await story.later(minutes=31)

    assert of_anna(story, since) == []
    assert any("Please write to me privately" in text for text in story.desk_heard()[since:])
    assert any(FLAG in text for text in story.said_in(scene.staff))

    if how == "may stay":
        await story.staff_taps("They may stay", chat=scene.staff)
    elif how == "is taken out":
        await story.staff_taps("Take them out", chat=scene.staff)
        await story.staff_taps("Yes, do this", chat=scene.staff)
    else:
        scene.playground.belonging.leave(ben, scene.desk)
    await story.until(lambda: any(CLEAR in text for text in story.desk_heard()))
    await story.settled()

    assert status(story, ben) is {"may stay": Status.MEMBER, "is taken out": Status.KICKED, "leaves": Status.LEFT}[how]
    await story.staff_writes("/alerts")
    assert of_anna(story, since)
    assert scene.playground.refusals == []


async def test_what_waited_for_the_group_arrives_once_it_is_clear(story: Story) -> None:
    scene = story.scene
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.writes("Anna", FLAG)
    await story.settled()
    await a_stranger_joins(story)
    since = len(story.desk_heard())

    # her alert stands in the group: her next words belong under it, and may not be read there now
    await story.staff_taps("I have it", chat=scene.desk)
    await story.writes("Anna", "still yellow pus, and more of it")
    await story.settled()
    held = of_anna(story, since)
    private = [text for text in story.said_in(scene.staff) if "more of it" in text]
    await story.staff_taps("They may stay", chat=scene.desk)

    assert held == []
    assert len(private) == 1
    assert any("more of it" in text for text in story.desk_heard()[since:])


@pytest.mark.parametrize("how", ["writes", "types a command", "taps"])
async def test_who_was_in_the_group_all_the_time_is_found_by_what_they_do_there(story: Story, how: str) -> None:
    scene, ben = story.scene, story.person("Ben")
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.writes("Anna", FLAG)
    await story.settled()
    # in a group from before, of which nobody was told
    scene.playground.belonging.promote(scene.staff, scene.desk, scene.playground.telegram.bot.id)
    scene.playground.telegram.conversations[scene.desk].members[ben] = Member(ben, Status.MEMBER)
    since = len(story.desk_heard())

    if how == "writes":
        scene.playground.people.write(ben, scene.desk, "good morning")
    elif how == "types a command":
        scene.playground.people.write(ben, scene.desk, "/alerts")
    else:
        await story._tap(ben, scene.desk, "I have it")
    await story.until(lambda: any("and not on the team" in text for text in story.said_in(scene.staff)))
    await story.writes("Anna", "still yellow pus, and more of it")
    await story.settled()

    assert of_anna(story, since) == []
    assert any("more of it" in text for text in story.said_in(scene.staff))

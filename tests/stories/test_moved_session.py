"""Anna's next session comes nearer: what is late is said at once, and staff decide, nobody reassures."""

from tests.stories.story import Story


def count(said: list[str], words: str) -> int:
    return sum(words in text for text in said)


async def test_a_nearer_date_brings_the_late_reminder_at_once_and_her_last_use_to_staff(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure 2026-11-02 next=2026-11-30"))
    already = len(story.heard("Anna"))

    await story.staff_writes("/reschedule A-1 2026-11-25")
    await story.staff_taps("Yes, do this")
    await story.later(hours=1)

    heard = story.heard("Anna")[already:]
    assert count(heard, "next session is now on 25 November") == 1
    assert count(heard, "When did you last use it") == 1
    assert count(story.desk_heard(), "should be off since Wednesday 18 November") == 1
    await story.taps("Anna", "18 November")
    assert count(story.desk_heard(), "Last use of retinol: Wednesday 18 November") == 1
    assert story.scene.playground.refusals == []


async def test_a_later_date_keeps_retinol_off_where_only_a_few_nights_would_be_left(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure 2026-10-28 next=2026-11-25"))

    await story.staff_writes("/reschedule A-1 2026-11-30")
    await story.staff_taps("Yes, do this")

    assert count(story.heard("Anna"), "stay off it until your session") == 1
    assert "Retinol: off until some time after your session on 30 November" in (await _today(story))
    assert story.scene.playground.refusals == []


async def _today(story: Story) -> str:
    await story.writes("Anna", "/today")
    return next(text for text in reversed(story.heard("Anna")) if "Off today" in text)

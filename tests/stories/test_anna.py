"""Anna's first week, as she lives it."""

from tests.stories.story import Story, text_of


async def test_anna_is_enrolled_agrees_and_hears_day_0_at_once(story: Story) -> None:
    payload = await story.enrol("Anna picosure next=2026-12-18 ref=1234")

    first = text_of(await story.opens("Anna", payload))
    assert "is that you" in first
    assert "picosure" not in first.casefold()

    await story.taps("Anna", "Yes")
    assert "automatic" in "\n".join(story.heard("Anna"))

    await story.taps("Anna", "I agree")
    heard = "\n".join(story.heard("Anna"))
    assert "emergency" in heard or "112" in heard or "999" in heard
    assert any("onnected" in text for text in story.desk_heard())


async def test_a_used_link_opens_nothing_for_somebody_else_and_staff_see_it(story: Story) -> None:
    payload = await story.enrol("Anna picosure")
    await story.agrees("Anna", payload)
    before = len(story.desk_heard())

    answer = text_of(await story.opens("Ben", payload))

    assert "Anna" not in answer
    assert len(story.desk_heard()) > before


async def test_the_days_come_one_by_one_in_their_own_words(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=2026-12-18"))
    already = len(story.heard("Anna"))

    await story.later(days=1)
    day_1 = "\n".join(story.heard("Anna")[already:])

    assert "Day 1" in day_1
    await story.later(days=6)
    assert "Day 7" in "\n".join(story.heard("Anna"))


async def test_what_leaks_from_a_cheek_reaches_a_person_and_their_answer_reaches_anna(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure phone=+442055500199"))
    await story.later(days=2)

    advice = text_of(await story.writes("Anna", "my cheek is leaking yellow stuff"))

    assert "infection" in advice
    alert = next(text for text in reversed(story.desk_heard()) if "leaking yellow stuff" in text)
    assert alert.splitlines()[0].startswith(("🟠", "Urgent", "URGENT")) or "urgent" in alert.splitlines()[0].casefold()


async def test_a_question_is_answered_with_her_own_date(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    answer = text_of(await story.writes("Anna", "can i wear makeup tmrw"))

    assert "22 November" in answer


async def test_the_whole_course_runs_to_its_last_step_and_no_call_is_refused(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    await story.later(days=45)

    assert "Day 42" in "\n".join(story.heard("Anna"))
    assert story.scene.playground.refusals == []

"""The clinic's admin changes what patients read, in the chat, and can take it back."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play import playing
from tests.first_start import first_start
from tests.own_content import move_in
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story

pytestmark = pytest.mark.timeout(240)

DAY_3 = "en/steps/picosure/PS-03.toml"
MAKEUP = "en/faq/makeup.toml"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=content) as scene:
        story = Story(scene)
        await story.agrees("Anna", await story.enrol("Anna picosure"))
        yield story, content


async def said(story: Story, chat: int, words: str) -> str:
    """What was said last with these words, once it is."""
    await story.until(lambda: any(words in text for text in story.said_in(chat)))
    await story.settled()
    return next(text for text in reversed(story.said_in(chat)) if words in text)


async def opens(story: Story, *labels: str) -> str:
    """From /content down to one item, in Maria's own chat."""
    staff = story.scene.staff
    story.scene.playground.people.write(staff, staff, "/content")
    await said(story, staff, "All words")
    for label in labels:
        await story.staff_taps(label, chat=staff)
    return story.said_in(staff)[-1]


async def a_clinician(story: Story) -> int:
    clara = story.scene.playground.people.new_person("Clara", "Clinician").id
    story.scene.playground.people.start(clara)
    await story.settled()
    await story.staff_writes(f"/team add {clara} clinician Clara")
    return clara


async def test_new_words_are_read_before_they_go_live_and_are_taken_back_to_the_letter(
    clinic: tuple[Story, Path],
) -> None:
    story, content = clinic
    staff, file = story.scene.staff, content / MAKEUP
    before = file.read_bytes()

    item = await opens(story, "Answers to questions", "▶", "Makeup", "in every other case")
    await story.staff_taps("Edit", chat=staff)
    await story.staff_taps("Placeholders", chat=staff)
    words = "Makeup: {{ makeup_state }}. Shaving: {{ shave_state }}. Only on closed, calm skin, with clean brushes."
    story.scene.playground.people.write(
        staff, staff, f"{words} If a spot is raw, wait and tell us: {{{{ reply_promise }}}}."
    )
    ready = await said(story, staff, "not live yet")

    assert "As Anna" in item
    assert "off; back on" in ready
    assert "Patients in care: 1" in ready
    assert file.read_bytes() == before

    await story.staff_taps("Publish", chat=staff)
    await said(story, staff, "Published")
    await said(story, staff, "The new words are live")
    await story.writes("Anna", "can i wear makeup tmrw")
    await story.until(lambda: any("with clean brushes. If a spot" in text for text in story.heard("Anna")))

    await story.staff_taps("Take it back", chat=staff)
    await said(story, staff, "not live yet")
    await story.staff_taps("Publish", chat=staff)
    await story.until(lambda: file.read_bytes() == before)
    rows = await story.scene.premises.database.read(lambda work: work.revisions.latest(limit=9))
    assert [row.why for row in rows] == ["undo:1", "edit"]


async def test_new_words_of_day_3_go_live_after_a_clinician_s_tap_and_nobody_gets_them_twice(
    clinic: tuple[Story, Path],
) -> None:
    story, content = clinic
    staff, clara = story.scene.staff, await a_clinician(story)
    before = (content / DAY_3).read_bytes()

    await opens(story, "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Message, exercise: open")
    await story.staff_taps("Edit", chat=staff)
    words = "{{ day_words }}. Look closely today. Sauna waits until {{ heat_from }}, the pool until {{ swim_from }}."
    words = f"{words}\n\nWatch for heat, redness or swelling that grows. If so: {{{{ urgent_any_hour }}}}."
    words = f"{words}\n\nReply HELP for a person."
    story.scene.playground.people.write(staff, staff, words)
    ready = await said(story, staff, "not live yet")
    await story.staff_taps("Publish", chat=staff)
    await said(story, clara, "Maria asks you")
    unpublished = (content / DAY_3).read_bytes()
    await story._tap(clara, clara, "Publish")
    await said(story, staff, "The new words are live")
    await story.later(days=3)

    assert "1 will read the new words (first: 23 November, 09:30), 0 had it already" in ready
    assert unpublished == before
    assert len([text for text in story.heard("Anna") if text.startswith("Day 3.")]) == 1
    assert "Day 3. Look closely today. Sauna waits until 27 November" in "".join(story.heard("Anna"))

    await opens(story, "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Message, exercise: open", "History", "1")
    await story.staff_taps("Take it back", chat=staff)
    back = await said(story, staff, "1 had it already")
    await story.staff_taps("Publish", chat=staff)
    await said(story, clara, "Maria asks you")
    await story._tap(clara, clara, "Publish")
    await story.until(lambda: (content / DAY_3).read_bytes() == before)
    await story.later(hours=20)

    assert "none of them will read the new words" in back
    assert len([text for text in story.heard("Anna") if text.startswith("Day 3.")]) == 1


async def test_a_step_or_treatment_that_somebody_is_in_the_middle_of_is_not_taken_out_of_the_files(
    clinic: tuple[Story, Path],
) -> None:
    story, content = clinic
    staff, plan = story.scene.staff, content / "protocols/picosure.toml"
    blocks = re.split(r"(?m)^(?=\[\[step\]\]|# ---)", plan.read_text())

    plan.write_text("".join(block for block in blocks if 'id = "PS-02"' not in block))
    (content / "en/steps/picosure/PS-02.toml").unlink()
    refused = await said(story, staff, "are not live")
    await story.later(days=2)

    assert "the step PS-02 is gone, and 1 patient in care has its message before them" in refused
    assert any("how is your skin" in text.lower() for text in story.heard("Anna"))
    assert any(text.startswith("Day 2.") for text in story.heard("Anna"))


async def test_what_is_changed_in_a_file_is_in_the_history_and_is_taken_back_in_the_chat(
    clinic: tuple[Story, Path],
) -> None:
    story, content = clinic
    staff, file = story.scene.staff, content / MAKEUP
    before = file.read_text()

    file.write_text(before.replace("Come to your session with", "Please come to your session with", 1))
    await said(story, staff, "The new words are live")
    listed = await opens(story, "Latest changes")
    await story.staff_taps("1", chat=staff)
    compared = story.said_in(staff)[-1]
    await story.staff_taps("Take it back", chat=staff)
    await said(story, staff, "not live yet")
    await story.staff_taps("Publish", chat=staff)
    await story.until(lambda: file.read_text() == before)

    assert "file: Makeup: Answer, phase: before-first (changed in its file)" in listed
    assert "Please come to your session" in compared


async def test_a_message_put_on_another_day_comes_then_and_once(clinic: tuple[Story, Path]) -> None:
    story, content = clinic
    staff, clara, plan = story.scene.staff, await a_clinician(story), content / "protocols/picosure.toml"
    before = plan.read_text()

    await opens(story, "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "When: PS-03")
    await story.staff_taps("A day later", chat=staff)
    await story.staff_taps("Check this", chat=staff)
    ready = await said(story, staff, "not live yet")
    await story.staff_taps("Publish, move them", chat=staff)
    await said(story, clara, "Maria asks you")
    await story._tap(clara, clara, "Publish, move them")
    moved = await said(story, clara, "Plans made anew")
    await story.later(days=3)
    by_day_3 = list(story.heard("Anna"))
    await story.later(days=1)

    assert "before them: 1" in ready
    assert "23 November, 09:30 → 24 November, 09:30" in ready
    assert "Plans made anew: 1" in moved
    assert len(plan.read_text().splitlines()) == len(before.splitlines())
    assert not any("look closely" in text for text in by_day_3)
    assert len([text for text in story.heard("Anna") if "look closely" in text]) == 1
    assert any(text.startswith("Day 4. Today I ask you to look closely") for text in story.heard("Anna"))


async def test_a_day_that_had_moved_everybody_is_taken_back_for_everybody(clinic: tuple[Story, Path]) -> None:
    story, content = clinic
    staff, clara, plan = story.scene.staff, await a_clinician(story), content / "protocols/picosure.toml"
    before = plan.read_bytes()
    await opens(story, "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "When: PS-03")
    await story.staff_taps("A day later", chat=staff)
    await story.staff_taps("Check this", chat=staff)
    await said(story, staff, "not live yet")
    await story.staff_taps("Publish, move them", chat=staff)
    await said(story, clara, "Maria asks you")
    await story._tap(clara, clara, "Publish, move them")
    await said(story, clara, "Plans made anew")

    await opens(story, "Latest changes", "1")
    await story.staff_taps("Take it back", chat=staff)
    ready = await said(story, staff, "not live yet")
    await story.staff_taps("Publish, move them", chat=staff)
    await said(story, clara, "Maria asks you")
    await story._tap(clara, clara, "Publish, move them")
    await story.until(lambda: sum("Plans made anew" in text for text in story.said_in(clara)) == 2)
    await story.later(days=3)

    assert "24 November, 09:30 → 23 November, 09:30" in ready
    assert plan.read_bytes() == before
    assert len([text for text in story.heard("Anna") if "look closely" in text]) == 1


async def test_a_question_taken_off_is_not_asked_and_is_taken_back_to_the_letter(clinic: tuple[Story, Path]) -> None:
    story, content = clinic
    staff, clara, plan = story.scene.staff, await a_clinician(story), content / "protocols/picosure.toml"
    before = plan.read_bytes()

    await opens(story, "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "When: PS-03")
    await story.staff_taps("Do not ask: redness", chat=staff)
    await story.staff_taps("Check this", chat=staff)
    ready = await said(story, staff, "not live yet")
    await story.staff_taps("Publish", chat=staff)
    await said(story, clara, "Maria asks you")
    await story._tap(clara, clara, "Publish")
    await said(story, staff, "are live")
    await story.later(days=3)
    await story.taps("Anna", "0")
    asked = story.heard("Anna")[-1]

    await opens(story, "Latest changes", "1")
    await story.staff_taps("Take it back", chat=staff)
    await said(story, staff, "not live yet")
    await story.staff_taps("Publish", chat=staff)
    await said(story, clara, "Maria asks you")
    await story._tap(clara, clara, "Publish")
    await story.until(lambda: plan.read_bytes() == before)

    assert "Not asked any more: redness 0-4" in ready
    assert "swelling, blister, crust, wet area, sting?" in asked

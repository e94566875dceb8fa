"""On Telegram itself only test patients are enrolled until the clinic has decided and a clinician approved."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library.folder import read
from bot.library.loading import inspect
from bot.play import playing
from tests.own_content import move_in
from tests.stories.conftest import AFTERNOON
from tests.stories.story import LINK, Story, text_of

pytestmark = pytest.mark.timeout(240)

SOON = 30.0
"""Seconds until a change of the files must have been heard of, on a busy machine."""


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(tmp_path / "data", start=AFTERNOON, content_dir=content, on_telegram=True) as scene:
        yield Story(scene), content


def approve(content: Path, *treatments: str) -> None:
    shelf = inspect(read(content)).shelf
    assert shelf is not None
    (content / "approvals.toml").write_text(
        "\n".join(
            f'[[approval]]\ntreatment = "{name}"\nhash = "{shelf.prints[name]}"\nby = "Dr Lind"\non = 2026-11-20\n'
            for name in treatments
        )
    )


def decide(content: Path) -> None:
    clinic = content / "clinic.toml"
    clinic.write_text(clinic.read_text().replace("confirmed = false", "confirmed = true"))


async def live(story: Story) -> None:
    heard = lambda: "The new words are live." in story.said_in(story.scene.staff)  # noqa: E731
    await asyncio.wait_for(story.until(heard), SOON)


async def test_nobody_but_a_test_patient_is_enrolled_before_all_is_decided(strict: tuple[Story, Path]) -> None:
    story, _ = strict

    answer = text_of(await story.staff_writes("/enroll Anna picosure"))

    for part in ("test patients only", "retinoid-dates", "confirmed = true", "PicoSure", "check --go-live"):
        assert part in answer
    assert not LINK.search("".join(story.desk_heard()))


async def test_a_test_patient_is_enrolled_with_one_tap_and_marked_everywhere(strict: tuple[Story, Path]) -> None:
    story, _ = strict
    await story.staff_writes("/enroll Anna picosure 2026-11-19")

    await story.staff_taps("Enrol a test patient")
    payload = LINK.search(story.desk_heard()[-1])
    assert payload
    await story.agrees("Anna", payload[1])
    await story.writes("Anna", "i cant breathe")

    assert "Anna (TEST)" in text_of(await story.staff_writes("/patients"))
    assert "Anna (TEST)" in text_of(await story.staff_writes("/alerts"))
    alerts = [said for said in story.desk_heard() if "EMERGENCY" in said]
    assert alerts
    assert all("(TEST)" in said for said in alerts)
    assert not any("TEST" in said for said in story.heard("Anna"))


async def test_a_test_patient_may_be_typed_in_one_line(strict: tuple[Story, Path]) -> None:
    story, _ = strict

    assert await story.enrol("Anna picosure test=yes")


async def test_a_form_begun_with_buttons_goes_on_for_a_test_patient(strict: tuple[Story, Path]) -> None:
    story, _ = strict
    staff, people = story.scene.staff, story.scene.playground.people

    people.write(staff, staff, "/enroll")
    await story.until(lambda: "test patients only" in "".join(story.said_in(staff)[-1:]))
    await story.staff_taps("Enrol a test patient", chat=staff)
    people.write(staff, staff, "Anna")
    await story.until(lambda: "Which treatment did Anna have" in story.said_in(staff)[-1])
    await story.staff_taps("PicoSure", chat=staff)
    await story.staff_taps("Today", chat=staff)

    assert LINK.search(story.said_in(staff)[-1])
    assert "(TEST)" in story.said_in(staff)[-1]


async def test_everybody_is_enrolled_in_an_approved_treatment_once_all_is_decided(strict: tuple[Story, Path]) -> None:
    story, content = strict
    decide(content)
    approve(content, "picosure", "answers")
    await live(story)

    assert await story.enrol("Anna picosure")
    assert "test patients only" in text_of(await story.staff_writes("/enroll Ben pico"))
    # the ticked surface gives Chloe another treatment's plan, which nobody has approved
    assert "Laser resurfacing" in text_of(await story.staff_writes("/enroll Chloe picosure surface=removed"))
    assert not any("TEST" in said for said in story.desk_heard() if "Anna" in said)


async def test_nobody_real_is_enrolled_while_no_clinician_stands_for_the_answers(strict: tuple[Story, Path]) -> None:
    story, content = strict
    decide(content)
    approve(content, "picosure")
    await live(story)

    refused = text_of(await story.staff_writes("/enroll Anna picosure"))

    assert "test patients only" in refused
    assert "Not approved by a clinician as it is now (1): Answers and danger signs" in refused
    assert await story.enrol("Anna picosure test=yes")


async def test_a_clinician_approves_in_the_chat_and_real_patients_are_enrolled_until_a_word_changes(
    strict: tuple[Story, Path],
) -> None:
    story, content = strict
    decide(content)
    approve(content, "answers")
    await live(story)
    clara = story.scene.playground.people.new_person("Clara", "Clinician").id
    story.scene.playground.people.start(clara)
    await story.settled()
    await story.staff_writes(f"/team add {clara} clinician Clara")
    story.scene.playground.people.write(clara, clara, "/content")
    await story.until(lambda: "All words" in story.said_in(clara)[-1])
    for label in ("Sign-off", "PicoSure", "Approve ..."):
        await story._tap(clara, clara, label)
    await asyncio.wait_for(story.until(lambda: "With your next tap" in story.said_in(clara)[-1]), SOON)
    refused = text_of(await story.staff_writes("/enroll Anna picosure"))

    await story._tap(clara, clara, "I approve this")
    await asyncio.wait_for(story.until(lambda: "picosure" in story.scene.premises.library.shelf.approved), SOON)

    assert "test patients only" in refused
    assert await story.enrol("Anna picosure")
    assert 'by = "Clara"' in (content / "approvals.toml").read_text()
    day_3 = content / "en/steps/picosure/PS-03.toml"
    day_3.write_text(day_3.read_text().replace("Today I ask you to look closely", "Please look closely today"))
    await asyncio.wait_for(story.until(lambda: story.scene.premises.library.shelf.approved == {"answers"}), SOON)
    assert "test patients only" in text_of(await story.staff_writes("/enroll Ben picosure"))
    await story._tap(clara, clara, "Back")
    await story._tap(clara, clara, "PicoSure")
    changed = next(text for text in story.said_in(clara) if "changed since Clara approved it" in text)
    assert "Today I ask you to look" in changed
    assert any("without a clinician's tap" in text for text in story.said_in(clara))


async def test_in_play_everybody_may_be_enrolled(story: Story) -> None:
    assert await story.enrol("Anna picosure")


async def test_the_example_of_a_file_is_taken_as_it_stands_before_the_clinic_has_gone_live(
    strict: tuple[Story, Path],
) -> None:
    story, _ = strict
    scene = story.scene
    scene.playground.people.write(scene.staff, scene.staff, "/import")
    await story.until(lambda: "An example" in "".join(story.said_in(scene.staff)[-1:]))
    await story.settled()
    document = story.messages(scene.staff)[-1].content["document"]
    example = scene.playground.telegram.files.find(document["file_id"])
    assert example is not None

    already = len(story.said_in(scene.staff))
    scene.playground.people.send_file("document", scene.staff, scene.staff, example.content, name=document["file_name"])
    await story.until(lambda: len(story.said_in(scene.staff)) > already)

    answer = story.said_in(scene.staff)[-1]
    assert "2 can be enrolled" in answer
    assert "Anna (TEST)" in answer

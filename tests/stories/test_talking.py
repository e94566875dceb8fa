"""A person at the clinic and a patient talk through the bot."""

import base64

import pytest

from tests.stories.story import Story, text_of

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


async def test_asking_for_a_person_in_plain_words_asks_whether_it_can_wait(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    await story.writes("Anna", "can i talk to someone please")
    await story.taps("Anna", "Somebody now")

    assert any("Somebody now" in text for text in story.desk_heard())


async def test_an_answer_to_a_person_s_message_reaches_that_person_s_desk(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.writes("Anna", "my cheek is leaking yellow stuff")
    alert = next(m for m in story.messages(story.scene.desk) if "leaking yellow" in text_of(m))
    story.scene.playground.people.write(
        story.scene.staff, story.scene.desk, "Dr Shah rings you in ten minutes", reply_to=alert.message_id
    )
    await story.until(lambda: any("Dr Shah" in text for text in story.heard("Anna")))

    answer = text_of(await story.writes("Anna", "ok thank you so much, waiting for the call"))

    assert "passed this on" in answer
    assert any("waiting for the call" in text for text in story.desk_heard())


async def test_a_picture_reaches_the_desk_with_its_patient_s_name_on_it(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna = story.person("Anna")

    story.scene.playground.people.send_file("photo", anna, anna, PIXEL, caption="is this <normal>?")
    await story.settled()

    pictures = [m for m in story.messages(story.scene.desk) if "photo" in m.content]
    assert [text_of(m) for m in pictures][-1] == "Anna (A-1) is this <normal>?"
    assert story.scene.playground.refusals == []


@pytest.mark.parametrize("words", ["it is the one on the left", "what is the weather like tomorrow"])
async def test_words_after_a_picture_reach_whoever_looks_at_it(story: Story, words: str) -> None:
    """Also what would otherwise be told that it is about something else."""
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna = story.person("Anna")
    story.scene.playground.people.send_file("photo", anna, anna, PIXEL)
    await story.settled()

    told = await story.writes("Anna", words)
    await story.until(lambda: any(words in text for text in story.desk_heard()))

    assert "I have passed this on as well" in text_of(told)
    assert "A-1 again, same alert" in story.desk_heard()[-1]


async def test_an_answer_that_is_taken_back_leaves_the_alert_to_everybody_again(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.writes("Anna", "my cheek is leaking yellow stuff")
    alert = next(m for m in story.messages(story.scene.desk) if "leaking yellow" in text_of(m))
    people, staff, desk = story.scene.playground.people, story.scene.staff, story.scene.desk
    people.write(staff, desk, "ok", reply_to=alert.message_id)
    await story.until(lambda: any("ok" in text.split() for text in story.heard("Anna")))
    answer = next(m for m in story.messages(desk) if text_of(m) == "ok")

    people.write(staff, desk, "/unsend", reply_to=answer.message_id)

    await story.until(lambda: any("took the answer back: nobody has it now" in text for text in story.desk_heard()))
    await story.until(lambda: "Taken back: the patient's copy is deleted." in story.desk_heard())

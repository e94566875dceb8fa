"""Groups as the clinic uses them: topics, voices, and who may do what."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


async def _forum(screen: Screen) -> int:
    bot = screen.playground.telegram.bot.id
    forum = screen.playground.belonging.new_group(screen.maria, "Patients", [bot], is_forum=True)
    topic = screen.playground.belonging.new_topic(screen.maria, forum.id, "A-17 Anna")
    screen.playground.people.write(screen.maria, forum.id, "in the topic", thread=topic.thread_id)
    return forum.id


async def test_each_topic_keeps_its_own_talk(opened: OpenScreen) -> None:
    async with opened() as screen:
        forum = await _forum(screen)
        await screen.clinic.node.get_by_role("tab", name="Patients").click()
        await expect(screen.clinic.message("in the topic")).to_have_count(0)
        await screen.clinic.button("A-17 Anna").click()
        await screen.clinic.hears("in the topic")

        await screen.clinic.say("me too")

        await screen.clinic.hears("me too")
        messages = screen.playground.telegram.conversations[forum].messages
        assert messages[max(messages)].thread_id is not None


async def test_a_voice_and_a_film_can_be_played(opened: OpenScreen) -> None:
    async with opened() as screen:
        screen.playground.people.send_file("voice", screen.anna, screen.anna, b"OggS", mime_type="audio/ogg")
        screen.playground.people.send_file("video", screen.anna, screen.anna, b"film", mime_type="video/mp4")

        await expect(screen.patient.node.get_by_label("Voice message")).to_be_visible()
        await expect(screen.patient.node.get_by_label("Video", exact=True)).to_be_visible()


async def test_a_refusal_is_said_and_nothing_written_is_lost(opened: OpenScreen) -> None:
    async with opened() as screen:
        too_long = "x" * 4097
        await screen.clinic.say(too_long)

        await expect(screen.clinic.node.locator(".toast.bad")).to_contain_text("1 to 4096 characters")
        await expect(screen.clinic.field).to_have_value(too_long)


async def test_what_is_half_written_waits_where_it_was(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.field.fill("dear all")
        await screen.clinic.node.get_by_role("tab", name="Private").click()
        await expect(screen.clinic.field).to_have_value("")

        await screen.clinic.node.get_by_role("tab", name="Northlight desk").click()

        await expect(screen.clinic.field).to_have_value("dear all")


async def test_a_strangers_markup_stays_text(opened: OpenScreen) -> None:
    async with opened() as screen:
        nasty = '<img src=x onerror="alert(1)"> javascript:alert(1)'
        screen.playground.people.write(screen.maria, screen.desk, nasty)

        await expect(screen.clinic.message("onerror")).to_contain_text(nasty)
        assert screen.complaints == []

"""The page is a chat app: what the bot sends can be read, pressed, answered and found again."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.pages import PHONE
from tests.browser.pictures import a_picture

pytestmark = pytest.mark.browser


async def test_a_newcomer_is_led_from_enrolment_to_the_clock(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.guide.get_by_role("button", name="Show me where").click()
        await expect(screen.clinic.node.locator(".field-text")).to_be_focused()
        await screen.guide.get_by_role("button", name="Send it for me").click()
        await screen.clinic.button("Open link").click()
        await screen.page.get_by_role("dialog").get_by_role("button", name="Open").click()
        await screen.patient.hears("Invited by token-1")
        await screen.patient.button("Yes, that is me").click()
        await screen.patient.hears("Thank you, Anna.")
        await screen.later("+1 day")

        await expect(screen.guide).to_contain_text("All done")
        await expect(screen.clock).to_contain_text("Sat, 21 Nov 2026")
        await screen.guide.get_by_role("button", name="Show me where").click()
        await expect(screen.clinic.button("Open link")).to_be_focused()
        assert screen.controls.turns == ["advance"]
        assert screen.complaints == []


async def test_first_steps_that_were_sent_away_stay_away(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.guide.get_by_role("button", name="Close the first steps").click()

        await screen.page.reload()

        await expect(screen.patient.button("Start")).to_be_visible()
        await expect(screen.guide).to_be_hidden()


async def test_without_first_steps_nothing_is_shown(opened: OpenScreen) -> None:
    async with opened() as screen:
        screen.controls.hints.clear()
        await screen.page.reload()

        await expect(screen.patient.button("Start")).to_be_visible()
        await expect(screen.guide).to_be_hidden()


async def test_words_look_as_the_bot_meant_them(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()

        welcome = screen.patient.message("Welcome.")
        await expect(welcome.locator("strong")).to_have_text("Welcome.")
        await expect(welcome.locator("em")).to_have_text("Anna")
        await expect(welcome.locator("code")).to_have_text("A-17")
        await expect(welcome.get_by_role("link")).to_have_attribute("href", "https://example.org/care")


async def test_a_long_quote_is_folded_until_it_is_tapped(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        quote = screen.patient.message("Welcome.").locator("blockquote")
        await expect(quote).to_be_visible()
        folded = await quote.bounding_box()

        await quote.click()

        unfolded = await quote.bounding_box()
        assert folded is not None
        assert unfolded is not None
        assert unfolded["height"] > 2 * folded["height"]


async def test_a_button_turns_until_it_is_answered(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        screen.bot.may_answer.clear()
        await screen.patient.button("Yes, that is me").click()
        await expect(screen.patient.node.locator(".message-button .spinner")).to_be_visible()

        screen.bot.may_answer.set()

        await expect(screen.patient.node.locator(".toast")).to_have_text("Noted")
        await expect(screen.patient.node.locator(".spinner")).to_have_count(0)
        await expect(screen.patient.message("Thank you")).to_contain_text("edited")


async def test_an_alert_waits_until_it_is_read(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.button("It bleeds").click()

        alert = screen.page.get_by_role("dialog")
        await expect(alert).to_contain_text("Call us now: 0000")
        await alert.get_by_role("button", name="OK").click()
        await expect(alert).to_have_count(0)


async def test_a_code_is_copied(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.button("Copy my code").click()

        await expect(screen.patient.node.locator(".toast")).to_have_text("Copied")
        assert await screen.page.evaluate("navigator.clipboard.readText()") == "A-17"


async def test_a_link_opens_for_whoever_is_chosen(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.say("/enroll Ben")
        await screen.clinic.message("Ben is enrolled").get_by_role("link").click()
        dialog = screen.page.get_by_role("dialog")
        await dialog.get_by_text("Ben Okoro").click()
        await dialog.get_by_role("button", name="Open").click()

        await expect(screen.patient.node.get_by_role("tab", name="Ben")).to_have_attribute("aria-selected", "true")
        await screen.patient.hears("Invited by token-1")


async def test_a_phone_number_is_shared_only_when_agreed(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.say("/phone")
        await screen.patient.button("Share my phone").click()
        await screen.page.get_by_role("dialog").get_by_role("button", name="Share").click()

        await expect(screen.patient.messages().last.locator(".contact")).to_contain_text("Anna Berg")


async def test_an_asked_for_answer_is_a_reply(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.say("/ask")
        await expect(screen.patient.field).to_have_attribute("placeholder", "It hurts")
        await screen.patient.say("my cheek")

        await expect(screen.patient.message("my cheek").locator(".quote")).to_contain_text("What hurts?")


async def test_own_words_can_be_mended_and_taken_back(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.say("hello desj")
        await screen.clinic.asks_menu("hello desj", "Edit")
        await screen.clinic.say("hello desk")
        await expect(screen.clinic.message("hello desk")).to_contain_text("edited")

        await screen.clinic.asks_menu("hello desk", "Delete")

        await expect(screen.clinic.message("hello desk")).to_have_count(0)


async def test_a_reply_leads_back_to_what_it_answers(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.say("first")
        await screen.clinic.asks_menu("first", "Reply")
        await screen.clinic.say("second")
        await screen.clinic.message("second").locator(".quote").click()

        await expect(screen.clinic.node.locator(".message.flash")).to_contain_text("first")


async def test_a_reaction_is_given_and_taken_back(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.say("all well")
        await screen.clinic.message("all well").locator(".bubble").click(button="right")
        await screen.page.get_by_role("menuitemradio", name="React with 👍").click()
        chip = screen.clinic.message("all well").locator(".reaction")
        await expect(chip).to_have_attribute("aria-pressed", "true")

        await chip.click()

        await expect(chip).to_have_count(0)


async def test_pictures_and_papers_arrive(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.say("/pictures")

        await expect(screen.patient.message("Day 1 and day 7").locator(".album img")).to_have_count(2)
        await expect(screen.patient.message("Your plan.pdf").get_by_role("link")).to_have_attribute(
            "download", "Your plan.pdf"
        )


async def test_a_photo_is_sent_with_its_words(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.hears("Welcome.")
        photo = {"name": "cheek.png", "mimeType": "image/png", "buffer": a_picture((220, 150, 140))}
        await screen.patient.node.locator("input[type=file]").first.set_input_files(photo)  # type: ignore[arg-type]
        await screen.patient.say("is this normal?")

        await expect(screen.patient.message("is this normal?").locator("img")).to_be_visible()
        said = screen.playground.telegram.conversations[screen.anna].messages
        assert "photo" in said[max(said)].content


async def test_a_slash_offers_the_commands(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.hears("Welcome.")
        await screen.patient.field.press_sequentially("/t")
        await expect(screen.patient.node.get_by_role("option")).to_have_count(1)
        await screen.patient.field.press("Tab")

        await expect(screen.patient.field).to_have_value("/today ")


async def test_a_pinned_message_is_one_press_away(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.say("/pin")

        await screen.patient.node.locator(".pin").click()

        await expect(screen.patient.node.locator(".message.flash")).to_contain_text("Keep this")


async def test_the_bot_is_seen_typing(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.say("/typing")

        await expect(screen.patient.node.locator(".pane-head")).to_contain_text("typing…")


async def test_a_blocked_bot_can_be_let_in_again(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Start").click()
        await screen.patient.button("Chat actions").click()
        await screen.page.get_by_role("menuitem", name="Block the bot").click()
        await screen.page.get_by_role("dialog").get_by_role("button", name="Block").click()

        await screen.patient.button("Unblock").click()

        await expect(screen.patient.field).to_be_visible()


async def test_a_new_person_gets_a_phone(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.patient.button("Add a person").click()
        await screen.page.get_by_label("First name").fill("Chloe")
        await screen.page.get_by_label("First name").press("Enter")

        await expect(screen.patient.node.get_by_role("tab", name="Chloe")).to_have_attribute("aria-selected", "true")
        await expect(screen.patient.button("Start")).to_be_visible()


async def test_a_new_colleague_speaks_at_the_desk(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.node.get_by_label("You are").select_option("New colleague …")
        await screen.page.get_by_label("First name").fill("Noor")
        await screen.page.get_by_label("First name").press("Enter")
        await expect(screen.clinic.node.get_by_label("You are")).to_have_value(re.compile(r"\d+"))
        await expect(screen.clinic.node.locator(".service").last).to_have_text("Noor joined the group")
        await screen.clinic.say("hello")

        await expect(screen.clinic.message("hello")).to_have_class(re.compile("mine"))


async def test_unread_messages_are_counted_and_do_not_pull_the_reader_away(opened: OpenScreen) -> None:
    async with opened() as screen:
        for number in range(30):
            screen.playground.people.write(screen.anna, screen.anna, f"line {number}")
        await screen.patient.hears("line 29")
        await screen.patient.node.locator(".history").evaluate("node => { node.scrollTop = 0 }")
        down = screen.patient.button("To the newest message")
        await expect(down).to_be_visible()

        await screen.bot.bot.send_message(screen.anna, "good evening")

        await expect(screen.patient.node.get_by_role("tab", name="Anna")).to_contain_text("1")
        assert await screen.patient.node.locator(".history").evaluate("node => node.scrollTop") == 0
        await down.click()
        await expect(screen.patient.node.locator(".tab .count")).to_have_count(0)


async def test_a_reader_at_the_end_stays_at_the_end(opened: OpenScreen) -> None:
    async with opened() as screen:
        for said in ("/start", "/pictures", "/phone", "/pictures", "/pin"):
            screen.playground.people.write(screen.anna, screen.anna, said)

        await expect(screen.patient.message("Keep this").last).to_be_in_viewport()
        await expect(screen.patient.button("To the newest message")).to_be_hidden()
        await expect(screen.patient.node.locator(".tab .count")).to_have_count(0)


async def test_the_clock_is_held_and_let_go(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.later("Pause")
        await expect(screen.clock).to_contain_text("The clock stands still.")
        assert screen.controls.paused

        await screen.later("Resume")

        await expect(screen.clock.get_by_role("button", name="Pause")).to_be_visible()


async def test_days_are_told_apart(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.say("today")
        await screen.later("+1 day")
        await expect(screen.clock).to_contain_text("Sat, 21 Nov")
        await screen.clinic.say("tomorrow")

        await expect(screen.clinic.node.locator(".day")).to_have_text(["Friday 20 November", "Saturday 21 November"])


async def test_a_phone_shows_one_place_at_a_time(opened: OpenScreen) -> None:
    async with opened(PHONE, touch=True) as screen:
        await expect(screen.clinic.node).to_be_hidden()
        screen.playground.people.write(screen.maria, screen.desk, "/enroll Anna")
        await screen.bot.bot.send_message(screen.desk, "look here")
        clinic = screen.page.locator("#places").get_by_role("button", name="Clinic")
        await expect(clinic.locator(".count")).to_be_visible()

        await clinic.click()

        await expect(screen.clinic.node).to_be_visible()
        await expect(screen.patient.node).to_be_hidden()
        await expect(clinic.locator(".count")).to_be_hidden()


async def test_everything_is_reached_from_the_keyboard(opened: OpenScreen) -> None:
    async with opened() as screen:
        await screen.clinic.say("one")
        await screen.clinic.hears("one")
        await screen.clinic.node.locator(".history").focus()
        await screen.page.keyboard.press("ArrowUp")
        await screen.page.keyboard.press("Enter")
        await expect(screen.page.get_by_role("menuitem", name="Reply")).to_be_focused()

        await screen.page.keyboard.press("Enter")

        await expect(screen.clinic.field).to_be_focused()
        await expect(screen.clinic.node.locator(".composer-context")).to_contain_text("Reply to Maria Lind")

"""A day at the front desk, over the wire: forms, links, cards, sessions and the team."""

from tests.stories.story import LINK, Story, text_of


async def test_a_form_is_filled_in_with_buttons(story: Story) -> None:
    staff, people = story.scene.staff, story.scene.playground.people

    people.write(staff, staff, "/enroll")
    await story.until(lambda: "first name" in "".join(story.said_in(staff)[-1:]))
    people.write(staff, staff, "Anna")
    await story.until(lambda: "Which treatment did Anna have" in story.said_in(staff)[-1])
    await story.staff_taps("PicoSure", chat=staff)
    await story.staff_taps("Today", chat=staff)

    assert LINK.search(story.said_in(staff)[-1])
    assert story.scene.playground.refusals == []


async def test_a_patient_says_where_they_are_and_answers_the_health_questions(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.taps("Anna", "Change")
    await story.taps("Anna", "Germany")
    await story.later(minutes=1)

    for answer in ("Yes, keep them", "Not sure", "Stopped, up to 6", "10/2026", "Yes", "No", "No", "It tans"):
        await story.taps("Anna", answer)

    heard = story.heard("Anna")
    assert any("(Germany): 112" in text for text in heard)
    assert any("Thank you. You can change these answers" in text for text in heard)
    assert any("pregnant" in text for text in story.desk_heard())
    assert story.scene.playground.refusals == []


async def test_a_session_is_moved_then_done_and_the_next_day_0_comes_by_itself(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure next=2026-12-18"))

    await story.staff_writes("/reschedule A-1 2026-12-21")
    await story.staff_taps("Yes, do this")
    assert any("next session is now on 21 December" in text for text in story.heard("Anna"))
    await story.later(days=31)
    await story.staff_writes("/session A-1")
    await story.staff_taps("Session took place")
    await story.staff_taps("Yes, do this")
    await story.later(days=1)

    assert sum("Day 1." in text for text in story.heard("Anna")) == 2
    assert story.scene.playground.refusals == []


async def test_the_card_shows_the_patient_and_the_wrong_person_loses_the_chat(story: Story) -> None:
    await story.agrees("Ben", await story.enrol("Anna picosure ref=77 phone=+442079460143"))

    card = text_of(await story.staff_writes("/patient anna"))
    assert "77" in card
    assert "active" in text_of(await story.staff_writes("/patients"))
    await story.staff_taps("Wrong person")
    await story.staff_taps("Yes, do this")
    payload = LINK.findall("\n".join(story.desk_heard()))[-1]
    already = len(story.heard("Ben"))
    await story.later(days=2)

    assert len(story.heard("Ben")) == already
    await story.agrees("Anna", payload)
    assert story.scene.playground.refusals == []


async def test_everything_staff_can_look_at_is_taken_by_a_strict_server(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    for command in (
        "/help", "/staff", "/patients", "/patient A-1", "/templates", "/templates picosure",
        "/templates picosure PS-00", "/templates picosure PS-03 A-1", "/alerts", "/session", "/reschedule",
        "/cancel", "/correct", "/patient", "/desk", "/enroll Bo<b pikk next=<", "/patient <Anna>",
        "/staff add <b>", "/cancel A-1", "/correct A-1 area=neck",
    ):  # fmt: skip
        await story.staff_writes(command)

    assert story.scene.playground.refusals == []


async def test_a_patient_pauses_stops_and_comes_back(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))

    await story.writes("Anna", "/pause")
    await story.taps("Anna", "1 day")
    await story.writes("Anna", "/resume")
    await story.writes("Anna", "STOP")
    await story.taps("Anna", "Yes, stop")
    already = len(story.heard("Anna"))
    await story.later(days=1)
    assert len(story.heard("Anna")) == already
    await story.writes("Anna", "/resume")
    await story.writes("Anna", "/privacy")
    await story.writes("Anna", "/delete")

    assert any("asks to have their data deleted" in text for text in story.desk_heard())
    assert story.scene.playground.refusals == []


async def test_a_slip_in_a_command_is_answered_and_the_command_of_another_bot_is_not(story: Story) -> None:
    before = len(story.desk_heard())

    answer = text_of(await story.staff_writes("/enrol1 Anna pico"))
    for foreign in ("/gif cat", "/enrol1@other_bot Anna"):
        story.scene.playground.people.write(story.scene.staff, story.scene.desk, foreign)
    await story.settled()

    assert answer == "I do not know /enrol1. Did you mean /enroll? Nothing was done; /help shows everything."
    assert len(story.desk_heard()) == before + 1

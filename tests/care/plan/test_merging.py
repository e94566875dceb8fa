"""Steps that leave together read as one message."""

from bot.care.services.merging import Part, merge

DAY = Part(1, "Day 14. Look at your skin.\n\nReply HELP for a person.")
REMINDER = Part(2, "In 14 days: your session.\n\nReply HELP for a person.", "Your session is soon. Say what is new.")
LONG = Part(2, "x " * 700, REMINDER.brief)


def test_the_way_to_a_person_is_said_once_and_last() -> None:
    assert merge([DAY, REMINDER]).text == (
        "Day 14. Look at your skin.\n\nIn 14 days: your session.\n\nReply HELP for a person."
    )


def test_it_stays_below_a_line_kept_in_brief() -> None:
    merged = merge([DAY, LONG])

    assert merged.carried == (1, 2)
    assert merged.text.endswith("Say what is new.\n\nReply HELP for a person.")


def test_a_message_by_itself_is_left_as_it_is() -> None:
    assert merge([DAY]).text == DAY.text
    assert merge([Part(3, REMINDER.brief)]).text == REMINDER.brief


def test_what_must_be_told_keeps_its_place_and_pushes_others_out() -> None:
    merged = merge([LONG, REMINDER], must=REMINDER.id)

    assert merged.carried == (REMINDER.id,)
    assert merge([REMINDER, DAY], must=DAY.id).text.startswith(REMINDER.text.split(".")[0])


def test_a_paragraph_that_another_one_contains_is_said_once() -> None:
    watch = "Watch for swelling that comes back."
    longer = Part(5, f"Day 3. One.\n\n{watch} If it is hot: phone.\n\nReply HELP.")
    shorter = Part(6, f"Two.\n\n{watch}\n\nReply HELP.")

    for parts in ([longer, shorter], [shorter, longer]):
        assert merge(parts).text.count(watch) == 1
        assert "If it is hot: phone." in merge(parts).text

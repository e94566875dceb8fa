"""What the bot sends arrives as Telegram would show it."""

import pytest
from telegram import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatAction

from tests.playground.world import DOT, START, Scene


async def test_a_message_carries_its_words_its_time_and_its_chat(scene: Scene) -> None:
    anna = scene.anna()

    sent = await scene.bot.send_message(anna.id, "Good <b>morning</b> 🌞 <i>Anna</i>", parse_mode="HTML")

    assert sent.text == "Good morning 🌞 Anna"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 5, 7), ("italic", 16, 4)]
    assert sent.date == START
    assert sent.chat.first_name == "Anna"
    assert sent.from_user is not None
    assert sent.from_user.username == "aftercare_bot"


async def test_each_chat_counts_its_own_messages(scene: Scene) -> None:
    anna, ben = scene.anna(), scene.anna()

    ids = [(await scene.bot.send_message(person.id, "hello")).message_id for person in (anna, ben, anna)]

    assert ids == [2, 2, 3]


async def test_given_entities_are_kept_and_commands_are_found(scene: Scene) -> None:
    anna = scene.anna()

    sent = await scene.bot.send_message(anna.id, "see /today now", entities=[MessageEntity("bold", 0, 3)])

    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 3), ("bot_command", 4, 6)]


async def test_buttons_hang_under_the_message(scene: Scene) -> None:
    anna = scene.anna()
    rows = [
        [InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("Map", url="https://example.org/map")],
        [InlineKeyboardButton("Code", copy_text=CopyTextButton("A-17"))],
    ]

    sent = await scene.bot.send_message(anna.id, "Is that you?", reply_markup=InlineKeyboardMarkup(rows))

    assert sent.reply_markup == InlineKeyboardMarkup(rows)


async def test_a_keyboard_comes_and_goes(scene: Scene) -> None:
    anna = scene.anna()
    talk = scene.playground.telegram.conversations[anna.id]
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Share", request_contact=True), "No"]], one_time_keyboard=True)

    await scene.bot.send_message(anna.id, "Your number?", reply_markup=keyboard)
    shown = talk.keyboard
    await scene.bot.send_message(anna.id, "Thanks", reply_markup=ReplyKeyboardRemove())
    taken = talk.keyboard
    forced = await scene.bot.send_message(anna.id, "Why?", reply_markup=ForceReply())

    assert shown is not None
    assert shown["keyboard"] == [[{"text": "Share", "request_contact": True}, {"text": "No"}]]
    assert taken is None
    assert talk.keyboard == {"force_reply": True, "message_id": forced.message_id}


async def test_a_reply_shows_what_it_answers_one_level_deep(scene: Scene) -> None:
    anna = scene.anna()
    first = scene.people.write(anna.id, anna.id, "It burns")
    second = await scene.bot.send_message(anna.id, "Since when?", reply_to_message_id=first.message_id)

    third = await scene.bot.send_message(anna.id, "?", reply_parameters=ReplyParameters(second.message_id))

    assert third.reply_to_message is not None
    assert third.reply_to_message.text == "Since when?"
    assert third.reply_to_message.reply_to_message is None


async def test_a_reply_to_a_vanished_message_may_be_sent_without_it(scene: Scene) -> None:
    anna = scene.anna()

    sent = await scene.bot.send_message(
        anna.id, "still here", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True)
    )

    assert sent.reply_to_message is None


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video"])
async def test_a_file_can_be_sent_fetched_and_sent_again_by_its_id(scene: Scene, kind: str) -> None:
    anna = scene.anna()
    send = getattr(scene.bot, f"send_{kind}")

    sent = await send(anna.id, DOT, caption="<b>Day 1</b>", parse_mode="HTML")
    file = sent.photo[-1] if kind == "photo" else getattr(sent, kind)
    fetched = await (await scene.bot.get_file(file.file_id)).download_as_bytearray()
    again = await send(anna.id, file.file_id)

    assert bytes(fetched) == DOT
    assert sent.caption == "Day 1"
    assert getattr(again, kind) == getattr(sent, kind)


async def test_an_album_arrives_as_one(scene: Scene) -> None:
    anna = scene.anna()

    sent = await scene.bot.send_media_group(anna.id, [InputMediaPhoto(DOT, caption="left"), InputMediaPhoto(DOT)])

    assert [message.caption for message in sent] == ["left", None]
    assert len({message.media_group_id for message in sent}) == 1


async def test_a_copy_forgets_its_source_and_a_forward_names_it(scene: Scene) -> None:
    anna = scene.anna()
    _, desk = scene.desk()
    said = scene.people.write(anna.id, anna.id, "It itches")

    copy = await scene.bot.copy_message(desk.id, anna.id, said.message_id)
    forward = await scene.bot.forward_message(desk.id, anna.id, said.message_id)

    copied = scene.playground.telegram.message(desk.id, copy.message_id)
    assert copied is not None
    assert copied.forward_origin is None
    assert forward.text == "It itches"
    assert forward.forward_origin is not None
    assert forward.forward_origin.to_dict()["sender_user"]["id"] == anna.id


async def test_quiet_and_protected_are_remembered(scene: Scene) -> None:
    anna = scene.anna()

    sent = await scene.bot.send_message(anna.id, "A-17", protect_content=True, disable_notification=True)

    kept = scene.playground.telegram.message(anna.id, sent.message_id)
    assert sent.has_protected_content
    assert kept is not None
    assert kept.is_silent


async def test_typing_is_shown(scene: Scene) -> None:
    anna = scene.anna()

    await scene.bot.send_chat_action(anna.id, ChatAction.TYPING)

    event = scene.playground.telegram.journal.since(0)[-1]
    assert (event["kind"], event["action"]) == ("typing", "typing")

"""Edits, deletions, taps, pins and reactions reach the other side."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.playground.controls import Json
from bot.playground.refusal import NotPossible
from tests.playground.world import DOT, Scene

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


def _events(scene: Scene, kind: str) -> list[Json]:
    return [event for event in scene.playground.telegram.journal.since(0) if event["kind"] == kind]


async def test_an_edit_without_buttons_takes_them_away(scene: Scene) -> None:
    anna = scene.anna()
    sent = await scene.bot.send_message(anna.id, "Is that you?", reply_markup=YES)

    edited = await scene.bot.edit_message_text("Connected", anna.id, sent.message_id)

    assert (edited.text, edited.reply_markup) == ("Connected", None)  # type: ignore[union-attr]
    assert [event["message"]["text"] for event in _events(scene, "edited")] == ["Connected"]


async def test_buttons_alone_and_captions_can_be_changed(scene: Scene) -> None:
    anna = scene.anna()
    photo = await scene.bot.send_photo(anna.id, DOT, caption="before")

    await scene.bot.edit_message_reply_markup(anna.id, photo.message_id, reply_markup=YES)
    await scene.bot.edit_message_caption(anna.id, photo.message_id, caption="<i>after</i>", parse_mode="HTML")

    kept = scene.playground.telegram.message(anna.id, photo.message_id)
    assert kept is not None
    assert kept.content["caption"] == "after"
    assert kept.content["photo"]
    assert kept.buttons is None


async def test_a_tap_waits_for_one_answer(scene: Scene) -> None:
    anna = scene.anna()
    sent = await scene.bot.send_message(anna.id, "Is that you?", reply_markup=YES)

    scene.people.tap(anna.id, anna.id, sent.message_id, "yes")
    query = (await scene.bot.get_updates())[0].callback_query
    assert query is not None
    await scene.bot.answer_callback_query(query.id, "Thank you", show_alert=True)

    assert (query.data, query.from_user.id) == ("yes", anna.id)
    answered = _events(scene, "answered")[0]
    assert (answered["person_id"], answered["text"], answered["show_alert"]) == (anna.id, "Thank you", True)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await scene.bot.answer_callback_query(query.id)


async def test_a_button_that_is_gone_cannot_be_tapped(scene: Scene) -> None:
    anna = scene.anna()
    sent = await scene.bot.send_message(anna.id, "Is that you?", reply_markup=YES)
    await scene.bot.edit_message_text("Connected", anna.id, sent.message_id)

    with pytest.raises(NotPossible):
        scene.people.tap(anna.id, anna.id, sent.message_id, "yes")


async def test_a_persons_edit_is_told(scene: Scene) -> None:
    anna = scene.anna()
    said = scene.people.write(anna.id, anna.id, "It itches")

    scene.people.edit(anna.id, anna.id, said.message_id, "It bleeds")
    update = (await scene.bot.get_updates())[1]

    assert update.edited_message is not None
    assert update.edited_message.text == "It bleeds"
    assert update.edited_message.edit_date is not None


async def test_an_admin_bot_may_delete_what_others_said(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.promote(maria, desk)
    said = [scene.people.write(maria.id, desk.id, text).message_id for text in ("one", "two", "three")]

    await scene.bot.delete_message(desk.id, said[0])
    await scene.bot.delete_messages(desk.id, [*said[1:], 999])

    assert not set(said) & scene.playground.telegram.conversations[desk.id].messages.keys()
    assert [event["message_ids"] for event in _events(scene, "deleted")] == [said[:1], said[1:]]


async def test_pins_come_and_go(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.promote(maria, desk)
    sent = await scene.bot.send_message(desk.id, "On call: Maria")

    await scene.bot.pin_chat_message(desk.id, sent.message_id)
    pinned = (await scene.bot.get_chat(desk.id)).pinned_message
    await scene.bot.unpin_chat_message(desk.id)

    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert [event["message_ids"] for event in _events(scene, "pins")] == [[sent.message_id], []]


async def test_a_reaction_of_the_bot_replaces_the_one_before(scene: Scene) -> None:
    anna = scene.anna()
    said = scene.people.write(anna.id, anna.id, "better today")

    await scene.bot.set_message_reaction(anna.id, said.message_id, "👀")
    await scene.bot.set_message_reaction(anna.id, said.message_id, "👍")

    assert _events(scene, "reactions")[-1]["reactions"] == [{"person_id": scene.bot.id, "emoji": "👍"}]

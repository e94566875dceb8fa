"""Forum topics: threads, their first message, and who may change them."""

import pytest
from telegram.error import BadRequest

from tests.playground.world import Scene


async def test_every_message_in_a_topic_answers_its_first_one(scene: Scene) -> None:
    maria, desk = scene.desk(is_forum=True)
    scene.promote(maria, desk)
    topic = await scene.bot.create_forum_topic(desk.id, "A-17")

    ours = await scene.bot.send_message(desk.id, "hello", message_thread_id=topic.message_thread_id)
    scene.people.write(maria.id, desk.id, "hi", thread=topic.message_thread_id)
    hers = (await scene.bot.get_updates())[0].message

    assert hers is not None
    for message in (ours, hers):
        assert message.is_topic_message
        assert message.message_thread_id == topic.message_thread_id
        assert message.reply_to_message is not None
        assert message.reply_to_message.forum_topic_created is not None


async def test_the_topics_first_message_is_no_reply_to_the_bot(scene: Scene) -> None:
    maria, desk = scene.desk(is_forum=True)
    topic = scene.belonging.new_topic(maria.id, desk.id, "A-17")
    scene.playground.telegram.inbox.clear()

    scene.people.write(maria.id, desk.id, "only among us", thread=topic.thread_id)

    assert await scene.bot.get_updates() == ()


async def test_a_reply_goes_to_the_topic_of_its_target(scene: Scene) -> None:
    maria, desk = scene.desk(is_forum=True)
    scene.promote(maria, desk)
    topic = await scene.bot.create_forum_topic(desk.id, "A-17")
    hers = scene.people.write(maria.id, desk.id, "hi", thread=topic.message_thread_id)

    answer = await scene.bot.send_message(desk.id, "yes?", reply_to_message_id=hers.message_id)

    assert answer.message_thread_id == topic.message_thread_id
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "hi"


async def test_a_topic_is_renamed_closed_reopened_and_deleted(scene: Scene) -> None:
    maria, desk = scene.desk(is_forum=True)
    scene.promote(maria, desk)
    talk = scene.playground.telegram.conversations[desk.id]
    thread = (await scene.bot.create_forum_topic(desk.id, "A-17")).message_thread_id

    await scene.bot.edit_forum_topic(desk.id, thread, name="A-17 Anna")
    await scene.bot.close_forum_topic(desk.id, thread)
    closed = talk.topics[thread]
    await scene.bot.reopen_forum_topic(desk.id, thread)
    with pytest.raises(BadRequest, match=r"(?i)TOPIC_NOT_MODIFIED"):
        await scene.bot.reopen_forum_topic(desk.id, thread)
    await scene.bot.delete_forum_topic(desk.id, thread)

    assert (closed.name, closed.is_closed) == ("A-17 Anna", True)
    assert talk.topics == {}
    assert all(message.thread_id is None for message in talk.messages.values())


async def test_topics_need_the_right(scene: Scene) -> None:
    maria, desk = scene.desk(is_forum=True)
    topic = scene.belonging.new_topic(maria.id, desk.id, "Talk")

    with pytest.raises(BadRequest, match=r"(?i)not enough rights to create a topic"):
        await scene.bot.create_forum_topic(desk.id, "A-17")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to close or open the topic"):
        await scene.bot.close_forum_topic(desk.id, topic.thread_id)


async def test_nobody_but_managers_writes_into_a_closed_topic(scene: Scene) -> None:
    maria, desk = scene.desk(is_forum=True)
    scene.promote(maria, desk)
    thread = (await scene.bot.create_forum_topic(desk.id, "A-17")).message_thread_id
    await scene.bot.close_forum_topic(desk.id, thread)
    scene.belonging.demote(maria.id, desk.id, scene.bot.id)

    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await scene.bot.send_message(desk.id, "hello", message_thread_id=thread)

"""The staff's group is a forum: everything about a patient stands in one topic, and goes back from there."""

from bot.playground.world import Message
from tests.stories.story import Story, text_of
from tests.stories.test_talking import PIXEL


def topic(story: Story, name: str) -> int:
    topics = story.scene.playground.telegram.conversations[story.scene.desk].topics
    return next(thread for thread, one in topics.items() if one.name.startswith(f"{name} ·"))


def in_topic(story: Story, name: str) -> list[Message]:
    return [m for m in story.messages(story.scene.desk) if m.thread_id == topic(story, name)]


def texts(story: Story, name: str) -> str:
    return "\n".join(text_of(message) for message in in_topic(story, name))


async def joined(story: Story, *names: str) -> None:
    links = {name: await story.enrol(f"{name} picosure") for name in names}
    for name, link in links.items():
        await story.agrees(name, link)
    await story.until(lambda: all(_is_open(story, name) for name in names))


def _is_open(story: Story, name: str) -> bool:
    topics = story.scene.playground.telegram.conversations[story.scene.desk].topics
    return any(one.name.startswith(f"{name} ·") for one in topics.values())


async def test_what_is_said_to_two_patients_stays_in_two_topics_and_answers_find_their_way(forum: Story) -> None:
    await joined(forum, "Anna", "Ben")
    people, desk, staff = forum.scene.playground.people, forum.scene.desk, forum.scene.staff
    await forum.writes("Anna", "can i wear makeup tomorrow")
    await forum.writes("Ben", "when may i swim again")
    await forum.until(lambda: "swim" in texts(forum, "Ben") and "makeup" in texts(forum, "Anna"))

    shown = next(m for m in in_topic(forum, "Anna") if "makeup" in text_of(m))
    people.write(staff, desk, "Not before Sunday, please", thread=topic(forum, "Anna"), reply_to=shown.message_id)
    await forum.until(lambda: any("Not before Sunday" in text for text in forum.heard("Anna")))

    assert "swim" not in texts(forum, "Anna")
    assert "🤖 answered: Makeup" in texts(forum, "Anna")
    (folded,) = [one for one in shown.content["entities"] if one["type"] == "expandable_blockquote"]
    assert folded["length"] > 100
    assert not any("Not before Sunday" in text for text in forum.heard("Ben"))
    assert forum.scene.playground.refusals == []


async def test_a_patients_edit_stands_under_the_first_words(forum: Story) -> None:
    await joined(forum, "Anna")
    anna, people = forum.person("Anna"), forum.scene.playground.people
    said = people.write(anna, anna, "can i wear makeup tomorrow")
    await forum.until(lambda: "makeup tomorrow" in texts(forum, "Anna"))
    first = next(m for m in in_topic(forum, "Anna") if "makeup tomorrow" in text_of(m))

    people.edit(anna, anna, said.message_id, "can i swim tomorrow")
    await forum.until(lambda: "Anna changed a message" in texts(forum, "Anna"))

    changed = next(m for m in in_topic(forum, "Anna") if "changed a message" in text_of(m))
    assert changed.reply_to == first.message_id
    assert forum.scene.playground.refusals == []


async def test_talk_in_a_topic_reaches_nobody(forum: Story) -> None:
    await joined(forum, "Anna")
    said = forum.scene.playground.people.write(
        forum.scene.staff, forum.scene.desk, "she looks pale to me", thread=topic(forum, "Anna")
    )
    await forum.settled()

    assert not any("pale" in text for text in forum.heard("Anna"))
    reactions = forum.scene.playground.telegram.conversations[forum.scene.desk].reactions
    assert "🙈" in reactions[said.message_id].values()


async def test_pictures_go_both_ways(forum: Story) -> None:
    await joined(forum, "Anna")
    anna, people = forum.person("Anna"), forum.scene.playground.people
    people.send_file("photo", anna, anna, PIXEL, caption="like this")
    await forum.until(lambda: any("photo" in m.content for m in in_topic(forum, "Anna")))
    shown = next(m for m in in_topic(forum, "Anna") if "like this" in text_of(m))

    people.send_file(
        "photo", forum.scene.staff, forum.scene.desk, PIXEL,
        caption="hold it like this", thread=topic(forum, "Anna"), reply_to=shown.message_id,
    )  # fmt: skip
    await forum.until(lambda: any("photo" in m.content and "hold it" in text_of(m) for m in forum.messages(anna)))

    assert "Maria" in text_of([m for m in forum.messages(anna) if "photo" in m.content][-1])

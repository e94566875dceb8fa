"""Anna sends pictures as they come out of her phone; what staff get of them is only what is seen."""

from bot.playground.world import Message
from tests.pictures.photos import PLACE, a_heic, a_photo
from tests.stories.story import Story


def pictures(story: Story, chat: int) -> list[tuple[Message, bytes]]:
    """What the bot has put into a chat."""
    telegram = story.scene.playground.telegram
    ours = [one for one in telegram.conversations[chat].messages.values() if one.sender_id == telegram.bot.id]
    photos = [(one, one.content["photo"][0]["file_id"]) for one in ours if "photo" in one.content]
    files = [(one, telegram.files.find(file_id)) for one, file_id in photos]
    return [(one, file.content) for one, file in files if file is not None]


async def test_a_picture_with_a_place_in_it_reaches_staff_without_it_and_so_does_theirs(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    people, desk, anna = story.scene.playground.people, story.scene.desk, story.person("Anna")
    already = len(pictures(story, desk))

    people.send_file("document", anna, anna, a_photo(), name="IMG_0815.JPG", mime_type="image/jpeg", caption="my cheek")
    await story.settled()

    (message, photo), *more = pictures(story, desk)[already:]
    assert more == []
    assert "my cheek" in message.content["caption"]
    assert PLACE not in photo

    people.send_file("photo", story.scene.staff, desk, a_photo(), caption="like this", reply_to=message.message_id)
    await story.settled()

    (message, photo), *_ = pictures(story, anna)[-1:]
    assert "like this" in message.content["caption"]
    assert PLACE not in photo
    assert story.scene.playground.refusals == []


async def test_a_picture_of_another_kind_is_not_passed_on_and_both_hear_it(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna = story.person("Anna")
    before = len(pictures(story, story.scene.desk))

    story.scene.playground.people.send_file("document", anna, anna, a_heic(), name="1.heic", mime_type="image/heic")
    await story.settled()

    assert "cannot pass on this kind of file" in story.heard("Anna")[-1]
    assert any("Sent a file that I did not pass on" in text for text in story.desk_heard())
    assert len(pictures(story, story.scene.desk)) == before


async def test_a_picture_that_cannot_be_opened_is_not_passed_on_and_both_hear_it(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna = story.person("Anna")

    half = a_photo()[:4_000]
    story.scene.playground.people.send_file("document", anna, anna, half, name="1.jpg", mime_type="image/jpeg")
    await story.until(lambda: any("cannot be opened, so nobody has seen" in text for text in story.heard("Anna")))

    assert any("Sent a file that I did not pass on" in text for text in story.desk_heard())


async def test_with_her_yes_a_copy_lies_encrypted_on_the_disk_and_goes_when_the_yes_goes(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    await story.later(minutes=10)
    await story.taps("Anna", "Yes, keep them")
    premises, anna = story.scene.premises, story.person("Anna")
    album = premises.settings.data_dir / "photos"

    story.scene.playground.people.send_file("photo", anna, anna, a_photo())
    await story.settled()
    kept = [file for file in album.rglob("*") if file.is_file()]
    await premises.photos.look()
    still = [file for file in album.rglob("*") if file.is_file()]
    await story.writes("Anna", "/delete")
    await premises.photos.look()

    assert len(kept) == 1
    assert still == kept
    assert [file for file in album.rglob("*") if file.is_file()] == []


async def test_without_a_yes_no_copy_is_kept(story: Story) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna = story.person("Anna")

    story.scene.playground.people.send_file("photo", anna, anna, a_photo())
    await story.settled()

    assert not (story.scene.premises.settings.data_dir / "photos").exists()

"""Photos and documents are fetched, cleaned and sent anew over the wire, never copied as they came."""

import pytest

from bot.care.model.delivery import Act, ActKind, MessageRef, Outcome, Result
from bot.care.model.people import Contact
from bot.care.model.sent_file import MOST_BYTES, FileKind, SentFile, Unfit
from bot.chat.channel import TelegramChannel
from bot.pictures.drawing import Drawings
from bot.playground.faults import Trouble
from tests.chat.conftest import Street
from tests.fakes.album import FakeAlbum
from tests.pictures.photos import PLACE, a_bomb, a_heic, a_photo, size_of, tags_of
from tests.pictures.recordings import PLACE as PLACE_IN_RECORDING
from tests.pictures.recordings import a_song, a_video, a_voice

INSTEAD = "<b>Anna (A-1)</b> sent a file that I did not pass on."


def kept(street: Street, content: bytes, mime: str = "image/jpeg", kind: FileKind = FileKind.DOCUMENT) -> SentFile:
    """Somebody has sent it."""
    stored = street.playground.telegram.files.keep(kind, content, name="IMG 1, Anna Berg.jpg", mime_type=mime)
    return SentFile(stored.file_id, kind, len(content), mime)


async def passed(street: Street, to: int, file: SentFile, *, instead: str = INSTEAD) -> Result:
    act = Act(ActKind.COPY, Contact(to), "Anna (A-1)", source=MessageRef(1, 1), file=file, instead=instead)
    return await TelegramChannel(street.bot, Drawings(), FakeAlbum()).perform(act)


def arrived(street: Street, to: int, result: Result) -> tuple[bytes, str]:
    """The file and the words of the message that came of it."""
    content = street.playground.telegram.conversations[to].messages[result.message_id or 0].content
    handle = (content.get("photo") or [content.get("document") or {}])[0]
    found = street.playground.telegram.files.find(str(handle.get("file_id", "")))
    return (found.content if found else b""), str(content.get("caption") or content.get("text"))


@pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.DOCUMENT])
async def test_a_picture_arrives_without_its_place(street: Street, kind: FileKind) -> None:
    maria = street.person("Maria")
    desk = street.desk(maria)
    file = kept(street, a_photo(), kind=kind)

    result = await passed(street, desk, file)

    picture, words = arrived(street, desk, result)
    assert result.outcome is Outcome.SENT
    assert words == "Anna (A-1)"
    assert picture.startswith(b"\xff\xd8")
    assert PLACE not in picture
    assert tags_of(picture) == {}


@pytest.mark.parametrize(
    ("kind", "mime", "content", "field"),
    [
        pytest.param(FileKind.VIDEO, "video/mp4", a_video(), "video", id="a video"),
        pytest.param(FileKind.ANIMATION, "video/mp4", a_video(), "video", id="a silent video"),
        pytest.param(FileKind.VIDEO_NOTE, "", a_video(), "video", id="a round video"),
        pytest.param(FileKind.VOICE, "audio/ogg", a_voice(), "voice", id="a voice message"),
        pytest.param(FileKind.AUDIO, "audio/mpeg", a_song(), "document", id="an MP3"),
    ],
)
async def test_a_recording_arrives_as_what_it_is_with_words_and_without_its_place(
    street: Street, kind: FileKind, mime: str, content: bytes, field: str
) -> None:
    anna = street.person()
    held = street.playground.telegram.files.keep(field, content, name="IMG 1, Anna Berg.mov", mime_type=mime)

    result = await passed(street, anna, SentFile(held.file_id, kind, len(content), mime))

    message = street.playground.telegram.conversations[anna].messages[result.message_id or 0].content
    sent = street.playground.telegram.files.find(message[field]["file_id"])
    assert message["caption"] == "Anna (A-1)"
    assert sent is not None
    assert "Anna" not in str(message[field])
    assert PLACE_IN_RECORDING not in sent.content


@pytest.mark.parametrize(
    ("mime", "content", "name"),
    [
        pytest.param("audio/mpeg", a_song(), "sound.mp3", id="an MP3"),
        pytest.param("audio/x-m4a", a_video(), "sound.m4a", id="what an iPhone records"),
        pytest.param("audio/ogg", a_voice(), "sound.ogg", id="Opus"),
    ],
)
async def test_a_sound_ends_like_what_it_is(street: Street, mime: str, content: bytes, name: str) -> None:
    anna = street.person()
    held = street.playground.telegram.files.keep("document", content, name="Anna Berg.wav", mime_type=mime)

    result = await passed(street, anna, SentFile(held.file_id, FileKind.AUDIO, len(content), mime))

    message = street.playground.telegram.conversations[anna].messages[result.message_id or 0].content
    assert message["document"]["file_name"] == name


async def test_a_recording_that_cannot_be_walked_is_said_in_its_place(street: Street) -> None:
    anna = street.person()
    held = street.playground.telegram.files.keep("video", a_video()[:-9], name="a", mime_type="video/mp4")

    result = await passed(street, anna, SentFile(held.file_id, FileKind.VIDEO, 9, "video/mp4"))

    assert (result.outcome, result.reason) == (Outcome.SENT, Unfit.UNREADABLE)
    assert arrived(street, anna, result) == (b"", "Anna (A-1) sent a file that I did not pass on.")


@pytest.mark.parametrize("protected", [True, False])
async def test_what_staff_get_of_a_patient_nobody_can_pass_on(street: Street, protected: bool) -> None:  # noqa: FBT001
    maria = street.person("Maria")
    desk, file = street.desk(maria), kept(street, a_photo())
    act = Act(ActKind.COPY, Contact(desk), "Anna", source=MessageRef(1, 1), file=file, protected=protected)

    result = await TelegramChannel(street.bot, Drawings(), FakeAlbum()).perform(act)

    sent = street.playground.telegram.conversations[desk].messages[result.message_id or 0]
    assert sent.is_protected is protected


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        pytest.param(a_photo()[:4_000], "image/jpeg", id="cut off"),
        pytest.param(a_bomb(), "image/png", id="a bomb"),
        pytest.param(a_heic(), "image/heic", id="HEIC"),
        pytest.param(a_heic(), "image/jpeg", id="HEIC that says JPEG"),
        pytest.param(b"MZ\x90\x00", "application/x-msdownload", id="a program"),
        pytest.param(b"%PDF-1.7 leaflet", "application/pdf", id="a PDF"),
        pytest.param(b"%PDF-1.7 leaflet", "image/jpeg", id="a PDF that says JPEG"),
        pytest.param(b"PK\x03\x04", "application/zip", id="an archive"),
        pytest.param(b"\xff" * (MOST_BYTES + 1), "image/jpeg", id="over 10 MB"),
    ],
)
async def test_what_is_not_passed_on_is_said_in_its_place(street: Street, content: bytes, mime: str) -> None:
    anna = street.person()

    result = await passed(street, anna, kept(street, content, mime))

    assert (result.outcome, result.reason) == (Outcome.SENT, Unfit.UNREADABLE)
    assert arrived(street, anna, result) == (b"", "Anna (A-1) sent a file that I did not pass on.")


async def test_a_file_for_a_patient_that_cannot_be_read_is_refused_and_nothing_arrives(street: Street) -> None:
    anna = street.person()
    before = street.texts(anna)

    result = await passed(street, anna, kept(street, a_photo()[:4_000]), instead="")

    assert (result.outcome, result.reason) == (Outcome.REFUSED, Unfit.UNREADABLE)
    assert street.texts(anna) == before


async def test_a_file_that_telegram_no_longer_has_is_said(street: Street) -> None:
    anna = street.person()

    result = await passed(street, anna, SentFile("gone", FileKind.PHOTO, 10, "image/jpeg"))

    assert arrived(street, anna, result)[0] == b""


async def test_a_picture_of_almost_10_megabytes_is_passed_on(street: Street) -> None:
    anna = street.person()
    photo = a_photo(size=(3_000, 2_000))
    file = kept(street, photo + b"\0" * (MOST_BYTES - len(photo)))

    picture, _ = arrived(street, anna, await passed(street, anna, file))

    assert 0 < len(picture) < MOST_BYTES / 2


async def test_two_pictures_stand_beside_each_other_and_nobody_can_pass_them_on(street: Street) -> None:
    maria = street.person("Maria")
    pair = (kept(street, a_photo(size=(640, 480))), kept(street, a_photo("PNG"), "image/png"))
    act = Act(ActKind.SEND, Contact(maria), "Left: day 0. Right: day 14.", pair=pair, instead=INSTEAD)

    result = await TelegramChannel(street.bot, Drawings(), FakeAlbum()).perform(act)

    picture, words = arrived(street, maria, result)
    assert size_of(picture) == (2 * 960 + 24, 1_280)
    assert tags_of(picture) == {}
    assert words == "Left: day 0. Right: day 14."
    assert street.playground.telegram.conversations[maria].messages[result.message_id or 0].is_protected


async def test_of_a_pair_that_telegram_no_longer_has_it_is_said(street: Street) -> None:
    maria = street.person("Maria")
    pair = (kept(street, a_photo()), SentFile("gone", FileKind.PHOTO, 9, "image/jpeg"))
    act = Act(ActKind.SEND, Contact(maria), "Left, right", pair=pair, instead=INSTEAD)

    result = await TelegramChannel(street.bot, Drawings(), FakeAlbum()).perform(act)

    assert arrived(street, maria, result) == (b"", "Anna (A-1) sent a file that I did not pass on.")


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.DROP])
async def test_a_file_that_cannot_be_fetched_now_is_tried_again(street: Street, trouble: Trouble) -> None:
    anna = street.person()
    street.playground.faults.add(trouble, method="getFile")

    result = await passed(street, anna, kept(street, a_photo()))

    assert result.outcome is Outcome.NOT_SENT


async def test_a_photo_is_kept_redrawn_in_its_patients_album(street: Street) -> None:
    maria, album = street.person("Maria"), FakeAlbum()
    file = kept(street, a_photo())
    act = Act(ActKind.COPY, Contact(maria), "Anna (A-1)", source=MessageRef(1, 1), file=file, album=17)

    result = await TelegramChannel(street.bot, Drawings(), album).perform(act)

    picture, _ = arrived(street, maria, result)
    assert album.kept == {(17, file.id): picture}
    assert PLACE not in album.kept[17, file.id]


async def test_without_a_yes_to_photos_nothing_is_kept(street: Street) -> None:
    maria, album = street.person("Maria"), FakeAlbum()
    channel = TelegramChannel(street.bot, Drawings(), album)

    await channel.perform(Act(ActKind.COPY, Contact(maria), source=MessageRef(1, 1), file=kept(street, a_photo())))

    assert album.kept == {}


async def test_a_full_album_stops_no_photo(street: Street) -> None:
    maria, album = street.person("Maria"), FakeAlbum(full=True)
    act = Act(ActKind.COPY, Contact(maria), source=MessageRef(1, 1), file=kept(street, a_photo()), album=17)

    result = await TelegramChannel(street.bot, Drawings(), album).perform(act)

    assert arrived(street, maria, result)[0].startswith(b"\xff\xd8")


async def test_a_pair_that_telegram_no_longer_has_comes_from_the_album(street: Street) -> None:
    maria, album = street.person("Maria"), FakeAlbum()
    gone = [SentFile(name, FileKind.PHOTO, 9, "image/jpeg") for name in ("first", "newest")]
    for file in gone:
        album.keep(17, file.id, Drawings().clean(a_photo()) or b"")
    act = Act(ActKind.SEND, Contact(maria), "Left, right", pair=tuple(gone), instead=INSTEAD, album=17)

    result = await TelegramChannel(street.bot, Drawings(), album).perform(act)

    assert arrived(street, maria, result)[1] == "Left, right"

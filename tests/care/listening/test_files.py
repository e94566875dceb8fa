"""What happens with the files that patients and staff send each other."""

from dataclasses import replace

import pytest

from bot.care.model.delivery import ActKind
from bot.care.model.inbound import Said
from bot.care.model.people import Consent
from bot.care.model.purpose import Purpose
from bot.care.model.sent_file import MOST_BYTES, FileKind, SentFile
from tests.care.listening.ward import STRANGER, Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, RITA, at_desk

PHOTO = SentFile("photo-1", FileKind.PHOTO, 90_000, "image/jpeg")
BIG = replace(PHOTO, kind=FileKind.DOCUMENT, size=MOST_BYTES + 1)
HEIC = SentFile("heic-1", FileKind.DOCUMENT, 90_000, "image/heic")


def sends(ward: Ward, file: SentFile, words: str = "") -> None:
    ward.listening.media(ward.work, Said(ANNA, words, next(ward.ids), media=file.kind.value, file=file))
    ward.deliver()


@pytest.mark.parametrize("file", [PHOTO, replace(PHOTO, kind=FileKind.DOCUMENT)])
def test_a_file_of_a_patient_goes_to_staff_anew_with_only_a_name_and_a_code_above_it(file: SentFile) -> None:
    ward = a_ward()

    sends(ward, file, "left cheek")

    copies = [act for chat, act in ward.arrived if chat == DESK and act.kind is ActKind.COPY]
    assert [(act.file, act.text) for act in copies] == [(file, "<b>Anna (A-17)</b> left cheek")]
    assert "it cannot be opened" in copies[0].instead
    assert ward.last(ANNA).startswith("Received and passed on")
    assert ward.work.diary.of_patient(ward.anna().id)[-1].file == file


@pytest.mark.parametrize(
    ("file", "told", "why"),
    [
        pytest.param(BIG, "That file is too large for me", "larger than 10 MB", id="over 10 MB"),
        pytest.param(HEIC, "I cannot pass on this kind of file", "no JPEG", id="HEIC"),
        pytest.param(replace(HEIC, mime="application/zip"), "I cannot pass on this kind", "no JPEG", id="zip"),
        pytest.param(replace(HEIC, mime="application/pdf"), "I cannot pass on this kind", "no JPEG", id="PDF"),
        pytest.param(replace(HEIC, mime=""), "I cannot pass on this kind", "no JPEG", id="no kind"),
    ],
)
def test_of_a_file_that_is_not_passed_on_both_sides_hear_why(file: SentFile, told: str, why: str) -> None:
    ward = a_ward()

    sends(ward, PHOTO)
    sends(ward, file)

    assert ward.last(ANNA).startswith(told)
    assert why in [act for chat, act in ward.arrived if chat == DESK and act.kind is ActKind.COPY][-1].instead


VIDEO = SentFile("video-1", FileKind.VIDEO, 90_000, "video/mp4")
VOICE = SentFile("voice-1", FileKind.VOICE, 9_000, "audio/ogg")


@pytest.mark.parametrize("file", [VIDEO, VOICE])
def test_a_recording_goes_both_ways_anew_and_is_no_picture_to_keep_or_compare(file: SentFile) -> None:
    ward = a_ward()
    ward.work.patients.save(replace(ward.anna(), consent=Consent(ward.clock.now(), "v1", "en", photos=True)))

    sends(ward, file)
    target = ward.message_of(Purpose.ALERT)
    ward.desk.hear(ward.work, Said(at_desk(CLARA), "", next(ward.ids), reply_to=target, media=file.kind, file=file))
    ward.deliver()

    copies = [(chat, act.file, act.album) for chat, act in ward.arrived if act.kind is ActKind.COPY]
    assert copies == [(DESK, file, None), (ANNA.chat, file, None)]
    ward.says(ANNA, "pus is coming out and I have fever")
    assert not any("Pictures from them" in act.text for act in ward.alerts())


@pytest.mark.parametrize("file", [replace(VIDEO, size=MOST_BYTES + 1), replace(VIDEO, mime="video/webm")])
def test_of_a_recording_that_is_not_passed_on_both_sides_hear(file: SentFile) -> None:
    ward = a_ward()

    sends(ward, file)

    assert "so nobody has seen it" in ward.last(ANNA)
    assert "Sent a file that I did not pass on" in ward.alerts()[-1].instead


def test_a_picture_of_staff_goes_to_the_patient_anew() -> None:
    ward = a_ward()
    sends(ward, PHOTO)
    target = ward.message_of(Purpose.ALERT)

    said = Said(at_desk(CLARA), "Like this", next(ward.ids), reply_to=target, media="photo", file=PHOTO)
    ward.desk.hear(ward.work, said)
    ward.deliver()

    sent = [act for chat, act in ward.arrived if chat == ANNA.chat and act.kind is ActKind.COPY][-1]
    assert (sent.file, sent.instead) == (PHOTO, "")


def test_a_file_of_staff_that_cannot_be_cleaned_is_not_sent_and_they_hear_why() -> None:
    ward = a_ward()
    sends(ward, PHOTO)
    said = Said(
        at_desk(CLARA), "", next(ward.ids), reply_to=ward.message_of(Purpose.ALERT), media="document", file=HEIC
    )

    ward.desk.hear(ward.work, said)
    ward.deliver()

    assert ActKind.COPY not in [act.kind for chat, act in ward.arrived if chat == ANNA.chat]
    assert ward.last(DESK).startswith("Not sent: I pass on JPEG")


@pytest.mark.parametrize("words", ["", "i want to kill myself"])
def test_a_live_location_that_moves_is_passed_on_once(words: str) -> None:
    ward = a_ward()
    if words:
        ward.says(ANNA, words)
    location = ward.says(ANNA, "", media="location")
    before = len(ward.arrived)

    for _ in range(20):
        ward.clock.later(minutes=2)
        ward.says(ANNA, "", media="location", edits=location)

    assert ward.arrived[before:] == []


def test_a_live_location_of_somebody_who_has_not_agreed_is_no_news_when_it_moves() -> None:
    ward = a_ward()
    ward.says(RITA, "", media="location", edits=77)
    ward.says(STRANGER, "", media="location", edits=78)

    assert ward.arrived == []


def test_a_changed_caption_or_picture_is_passed_on_and_the_same_one_is_not() -> None:
    ward = a_ward()
    said = Said(ANNA, "left cheek", next(ward.ids), media="photo", file=PHOTO)
    changed = replace(said, edited=True, text="right cheek")
    swapped = replace(changed, file=replace(PHOTO, id="photo-2"))

    for one in (said, replace(said, edited=True), changed, changed, swapped, swapped):
        ward.listening.media(ward.work, one)
    ward.deliver()

    copies = [act for chat, act in ward.arrived if chat == DESK and act.kind is ActKind.COPY]
    assert [(act.text.endswith("right cheek"), act.file and act.file.id) for act in copies] == [
        (False, "photo-1"),
        (True, "photo-1"),
        (True, "photo-2"),
    ]


def test_a_video_put_in_the_place_of_another_is_passed_on_too() -> None:
    ward = a_ward()
    message = ward.says(ANNA, "", media="video")

    ward.says(ANNA, "", media="video", edits=message)

    assert len([act for chat, act in ward.arrived if chat == DESK and act.kind is ActKind.COPY]) == 2


@pytest.mark.parametrize("media", ["location", "venue"])
def test_where_somebody_is_now_is_passed_on_once_however_long_they_share_it(media: str) -> None:
    ward = a_ward()
    message = ward.says(ANNA, "", media=media)

    ward.says(ANNA, "", media=media, edits=message)

    assert len([act for chat, act in ward.arrived if chat == DESK and act.kind is ActKind.COPY]) == 1
